"""Drafts, adoption and their way back."""

import datetime as dt
from decimal import Decimal

import pytest

from common.errors import RuleBroken
from kpi.choices import PlanState
from kpi.commands import plan as commands
from kpi.models import PlanVersion
from people.models import Event
from tests.cast import make_account, make_cast
from tests.kpi.plans import FLAT, make_plan, plan_months

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def cast():
    return make_cast()


def adopt(cast, version, start=TODAY):
    return commands.adopt_plan(actor=cast.dora, version=version, start=start, today=TODAY)


def test_a_draft_has_the_next_number_and_is_recorded(cast):
    make_plan(adopted=True)
    version = commands.create_draft(actor=cast.dora, year=2026)
    assert (version.number, version.state) == (2, PlanState.DRAFT)
    assert Event.objects.about(version).get().verb == "salesplan.drafted"


def test_a_copy_has_every_figure_and_account_of_the_other(cast):
    first = make_plan(adopted=True, sales={cast.karl: FLAT})
    line = first.lines.first()
    line.account = make_account()
    line.save()
    copied = commands.copy_version(actor=cast.dora, version=first)
    parts = ("user", "measure", "month", "account", "value")
    assert list(copied.lines.values_list(*parts)) == list(first.lines.values_list(*parts))
    assert first.lines.count() == 12


def test_a_year_has_one_draft(cast):
    make_plan()
    with pytest.raises(RuleBroken, match="already"):
        commands.create_draft(actor=cast.dora, year=2026)
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize("year", [0, 26, 99_999])
def test_a_year_that_is_none_is_refused(cast, year):
    with pytest.raises(RuleBroken, match="2027"):
        commands.create_draft(actor=cast.dora, year=year)


def test_only_a_director_plans(cast):
    version = make_plan(sales={cast.karl: FLAT})
    acts = (
        lambda: commands.create_draft(actor=cast.lena, year=2027),
        lambda: commands.discard_draft(actor=cast.karl, version=version),
        lambda: commands.adopt_plan(actor=cast.adam, version=version, start=TODAY, today=TODAY),
    )
    for act in acts:
        with pytest.raises(RuleBroken, match="director"):
            act()
    assert PlanVersion.objects.get().state == PlanState.DRAFT


def test_the_first_plan_of_a_year_holds_from_its_first_day(cast):
    version = adopt(cast, make_plan(sales={cast.karl: FLAT}))
    assert version.valid_from == dt.date(2026, 1, 1)
    assert PlanVersion.objects.in_force(dt.date(2026, 1, 1)).get() == version


def test_the_next_replaces_it_from_a_day_on(cast):
    first = make_plan(adopted=True, sales={cast.karl: FLAT})
    second = adopt(cast, make_plan(sales={cast.karl: FLAT}))
    in_force = PlanVersion.objects.in_force
    assert in_force(TODAY - dt.timedelta(days=1)).get() == first
    assert in_force(TODAY).get() == second


def test_nothing_is_replaced_in_the_past(cast):
    make_plan(adopted=True, sales={cast.karl: FLAT})
    version = make_plan(sales={cast.karl: FLAT})
    with pytest.raises(RuleBroken, match="today or later"):
        adopt(cast, version, TODAY - dt.timedelta(days=1))
    assert PlanVersion.objects.adopted().get().valid_to is None


def test_an_empty_plan_is_not_adopted(cast):
    with pytest.raises(RuleBroken, match="empty"):
        adopt(cast, make_plan())


def test_an_adoption_taken_back_leaves_what_was(cast):
    first = make_plan(adopted=True, sales={cast.karl: FLAT})
    second = adopt(cast, make_plan(sales={cast.karl: FLAT}))
    commands.withdraw_adoption(actor=cast.dora, version=second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.valid_to, second.state, second.valid_from) == (None, PlanState.DRAFT, None)


def test_an_adoption_of_last_week_stays(cast):
    version = adopt(cast, make_plan(sales={cast.karl: FLAT}))
    PlanVersion.objects.update(adopted_at=version.adopted_at - dt.timedelta(days=7))
    with pytest.raises(RuleBroken, match="more than a day"):
        commands.withdraw_adoption(actor=cast.dora, version=version)


def test_a_replaced_version_is_not_taken_back(cast):
    first = make_plan(adopted=True, sales={cast.karl: FLAT})
    adopt(cast, make_plan(sales={cast.karl: FLAT}))
    with pytest.raises(RuleBroken, match="replaced"):
        commands.withdraw_adoption(actor=cast.dora, version=first)


def test_a_discarded_draft_comes_back_with_its_figures(cast):
    version = make_plan(sales={cast.karl: FLAT})
    commands.discard_draft(actor=cast.dora, version=version)
    assert not PlanVersion.objects.drafts().exists()
    commands.restore_draft(actor=cast.dora, version=version)
    assert PlanVersion.objects.drafts().get().lines.count() == 12


def test_it_does_not_come_back_beside_another(cast):
    version = make_plan(sales={cast.karl: FLAT})
    commands.discard_draft(actor=cast.dora, version=version)
    make_plan()
    with pytest.raises(RuleBroken, match="another draft"):
        commands.restore_draft(actor=cast.dora, version=version)


def test_two_who_adopt_at_once_adopt_once(cast):
    version = make_plan(sales={cast.karl: FLAT})
    adopt(cast, version)
    with pytest.raises(RuleBroken, match="moved on: it is adopted"):
        adopt(cast, version)


def test_figures_keep_four_decimals(cast):
    version = make_plan()
    plan_months(version, cast.karl, ["0.0001"])
    assert version.lines.get().value == Decimal("0.0001")
