import datetime as dt

import pytest
from django.utils import timezone

from hiring import jobs
from hiring.choices import CandidacyState, LetterKind, SeatState
from hiring.commands import session_reminders as commands
from hiring.models import HiringSettings, Letter, Seat
from tests.hiring.test_commands_seat import booked, make_asked
from tests.recruiting import DAY, HOUR, make_session

pytestmark = pytest.mark.django_db
S = SeatState


def make_held(vacancy, ahead: dt.timedelta, **fields) -> Seat:
    now = timezone.now()
    session = make_session(vacancy, starts_at=now + ahead, booked=1)
    return make_asked(session, state=S.BOOKED, booked_at=now - 10 * DAY, **fields)


def reminders() -> list[str]:
    rows = Letter.objects.filter(kind=LetterKind.REMINDER).order_by("pk")
    return [row.cause.rpartition(":")[2] for row in rows]


def test_each_reminder_goes_once(vacancy, run_jobs):
    seat = make_held(vacancy, 2 * DAY)
    assert jobs.sessions_tick() == 1
    run_jobs()
    assert jobs.sessions_tick() == 0
    assert not commands.remind_seat(seat_id=seat.pk, hours=72)
    assert reminders() == ["72"]
    seat.refresh_from_db()
    assert seat.reminded_at


def test_the_next_one_goes_at_its_time(vacancy, run_jobs):
    seat = make_held(vacancy, 2 * HOUR, reminded_at=timezone.now() - DAY)
    jobs.sessions_tick()
    run_jobs()
    assert reminders() == ["3"]
    assert seat.session.seats_taken.get().reminded_at > timezone.now() - HOUR


@pytest.mark.parametrize("state", [S.INVITED, S.WAITING, S.DECLINED, S.CANCELLED, S.MOVED])
def test_only_who_has_a_place_is_reminded(vacancy, state):
    seat = make_held(vacancy, DAY)
    Seat.objects.filter(pk=seat.pk).update(state=state)
    assert commands.seats_to_remind(timezone.now()) == []


def test_the_hours_are_the_settings(vacancy):
    make_held(vacancy, 2 * DAY)
    HiringSettings.objects.create(pk=1, remind_hours=[])
    assert commands.seats_to_remind(timezone.now()) == []
    HiringSettings.objects.update(remind_hours=[50])
    assert [hours for _pk, hours in commands.seats_to_remind(timezone.now())] == [50]


def test_who_is_out_of_the_vacancy_loses_the_place_after_a_while(vacancy, run_jobs):
    seat = make_held(vacancy, 5 * DAY)
    candidacy = seat.candidacy
    candidacy.state, candidacy.ended_at = CandidacyState.REJECTED, timezone.now()
    candidacy.save()
    assert commands.ended_with_seats(timezone.now()) == []
    candidacy.ended_at = timezone.now() - HOUR
    candidacy.save()
    jobs.sessions_tick()
    run_jobs()
    seat.refresh_from_db()
    assert seat.state == S.CANCELLED
    assert booked(seat.session) == 0
    assert not Letter.objects.exists()
