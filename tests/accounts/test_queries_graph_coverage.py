import pytest

from accounts.models import CoverageRule
from accounts.queries.graph_coverage import asked_words, rule_task, rule_words
from tests.field import make_role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"access": "0", "strength": 0}, "People with power: 2 known by name"),
        ({"access": "3", "strength": 0}, "People with power: 2 within reach (by appointment)"),
        ({"access": "0"}, "People with power: 2 tied to 1 of ours (30 of 100)"),
        (
            {},
            "People with power: 2 within reach (by appointment) and tied to 1 of ours (30 of 100)",
        ),
    ],
)
def test_a_rule_reads_as_a_sentence(fields, words):
    assert asked_words(CoverageRule(tiers=["A"], people=2, **fields)) == words


@pytest.mark.parametrize(
    ("fields", "says", "task"),
    [
        ({"access": "0", "strength": 0}, "0 of 2 known by name.", "Find out who it is: Sponsor"),
        (
            {"access": "4", "strength": 0},
            "0 of 2 within reach (answers us directly).",
            "Get within reach of: Sponsor",
        ),
        ({"access": "0"}, "0 of 2 tied to 1 of ours (30 of 100).", "Build a tie to: Sponsor"),
        (
            {"access": "0", "colleagues": 2},
            "0 of 2 tied to 2 of ours (30 of 100).",
            "Bring another of ours together with: Sponsor",
        ),
    ],
)
def test_an_unmet_rule_says_what_is_missing_and_what_to_do(fields, says, task):
    rule = CoverageRule(tiers=["A"], people=2, role=make_role("sponsor"), **fields)
    assert rule_words(rule, 0) == f"Sponsor: {says}"
    assert rule_task(rule) == task
