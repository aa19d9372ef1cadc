import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.coverage import install_coverage_rules
from accounts.commands.task import create_task
from accounts.models import CoverageRule, Line, Tie
from accounts.queries.graph import picture_of
from accounts.queries.graph_answers import answers, task_title
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_observation, make_role, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Ada decides, Ben reports to her; Karl knows Ben well, Lena a little."""
    cast = make_cast()
    account = make_account("Hansa", owner=cast.karl)
    set_tier(account, "A")
    ada = make_contact(account, "Ada", role="decision_maker")
    ben = make_contact(account, "Ben", role="purchasing")
    make_observation(ada, "power", "3")
    make_observation(ben, "power", "2")
    Line.objects.create(account=account, kind="reports", start=ben, end=ada, valid_from=LONG_AGO)
    tie(account, ben, cast.karl, 16)
    tie(account, ben, cast.lena, 2)
    tie(account, ben, None, 18)
    return cast, account, ada, ben


def tie(account, contact, colleague, energy, days_ago=0):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    Tie.objects.create(
        account=account, contact=contact, colleague=colleague, energy=energy, as_of=day,
        half_life=45, touchpoints=2, last_on=day, last_two_way_on=day,
    )  # fmt: skip


def asked(scene, target=None):
    cast, account, *_people = scene
    return answers(picture_of(account, cast.karl), cast.karl, target)


def test_the_path_to_the_most_powerful_is_said_step_by_step(scene):
    path = asked(scene).path
    assert path.target.name == "Ada"
    assert path.sentence == "Karl reaches Ada through Ben."
    assert [(step.name, step.detail) for step in path.steps] == [
        ("Karl", ""),
        ("Ben", "tie 80 of 100, last contact today"),
        ("Ada", "superior of Ben"),
    ]
    assert path.chance == pytest.approx(0.6 * 0.798, abs=0.001)


def test_a_decider_may_be_chosen_and_may_be_known_directly(scene):
    ben = scene[3]
    assert asked(scene, ben.pk).path.sentence == "Karl knows Ben directly."


def test_where_no_way_leads_that_is_said(scene):
    cem = make_contact(scene[1], "Cem")
    path = asked(scene, cem.pk).path
    assert path.sentence.startswith("No tie of ours leads to Cem yet.") and not path.steps


def test_an_empty_map_answers_too():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    told = answers(picture_of(account, cast.karl), cast.karl)
    assert told.path.sentence == "There is nobody on the map yet."
    assert (told.theirs, told.ours, told.bow_tie, told.score, told.moves) == (
        None, None, None, None, (),
    )  # fmt: skip


def test_both_sides_say_what_goes_with_whom(scene):
    told = asked(scene)
    assert told.theirs.sentence == "If Ben leaves, 100\xa0% of the relationship goes."
    assert told.ours.sentence == "If Karl of ours leaves, 81\xa0% goes."
    assert told.ours.threads == pytest.approx(1.43, abs=0.02)
    assert told.bow_tie_says.startswith(
        "81\xa0% of all ties run through Karl; in tier A at most 60"
    )


def test_who_to_move_next_says_from_what_to_what_and_over_whom(scene):
    _cast, _account, ada, ben = scene
    make_observation(ada, "level", "1")
    make_observation(ada, "level_wanted", "3")
    told = asked(scene)
    (move,) = told.moves
    assert move.person.name == "Ada"
    assert move.sentence == "vendor today, problem solver wanted"
    assert move.why == "controls the outcome; the way leads from Karl"
    assert told.not_wanted.startswith("For 1 person with power nobody has said")
    shown = picture_of(scene[1], scene[0].karl)
    assert task_title(shown, move.cause) == (
        "Move the relationship with Ada towards: problem solver"
    )
    assert task_title(shown, f"move:{ben.pk}") == ""  # nothing is wanted of Ben


def test_rules_are_counted_and_each_unmet_one_is_a_sentence(scene):
    _cast, _account, ada, ben = scene
    install_coverage_rules()
    make_observation(ben, "access", "3")
    told = asked(scene)
    assert (told.met, len(told.rules)) == (4, 12)  # Ada known; Ben known, within reach, tied
    assert told.score == pytest.approx(5 * 4 / 12)
    assert [row.sentence for row in told.next_rungs] == [
        "Sponsor: 0 of 1 known by name.",
        "Decision maker: 0 of 1 within reach (by appointment).",
        "Head of purchasing: 0 of 1 tied to 2 of ours (30 of 100).",
    ]
    assert len(told.later_rungs) == 5
    assert "Decision maker" in told.gaps and "Head of purchasing" not in told.gaps


def test_a_rule_of_another_tier_asks_nothing(scene):
    CoverageRule.objects.create(tiers=["B"], role=make_role("finance"))
    assert asked(scene).rules == ()


def test_the_task_of_an_unmet_rule_is_shown_instead_of_its_button(scene):
    cast, account, *_people = scene
    rule = CoverageRule.objects.create(tiers=["A"], role=make_role("finance"))
    cause = f"rule:{rule.pk}"
    title = task_title(picture_of(account, cast.karl), cause)
    assert title == "Build a tie to: Head of finance"
    task = create_task(actor=cast.karl, title=title, account_id=account.pk, cause=cause)
    assert asked(scene).rules[0].task == task


@pytest.mark.parametrize("cause", ["rule:0", "rule:", "move:7", "hole:finance", "x", "rule:-1"])
def test_a_cause_of_nothing_has_no_title(scene, cause):
    assert task_title(picture_of(scene[1], scene[0].karl), cause) == ""


def test_what_is_recorded_and_what_was_lived_may_differ(scene):
    _cast, account, ada, ben = scene
    make_observation(ada, "level", "4")
    make_observation(ben, "level", "1")
    words = {person.name: sentence for person, sentence in asked(scene).disagreeing}
    assert words["Ada"] == "Recorded as “trusted advisor”, yet there was no contact both ways."
    assert words["Ben"].startswith("Recorded as “vendor”, yet the lived tie is 8")
