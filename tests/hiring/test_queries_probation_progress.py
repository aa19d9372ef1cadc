"""What a night would find, kind by kind."""

import pytest

from accounts.models import CoverageRule
from hiring.models import ProbationGoal
from hiring.queries.probation_progress import (
    Measured,
    counted,
    course_of,
    measure,
    part_of,
    unreached_musts,
)
from hiring.rules.progress import Course, Part
from people.models import company_day
from tests.field import make_contact, make_role
from tests.trials import DAY, make_orders, make_probation, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(cast):
    return make_probation(cast, "running", starts_on=company_day())


def found(trial, kind, day=None) -> Measured:
    rows = measure(trial, day or company_day())
    return next(one for one in rows if one.goal.kind == kind)


def test_only_what_has_not_left_counts(cast, trial):
    given, controls = counted(trial)
    assert (len(given), len(controls)) == (2, 2)
    trial.accounts.filter(pk=given[0].pk).update(left_at=trial.made_at)
    assert len(counted(trial)[0]) == 1


def test_growth_is_net_over_the_pace_of_the_frozen_baseline(cast, trial):
    given, _controls = counted(trial)
    make_orders(given[0].account, 0, net=500)
    row = found(trial, "growth")
    assert row.data["net"] == 500
    awaited = row.data["share"] * sum(float(one.baseline) for one in given)
    assert row.data["baseline"] == pytest.approx(awaited, abs=0.01)
    assert row.value == pytest.approx((500 / awaited - 1) * 100, rel=1e-3)
    assert row.control == -100


def test_a_ledger_corrected_later_does_not_move_the_baseline(cast, trial):
    given, _controls = counted(trial)
    make_orders(given[0].account, 0, net=500)
    before = found(trial, "growth").data["baseline"]
    make_orders(given[0].account, 100, net=90_000)
    assert found(trial, "growth").data["baseline"] == before


def test_no_day_counts_before_the_first_or_after_the_last(cast, trial):
    given, _controls = counted(trial)
    make_orders(given[0].account, 1, net=500)
    make_orders(given[0].account, 0, net=7)
    make_orders(given[0].account, 0, net=900, of=trial.ends_on + DAY)
    assert found(trial, "growth", trial.ends_on + 9 * DAY).data["net"] == 7


def test_first_talks_after_their_days_come_too_late(cast, trial):
    given, _controls = counted(trial)
    talk(given[0].account, cast.karl, trial.starts_on + 4 * DAY)
    talk(given[1].account, cast.karl, trial.starts_on + 5 * DAY)
    row = found(trial, "first", trial.starts_on + 6 * DAY)
    assert row.value == 50 and row.expected == 100
    assert len(row.data["met"]) == 2


def test_one_talk_of_two_of_ours_is_one_contact(cast, trial):
    goal = trial.goals.create(kind="contact", target=10, position=5)
    given, _controls = counted(trial)
    row = talk(given[0].account, cast.karl, trial.starts_on)
    row.attendances.create(colleague=cast.kim)
    assert found(trial, "contact").value == 1
    assert goal.target == 10


def test_a_goal_in_own_words_is_known_when_judged(cast, trial):
    goal = trial.goals.create(kind="free", title="Manners", position=5, must=True)
    assert found(trial, "free").value is None
    assert part_of(found(trial, "free")) is None
    assert "Manners" in unreached_musts(trial)
    ProbationGoal.objects.filter(pk=goal.pk).update(judged=True)
    row = found(trial, "free")
    assert course_of(trial, row, company_day()) == Course.REACHED
    assert part_of(row) == Part(1.0, 1.0, 1)
    assert "Manners" not in unreached_musts(trial)


def test_maps_are_told_by_what_the_rules_of_the_tier_ask(cast, trial):
    """Two rules for tier C; the first account meets one of them after the start."""
    trial.goals.create(kind="map", target=80, position=5)
    assert found(trial, "map").value is None
    buyer = make_role("sponsor")
    for role in (buyer, make_role("champion")):
        CoverageRule.objects.create(tiers=["C"], role=role, people=1, access="0", strength=0)
    given, _controls = counted(trial)
    for one in given:
        one.frozen["coverage"] = 0.0
        one.save()
    make_contact(given[0].account, "Ann", role=buyer)
    row = found(trial, "map", trial.starts_on + 13 * DAY)
    assert row.value == 25 and row.data["begin"] == 0
    assert row.expected == 40
    assert row.data["by"] == {str(given[0].account_id): 50.0, str(given[1].account_id): 0.0}
