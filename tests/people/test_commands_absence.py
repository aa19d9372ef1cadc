"""Times away: who notes them, and which days."""

import pytest

from common.errors import RuleBroken
from people.commands import absence as commands
from people.models import Absence, Event
from tests.care import in_days, make_absence

pytestmark = pytest.mark.django_db


def plan(actor, user, start=7, to=14, **fields) -> Absence:
    fields = {"kind": "holiday", **fields}
    return commands.plan_absence(
        actor=actor, user=user, start=in_days(start), to=in_days(to), **fields
    )


@pytest.mark.parametrize("name", ["karl", "lena", "dora"])
def test_oneself_ones_lead_and_a_director_note_an_absence(cast, name):
    row = plan(getattr(cast, name), cast.karl, note="  by\x00 train ")
    assert (row.user, row.valid_from, row.valid_to) == (cast.karl, in_days(7), in_days(14))
    assert row.note == "by train"
    assert Event.objects.get(verb="user.absence_planned").data == {}


@pytest.mark.parametrize("name", ["kim", "anna", "rita", "adam", "sam"])
def test_nobody_else_does(cast, name):
    with pytest.raises(RuleBroken, match="their lead"):
        plan(getattr(cast, name), cast.karl)
    row = make_absence(cast.karl)
    with pytest.raises(Absence.DoesNotExist):
        commands.cancel_absence(actor=getattr(cast, name), absence_id=row.pk)


@pytest.mark.parametrize(
    ("start", "to", "words"),
    [(7, 7, "first day back"), (-40, 3, "a month back"), (1, 900, "two years")],
)
def test_days_that_cannot_be_are_refused(cast, start, to, words):
    with pytest.raises(RuleBroken, match=words):
        plan(cast.karl, cast.karl, start, to)
    assert not Absence.objects.exists()


def test_two_absences_of_one_person_do_not_overlap(cast):
    plan(cast.karl, cast.karl, 7, 14)
    with pytest.raises(RuleBroken, match="change that one"):
        plan(cast.karl, cast.karl, 13, 20)
    plan(cast.karl, cast.karl, 14, 20)
    plan(cast.kim, cast.kim, 7, 14)


def test_what_has_begun_keeps_its_beginning_and_can_end_earlier_or_later(cast):
    row = make_absence(cast.karl, -3, 5)
    change = {"actor": cast.karl, "absence_id": row.pk, "kind": "illness"}
    with pytest.raises(RuleBroken, match="only its end"):
        commands.change_absence(**change, start=in_days(1), to=in_days(5))
    with pytest.raises(RuleBroken, match="not rewritten"):
        commands.change_absence(**change, start=row.valid_from, to=in_days(-1))
    commands.change_absence(**change, start=row.valid_from, to=in_days(9))
    row.refresh_from_db()
    assert row.valid_to == in_days(9) and row.kind == "illness"


def test_who_saves_second_is_told(cast):
    row = plan(cast.karl, cast.karl)
    change = {"absence_id": row.pk, "start": in_days(8), "to": in_days(20), "kind": "holiday"}
    commands.change_absence(actor=cast.dora, version=1, **change)
    with pytest.raises(commands.Conflict):
        commands.change_absence(actor=cast.karl, version=1, **change)


def test_called_off_before_it_began_it_does_not_count_and_can_come_back(cast):
    row = plan(cast.karl, cast.karl)
    commands.cancel_absence(actor=cast.karl, absence_id=row.pk)
    assert not Absence.objects.live().exists()
    commands.restore_absence(actor=cast.karl, absence_id=row.pk)
    assert Absence.objects.live().get() == row


def test_called_off_while_it_runs_it_ends_today(cast):
    row = make_absence(cast.karl, -3, 5)
    commands.cancel_absence(actor=cast.karl, absence_id=row.pk)
    row.refresh_from_db()
    assert row.valid_to == in_days(0) and row.cancelled_at is None
    with pytest.raises(RuleBroken, match="over already"):
        commands.cancel_absence(actor=cast.karl, absence_id=row.pk)


def test_who_left_is_not_away_any_more(cast):
    row = plan(cast.karl, cast.karl)
    commands.cancel_absence(actor=cast.karl, absence_id=row.pk)
    cast.karl.is_active = False
    cast.karl.save(update_fields=["is_active"])
    with pytest.raises(RuleBroken, match="their lead"):
        commands.restore_absence(actor=cast.dora, absence_id=row.pk)
    row.refresh_from_db()
    assert row.cancelled_at is not None
