import datetime as dt

import pytest
from django.utils import timezone, translation

from hiring.choices import SeatState, SessionState
from hiring.queries import sessions as queries
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_observer,
    make_seat,
    make_session,
)

pytestmark = pytest.mark.django_db
S = SeatState


def test_hours_and_day_are_those_of_the_place(vacancy):
    start = dt.datetime(2099, 12, 2, 21, tzinfo=dt.UTC)
    session = make_session(vacancy, starts_at=start, time_zone="Asia/Vladivostok")
    assert queries.hours(session) == "07:00–10:00"
    assert queries.local_day(session) == dt.date(2099, 12, 3)
    assert queries.zone_name(session) == "Vladivostok"
    with translation.override("ru"):
        assert queries.hours(session)


def test_sessions_to_come_stand_in_weeks_and_the_others_below(cast, vacancy):
    monday = timezone.now() + DAY * (14 - timezone.now().weekday())
    first = make_session(vacancy, starts_at=monday)
    make_session(vacancy, starts_at=monday + DAY)
    make_session(vacancy, starts_at=monday + 8 * DAY)
    off = make_session(vacancy, state=SessionState.CANCELLED, starts_at=monday)
    make_seat(first, state=S.CONFIRMED)
    make_seat(first)
    make_observer(first, cast.ivan)
    weeks, over = queries.sessions_of(vacancy)
    assert [len(week.rows) for week in weeks] == [2, 1]
    row = weeks[0].rows[0]
    assert (row.asked, row.confirmed, row.observers, row.lacks_observers) == (2, 1, 1, True)
    assert [one.session for one in over] == [off]
    assert queries.all_sessions(cast.rita)[0][0].rows[0].session == first
    assert queries.all_sessions(cast.sam) == ([], [])


def test_seats_stand_by_what_they_are_and_say_what_can_be_done(cast, vacancy):
    session = make_session(vacancy)
    for state in (S.DECLINED, S.INVITED, S.CONFIRMED, S.BOOKED):
        make_seat(session, state=state)
    rows = queries.seat_rows(session, cast.rita)
    assert [row.seat.state for row in rows] == [S.CONFIRMED, S.BOOKED, S.INVITED, S.DECLINED]
    assert rows[1].acts == ("confirm", "decline", "cancel")
    assert queries.tally(rows)["held"] == 2
    assert all(not row.acts for row in queries.seat_rows(session, cast.dora))


def test_whom_the_reader_may_not_know_has_no_name(cast, vacancy):
    session = make_session(vacancy)
    make_seat(session, make_candidacy(vacancy))
    row = queries.seat_rows(session, cast.dora)[0]
    assert (row.name, row.url, row.is_erased) == ("", "", False)


def test_the_list_on_paper_has_those_with_a_place_by_name(cast, vacancy):
    session = make_session(vacancy)
    make_seat(session)
    held = make_seat(session, state=S.BOOKED)
    assert [row.seat for row in queries.attendance(session, cast.rita)] == [held]


def test_observers_are_people_of_sales_and_hiring(cast, vacancy):
    session = make_session(vacancy)
    make_observer(session, cast.ivan)
    names = [user.name for user in queries.possible_observers(session)]
    assert names == ["Dora", "Karl", "Kim", "Lena", "Rita"]
    assert [one.user for one in queries.observers_of(session)] == [cast.ivan]
