"""What the tables of sessions themselves forbid, and who sees them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.choices import SeatState, SessionState
from hiring.models import Observer, Seat, Session
from tests.recruiting import (
    DAY,
    HOUR,
    make_candidacy,
    make_observer,
    make_seat,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values", [{"booked": 9}, {"minimum": 9}, {"ends_at": timezone.now() - DAY}]
)
def test_the_table_refuses_an_impossible_session(session, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**values)


def test_one_seat_a_person_and_session_one_badge_one_booking(session):
    seat = make_seat(session, state=SeatState.BOOKED, badge=1)
    other = make_session(session.vacancy)
    for again in (
        {"session": session, "candidacy": seat.candidacy},
        {"session": session, "candidacy": make_candidacy(session.vacancy), "badge": 1},
        {"session": other, "candidacy": seat.candidacy, "state": SeatState.CONFIRMED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(**again)
    Seat.objects.create(session=other, candidacy=seat.candidacy, state=SeatState.MOVED)


def test_somebody_observes_once(cast, session):
    make_observer(session, cast.ivan)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_observer(session, cast.ivan)


def test_hirers_see_all_sessions_and_recruiters_change_them(cast, session):
    for user in (cast.rita, cast.dora):
        assert Session.objects.visible_to(user).get() == session
    assert Session.objects.editable_by(cast.rita).exists()
    for user in (cast.dora, cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
        assert not Session.objects.editable_by(user).exists()
    for user in (cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
        assert not Session.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("ahead", "sees"),
    [(8 * DAY, False), (7 * DAY - HOUR, True), (-13 * DAY, True), (-15 * DAY, False)],
)
def test_observers_see_their_session_from_a_week_before_to_two_after(cast, session, ahead, sees):
    Session.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() + ahead, ends_at=timezone.now() + ahead + HOUR
    )
    make_observer(session, cast.ivan)
    make_seat(session)
    assert Session.objects.visible_to(cast.ivan).exists() is sees
    assert Seat.objects.visible_to(cast.ivan).exists() is sees
    assert Observer.objects.within_window(cast.ivan).exists() is sees


def test_bookable_is_what_is_planned_ahead_and_open(cast):
    vacancy, now = make_vacancy(), timezone.now()
    free = make_session(vacancy)
    make_session(vacancy, closes_at=now - HOUR)
    make_session(vacancy, state=SessionState.CANCELLED)
    make_session(vacancy, starts_at=now - HOUR)
    assert list(Session.objects.bookable(now)) == [free]
    assert Session.objects.coming(now).count() == 2
    assert str(free).startswith(str(vacancy))
    assert str(make_session(vacancy, title="Named")) == "Named"


def test_open_are_all_who_have_not_said_no(session):
    states = [SeatState.INVITED, SeatState.WAITING, SeatState.CONFIRMED, SeatState.DECLINED]
    for state in states:
        make_seat(session, state=state)
    assert session.seats_taken.open().count() == 3
    assert session.seats_taken.holding().count() == 1


def test_rows_name_themselves(cast, session):
    assert "Ivan" in str(make_observer(session, cast.ivan))
    assert str(make_seat(session))
    assert str(session.exercises.create(kind="loss"))
    assert session.ends_at - session.starts_at == dt.timedelta(hours=3)
