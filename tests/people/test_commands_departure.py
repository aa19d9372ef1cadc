"""Leaving: noted, moved, called off, closed and taken back."""

import pytest

from common.errors import RuleBroken
from people.choices import Role
from people.commands import departure as commands
from people.models import Departure, Event, Session, User
from tests.care import in_days
from tests.cast import make_user, signed_in

pytestmark = pytest.mark.django_db


def note(actor, user, days=14, **fields) -> Departure:
    fields = {"kind": "resigned", **fields}
    return commands.note_departure(actor=actor, user=user, last_day=in_days(days), **fields)


def test_a_director_notes_the_last_day(cast):
    row = note(cast.dora, cast.karl, note="To the customer's side")
    assert row.last_day == in_days(14) and row.closed_at is None
    assert Event.objects.about(cast.karl).filter(verb="user.departure_noted").exists()


@pytest.mark.parametrize("name", ["lena", "karl", "rita", "adam", "sam"])
def test_nobody_else_does(cast, name):
    with pytest.raises(RuleBroken, match="Only directors"):
        note(getattr(cast, name), cast.kim)


def test_refusals_leave_nothing_behind(cast):
    other = make_user("Olga", Role.DIRECTOR)
    for actor, user, days in (
        (cast.dora, cast.dora, 14), (cast.dora, cast.karl, -1), (cast.dora, cast.karl, 400),
        (cast.dora, cast.adam, 14),
    ):  # fmt: skip
        with pytest.raises(RuleBroken):
            note(actor, user, days)
    assert not Departure.objects.exists()
    note(other, cast.dora)  # there is another director now


def test_it_is_noted_once_but_may_become_sudden(cast):
    row = note(cast.dora, cast.karl)
    with pytest.raises(RuleBroken, match="already"):
        note(cast.dora, cast.karl, 20)
    sudden = note(cast.dora, cast.karl, 0, is_sudden=True)
    assert sudden.pk == row.pk and sudden.is_sudden and sudden.last_day == in_days(0)


def test_the_last_day_moves_and_it_can_be_called_off(cast):
    row = note(cast.dora, cast.karl)
    commands.change_departure(
        actor=cast.dora, departure_id=row.pk, last_day=in_days(30), kind="other"
    )
    commands.cancel_departure(actor=cast.dora, departure_id=row.pk)
    with pytest.raises(RuleBroken, match="called off"):
        commands.cancel_departure(actor=cast.dora, departure_id=row.pk)
    note(cast.dora, cast.karl)


def test_closing_ends_the_sign_in_and_every_session_and_can_be_taken_back(cast):
    signed_in(cast.karl).get("/me/")
    row = note(cast.dora, cast.karl, 0, is_sudden=True)
    undo = commands.close_departure(actor=cast.dora, departure=row)
    cast.karl.refresh_from_db()
    assert not cast.karl.is_active and not Session.objects.filter(user=cast.karl).exists()
    commands.reopen_departure(actor=cast.dora, departure=row, undo=undo)
    cast.karl.refresh_from_db()
    row.refresh_from_db()
    assert cast.karl.is_active and row.cancelled_at is not None


def test_who_moves_to_other_work_keeps_the_sign_in_without_the_customers(cast):
    row = note(cast.dora, cast.karl, kind="moved")
    undo = commands.close_departure(actor=cast.dora, departure=row)
    karl = User.objects.get(pk=cast.karl.pk)
    assert karl.is_active and not karl.is_kam
    commands.reopen_departure(actor=cast.dora, departure=row, undo=undo)
    assert User.objects.get(pk=cast.karl.pk).is_kam
