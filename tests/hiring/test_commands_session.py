"""Sessions planned on one or several days, changed, called off."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import SeatState, SessionState, VacancyState
from hiring.commands import session as commands
from hiring.models import HiringSettings, Letter, Session, Sheet, Vacancy
from people.models import Event
from tests.cast import make_cast
from tests.hiring.test_commands_seat import book, make_asked
from tests.races import two_at_once
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
FRIDAY = dt.datetime(2099, 12, 4, 10, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture
def vacancy(cast):
    return make_vacancy("KAM, Moscow", time_zone="Europe/Moscow")


def create(cast, vacancy, **fields) -> Session:
    times = {"starts_at": FRIDAY, "ends_at": FRIDAY + 3 * HOUR}
    return commands.create_session(actor=cast.rita, vacancy_id=vacancy.pk, **{**times, **fields})


def test_a_session_takes_its_figures_from_the_settings(cast, vacancy):
    HiringSettings.objects.create(pk=1, seats=6, cost_empty=3)
    session = create(cast, vacancy)
    assert (session.seats, session.spare, session.limit, session.minimum) == (6, 2, 8, 3)
    assert session.cost_empty == 3
    assert session.time_zone == "Europe/Moscow"
    assert session.exercises.count() == 4
    assert Event.objects.about(session).get().verb == "session.created"


def test_days_in_a_row_keep_their_hours_observers_and_exercises(cast, vacancy):
    made = commands.create_sessions(
        actor=cast.rita, vacancy_id=vacancy.pk, days=3, observer_ids=[cast.ivan.pk, cast.dora.pk],
        starts_at=FRIDAY, ends_at=FRIDAY + 3 * HOUR, closes_at=FRIDAY - 5 * HOUR,
    )  # fmt: skip
    zone = ZoneInfo("Europe/Moscow")
    days = [one.starts_at.astimezone(zone) for one in made]
    assert [day.day for day in days] == [4, 7, 8]
    assert {day.hour for day in days} == {10}
    assert made[1].closes_at.astimezone(zone).hour == 5
    for one in made:
        assert [row.user for row in one.observers.all()] == [cast.ivan, cast.dora]
        assert one.observers.get(is_chair=True).user == cast.ivan
        assert one.exercises.count() == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": FRIDAY - HOUR},
        {"ends_at": FRIDAY + 20 * HOUR},
        {"closes_at": FRIDAY + HOUR},
        {"seats": 0},
        {"minimum": 9},
        {"time_zone": "Moon/Sea"},
        {"cost_empty": 0},
        {"too_many_percent": 100},
    ],
)
def test_what_no_session_can_be_is_refused(cast, vacancy, wrong):
    with pytest.raises(RuleBroken), transaction.atomic():
        create(cast, vacancy, **wrong)
    assert not Session.objects.exists()


def test_nothing_is_planned_for_a_closed_vacancy_or_by_others(cast, vacancy):
    for user in (cast.dora, cast.karl, cast.ivan, cast.adam):
        with pytest.raises(Vacancy.DoesNotExist):
            commands.create_session(actor=user, vacancy_id=vacancy.pk, starts_at=FRIDAY)
    closed = make_vacancy(state=VacancyState.CLOSED)
    with pytest.raises(RuleBroken):
        create(cast, closed)
    with pytest.raises(TypeError):
        create(cast, vacancy, colour="red")


def test_another_time_is_told_to_everybody_who_was_asked(cast, vacancy):
    session = make_session(vacancy)
    book(make_asked(session))
    make_asked(session)
    make_asked(session, state=SeatState.DECLINED)
    Letter.objects.all().delete()
    later = session.starts_at + DAY
    commands.edit_session(
        actor=cast.rita, session_id=session.pk, version=1, starts_at=later,
        ends_at=later + 3 * HOUR,
    )  # fmt: skip
    session.refresh_from_db()
    assert (session.version, session.sequence) == (2, 1)
    assert Letter.objects.count() == 2
    assert all(":changed:1" in letter.cause for letter in Letter.objects.all())


def test_another_number_of_seats_is_nobodys_news(cast, vacancy):
    session = make_session(vacancy)
    make_asked(session)
    commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, seats=6)
    assert not Letter.objects.exists()
    session.refresh_from_db()
    assert session.sequence == 0


def test_whoever_saves_second_is_told(cast, vacancy):
    session = make_session(vacancy)
    commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, place="Here")
    with pytest.raises(commands.Conflict) as caught:
        commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, place="There")
    assert caught.value.session.place == "Here"
    same = commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, place="Here")
    assert same.version == 2


def test_fewer_may_book_than_have_a_place_only_after_calling_some_off(cast, vacancy):
    session = make_session(vacancy)
    for _number in range(3):
        book(make_asked(session))
    with pytest.raises(RuleBroken):
        commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, limit=2)


def test_calling_off_tells_everybody_and_empties_the_room(cast, vacancy):
    session = make_session(vacancy)
    make_observer(session, cast.ivan)
    book(make_asked(session))
    make_asked(session)
    Letter.objects.all().delete()
    for _twice in range(2):
        commands.cancel_session(actor=cast.rita, session_id=session.pk, reason="No room")
    session.refresh_from_db()
    assert (session.state, session.booked) == (SessionState.CANCELLED, 0)
    assert not session.seats_taken.open().exists()
    assert Letter.objects.count() == 2
    assert not Sheet.objects.exists()
    assert Event.objects.filter(verb="session.cancelled").get().data["reason"] == "No room"
    with pytest.raises(RuleBroken):
        commands.edit_session(
            actor=cast.rita, session_id=session.pk, version=session.version, place="x"
        )


def test_what_is_running_is_not_called_off(cast, vacancy):
    session = make_session(vacancy, state=SessionState.RUNNING, starts_at=timezone.now())
    with pytest.raises(RuleBroken):
        commands.cancel_session(actor=cast.rita, session_id=session.pk)


def test_where_somebody_is_checked_in_is_not_called_off(cast, vacancy):
    session = make_session(vacancy, starts_at=timezone.now())
    make_seat(session, make_candidacy(vacancy), state=SeatState.CAME, badge=1)
    with pytest.raises(RuleBroken):
        commands.cancel_session(actor=cast.rita, session_id=session.pk)
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    cast = make_cast()
    session = make_session(make_vacancy())
    places = iter(["Here", "There"])

    def save():
        commands.edit_session(actor=cast.rita, session_id=session.pk, version=1, place=next(places))

    assert two_at_once(save) == ["done", "refused"]
