import pytest

from accounts.models import CoverageRule
from accounts.queries.graph_coverage import asked_words, coverage_share, rule_task, rule_words
from tests.cast import make_account
from tests.field import make_contact, make_role, set_tier

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


def test_the_share_of_rules_met_weighs_them_by_importance(cast):
    account = set_tier(make_account(owner=cast.karl), "C").account
    assert coverage_share(account, cast.karl) is None
    fields = {"tiers": ["C"], "access": "0", "strength": 0}
    for code, importance in (("sponsor", 3), ("champion", 1)):
        CoverageRule.objects.create(role=make_role(code), importance=importance, **fields)
    assert coverage_share(account, cast.karl) == 0
    make_contact(account, "Ann", role="sponsor")
    assert coverage_share(account, cast.karl) == 0.75
