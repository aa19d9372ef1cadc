"""Figures of a draft: all or none, and nobody's work is lost."""

from decimal import Decimal

import pytest

from common.errors import RuleBroken
from kpi.commands import plan_cells as commands
from kpi.models import PlanLine
from kpi.queries.plans.cells import planned_cells
from people.models import Event
from tests.cast import make_account, make_cast
from tests.kpi.plans import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def version(cast):
    return make_plan(sales={cast.karl: [100]})


def write(cast, version, wanted, seen=None, measure="sales"):
    def keyed(cells):
        return {
            (cast.karl.pk, measure, month): None if value is None else Decimal(value)
            for month, value in cells.items()
        }

    return commands.set_cells(
        actor=cast.dora, version=version, seen=keyed(seen or {}), wanted=keyed(wanted)
    )


def months(version):
    return {month: value for (_user, _measure, month), value in planned_cells(version).items()}


def test_figures_are_made_changed_and_taken_away(cast, version):
    assert write(cast, version, {1: 120, 2: 50}, {1: 100}) == 2
    assert months(version) == {1: 120, 2: 50}
    assert write(cast, version, {1: None}, {1: 120}) == 1
    assert months(version) == {2: 50}


def test_the_record_holds_what_stood_and_what_stands(cast, version):
    write(cast, version, {1: 120}, {1: 100})
    event = Event.objects.about(version).get()
    assert event.data["changes"] == {f"{cast.karl.pk}:sales:1": ["100", "120"]}


def test_the_same_figure_again_changes_and_records_nothing(cast, version):
    assert write(cast, version, {1: 100}, {1: 100}) == 0
    assert not Event.objects.about(version).exists()


def test_a_figure_somebody_changed_meanwhile_is_shown_and_nothing_saved(cast, version):
    with pytest.raises(commands.PlanConflict) as caught:
        write(cast, version, {1: 120, 2: 70}, {1: 90})
    assert caught.value.theirs == {(cast.karl.pk, "sales", 1): Decimal(100)}
    assert months(version) == {1: 100}


def test_two_who_wanted_the_same_do_not_conflict(cast, version):
    assert write(cast, version, {1: 100}, {1: 90}) == 0


def test_the_parts_of_accounts_stay_and_the_rest_takes_the_change(cast, version):
    PlanLine.objects.create(
        version=version, user=cast.karl, account=make_account(), measure="sales", month=1, value=40
    )
    write(cast, version, {1: 200}, {1: 140})
    assert months(version) == {1: 200}
    assert version.lines.get(account=None).value == 160
    write(cast, version, {1: 40}, {1: 200})
    assert not version.lines.filter(account=None).exists()
    with pytest.raises(RuleBroken, match="account by account"):
        write(cast, version, {1: 39}, {1: 40})
    assert months(version) == {1: 40}


@pytest.mark.parametrize(
    ("measure", "month", "value"),
    [("sales", 1, -1), ("sales", 13, 5), ("sales", 0, 5), ("active", 1, "1.5"), ("profit", 1, 5),
     ("sales", 1, 10**13)],
)  # fmt: skip
def test_what_no_plan_can_hold_is_refused(cast, version, measure, month, value):
    with pytest.raises(RuleBroken):
        write(cast, version, {month: value}, measure=measure)
    assert months(version) == {1: 100}


def test_a_person_who_is_gone_is_refused(cast, version):
    with pytest.raises(RuleBroken, match="not known"):
        commands.set_cells(
            actor=cast.dora, version=version, seen={}, wanted={(10**9, "sales", 1): Decimal(5)}
        )


def test_an_adopted_plan_is_never_changed(cast):
    version = make_plan(adopted=True, sales={cast.karl: [100]})
    with pytest.raises(RuleBroken, match="moved on"):
        write(cast, version, {1: 120}, {1: 100})
    assert months(version) == {1: 100}


def test_others_than_directors_change_nothing(cast, version):
    with pytest.raises(RuleBroken, match="director"):
        commands.set_cells(actor=cast.lena, version=version, seen={}, wanted={})
