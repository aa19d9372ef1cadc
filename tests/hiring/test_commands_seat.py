"""Places at a session: one effect and one letter, whatever the order of acts."""

import datetime as dt
import threading
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.choices import ReachKind
from common.errors import RuleBroken
from hiring.choices import CandidacyState, SeatState, SessionState, StageKind
from hiring.commands import seat as commands
from hiring.models import Letter, Seat, Session, Sheet
from hiring.models.session import HOLDING
from people.models import Event
from tests.cast import make_cast
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_observer,
    make_seat,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db
S = SeatState


def make_asked(session, name=None, **fields) -> Seat:
    """Somebody with an address who was invited."""
    candidate = make_candidate(name)
    mail = f"c{candidate.pk}@example.org"
    candidate.reaches.create(kind=ReachKind.EMAIL, value=mail, normal=mail)
    candidacy = make_candidacy(session.vacancy, candidate, stage=StageKind.SESSION)
    return make_seat(session, candidacy, **fields)


def book(seat, session=None, **by):
    by = by or {"candidate": seat.candidacy.candidate}
    session = session or seat.session
    return commands.book_seat(session_id=session.pk, candidacy_id=seat.candidacy_id, **by)


def by(seat) -> dict:
    return {"seat_id": seat.pk, "candidate": seat.candidacy.candidate}


def booked(session) -> int:
    session.refresh_from_db()
    held = session.seats_taken.filter(state__in=HOLDING).count()
    assert session.booked == held
    return held


def causes() -> list[str]:
    return [row.cause.split(":", 2)[2].split(":")[0] for row in Letter.objects.order_by("pk")]


def test_a_place_is_booked_once_and_told_once(session):
    seat = make_asked(session)
    assert book(seat).state == S.BOOKED
    assert book(seat).pk == seat.pk
    assert booked(session) == 1
    assert causes() == ["booked"]
    assert Event.objects.filter(verb="seat.booked").count() == 1


def test_whoever_was_not_asked_to_any_session_has_nothing_to_book(session):
    candidacy = make_candidacy(session.vacancy)
    with pytest.raises(Seat.DoesNotExist):
        commands.book_seat(
            session_id=session.pk, candidacy_id=candidacy.pk, candidate=candidacy.candidate
        )
    assert booked(session) == 0


def test_nobody_books_for_another_candidate(session):
    seat, other = make_asked(session), make_candidate()
    with pytest.raises(seat.candidacy.DoesNotExist):
        book(seat, candidate=other)
    with pytest.raises(Seat.DoesNotExist):
        commands.confirm_seat(seat_id=seat.pk, candidate=other)
    with pytest.raises(TypeError):
        commands.book_seat(session_id=session.pk, candidacy_id=seat.candidacy_id)


def test_a_session_of_another_vacancy_is_not_there(session):
    seat, other = make_asked(session), make_session(make_vacancy())
    with pytest.raises(Session.DoesNotExist):
        book(seat, other)


def test_a_full_session_changes_nothing(vacancy):
    session = make_session(vacancy, limit=1)
    first, second = make_asked(session), make_asked(session)
    book(first)
    with pytest.raises(commands.Full):
        book(second)
    second.refresh_from_db()
    assert second.state == S.INVITED
    assert booked(session) == 1
    assert len(causes()) == 1


def test_the_table_itself_refuses_more_than_the_limit(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(booked=session.limit + 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": SessionState.CANCELLED},
        {"starts_at": timezone.now() - DAY, "ends_at": timezone.now()},
        {"closes_at": timezone.now() - DAY},
    ],
)
def test_booking_ends_with_the_session_or_its_hour(vacancy, fields):
    session = make_session(vacancy, **fields)
    seat = make_asked(session)
    with pytest.raises(commands.Full):
        book(seat)


def test_recruiters_may_book_after_the_hour_for_candidates(cast, vacancy):
    session = make_session(vacancy, closes_at=timezone.now() - DAY)
    assert book(make_asked(session), actor=cast.rita).state == S.BOOKED


def test_others_cannot_act_on_places(cast, session):
    seat = make_asked(session)
    for user in (cast.dora, cast.karl, cast.ivan, cast.adam, cast.sam):
        with pytest.raises(seat.candidacy.DoesNotExist):
            book(seat, actor=user)
        with pytest.raises(Seat.DoesNotExist):
            commands.cancel_seat(actor=user, seat_id=seat.pk)


def test_whoever_is_out_of_the_vacancy_books_nothing(session):
    seat = make_asked(session)
    seat.candidacy.state, seat.candidacy.ended_at = CandidacyState.REJECTED, timezone.now()
    seat.candidacy.save()
    with pytest.raises(RuleBroken):
        book(seat)


def test_confirming_is_one_act_however_often(session):
    seat = book(make_asked(session))
    assert commands.confirm_seat(**by(seat)).state == S.CONFIRMED
    assert commands.confirm_seat(**by(seat)).state == S.CONFIRMED
    assert Event.objects.filter(verb="seat.confirmed").count() == 1
    assert booked(session) == 1


def test_confirming_an_invitation_takes_a_place(session):
    seat = make_asked(session)
    assert commands.confirm_seat(**by(seat)).state == S.CONFIRMED
    assert booked(session) == 1


def test_declining_frees_the_place_and_can_be_thought_over(session):
    seat = book(make_asked(session))
    commands.decline_seat(**by(seat))
    commands.decline_seat(**by(seat))
    assert booked(session) == 0
    assert book(seat).state == S.BOOKED
    assert causes() == ["booked", "declined", "booked"]


def test_what_we_called_off_only_we_open_again(cast, session):
    seat = book(make_asked(session))
    commands.cancel_seat(actor=cast.rita, seat_id=seat.pk)
    assert commands.cancel_seat(actor=cast.rita, seat_id=seat.pk).state == S.CANCELLED
    assert booked(session) == 0
    with pytest.raises(RuleBroken):
        book(seat)
    with pytest.raises(RuleBroken):
        commands.confirm_seat(**by(seat))
    assert causes() == ["booked", "cancelled"]


def test_moving_gives_the_old_place_back_only_when_the_new_one_is_had(vacancy, session):
    full = make_session(vacancy, limit=1)
    book(make_asked(full))
    seat = book(make_asked(session))
    with pytest.raises(commands.Full):
        commands.reschedule_seat(session_id=full.pk, **by(seat))
    seat.refresh_from_db()
    assert seat.state == S.BOOKED
    other = make_session(vacancy, starts_at=timezone.now() + 5 * DAY)
    moved = commands.reschedule_seat(session_id=other.pk, **by(seat))
    seat.refresh_from_db()
    assert (seat.state, moved.state) == (S.MOVED, S.BOOKED)
    assert (booked(session), booked(other), booked(full)) == (0, 1, 1)
    assert moved.invited_at == seat.invited_at
    assert causes()[-1] == "booked"


def test_back_and_forth_ends_where_it_began(vacancy, session):
    other = make_session(vacancy)
    seat = book(make_asked(session))
    commands.reschedule_seat(session_id=other.pk, **by(seat))
    back = commands.reschedule_seat(session_id=session.pk, **by(seat))
    assert back.pk == seat.pk
    assert (booked(session), booked(other)) == (1, 0)


def states_of(seat) -> set:
    return set(Seat.objects.filter(candidacy=seat.candidacy_id).values_list("pk", "state"))


ACTS = {
    "confirm": lambda seat, other: commands.confirm_seat(**by(seat)),
    "decline": lambda seat, other: commands.decline_seat(**by(seat)),
    "move": lambda seat, other: commands.reschedule_seat(session_id=other.pk, **by(seat)),
    "again": lambda seat, other: commands.confirm_seat(**by(seat)),
}


@pytest.mark.parametrize("order", list(permutations(ACTS)), ids="-".join)
def test_acts_in_any_order_leave_one_place_or_none_and_a_letter_for_each_change(
    vacancy, session, order
):
    other = make_session(vacancy)
    seat = book(make_asked(session))
    done = []
    for name in order:
        before = states_of(seat)
        try:
            with transaction.atomic():
                ACTS[name](seat, other)
        except RuleBroken:
            assert states_of(seat) == before
        else:
            done.append(name)
    held = Seat.objects.filter(candidacy=seat.candidacy_id, state__in=HOLDING).count()
    assert held == booked(session) + booked(other)
    assert held <= 1
    letters = [row.cause for row in Letter.objects.all()]
    assert len(letters) == len(set(letters))
    told = 1 + done.count("move") + ("declined" in causes())
    assert len(letters) == told


def test_whoever_waits_longest_moves_up(vacancy, run_jobs, cast):
    session = make_session(vacancy, limit=1)
    make_observer(session, cast.ivan)
    first, second, third = (make_asked(session) for _ in range(3))
    book(first)
    for seat in (third, second):
        waits = commands.wait_for_seat(
            session_id=session.pk, candidacy_id=seat.candidacy_id,
            candidate=seat.candidacy.candidate,
        )  # fmt: skip
        assert waits.state == S.WAITING
    commands.decline_seat(**by(first))
    states = {one.pk: one.state for one in session.seats_taken.all()}
    assert [states[one.pk] for one in (first, second, third)] == [S.DECLINED, S.WAITING, S.BOOKED]
    assert booked(session) == 1
    run_jobs()
    assert Sheet.objects.get().candidacy == third.candidacy


def test_on_the_last_day_nobody_is_moved_up_unasked(vacancy):
    session = make_session(vacancy, limit=1, starts_at=timezone.now() + dt.timedelta(hours=5))
    first, second = make_asked(session), make_asked(session, state=S.WAITING)
    book(first)
    commands.decline_seat(**by(first))
    second.refresh_from_db()
    assert second.state == S.WAITING
    assert booked(session) == 0


def test_waiting_twice_is_once_and_whoever_has_a_place_need_not(session):
    seat = make_asked(session)
    ask = {"session_id": session.pk, "candidacy_id": seat.candidacy_id}
    ask["candidate"] = seat.candidacy.candidate
    commands.wait_for_seat(**ask)
    assert commands.wait_for_seat(**ask).state == S.WAITING
    assert book(seat).state == S.BOOKED
    assert commands.wait_for_seat(**ask).state == S.BOOKED


def test_whoever_has_a_place_does_not_wait_for_another(vacancy, session):
    full = make_session(vacancy, limit=1)
    book(make_asked(full))
    seat = book(make_asked(session))
    with pytest.raises(RuleBroken):
        commands.wait_for_seat(
            session_id=full.pk, candidacy_id=seat.candidacy_id, candidate=seat.candidacy.candidate
        )
    assert booked(session) == 1


def test_a_late_comer_tells_us(session):
    seat = book(make_asked(session))
    told = {"candidate": seat.candidacy.candidate, "seat_id": seat.pk}
    assert commands.say_late(minutes=20, **told).late_minutes == 20
    assert commands.say_late(minutes=0, **told).late_minutes is None
    with pytest.raises(RuleBroken):
        commands.say_late(minutes=500, **told)


def test_observers_are_asked_to_judge_who_has_a_place_and_only_them(cast, session):
    make_observer(session, cast.ivan)
    seat = make_asked(session)
    assert not Sheet.objects.exists()
    book(seat)
    assert Sheet.objects.get().rater == cast.ivan
    commands.decline_seat(**by(seat))
    assert not Sheet.objects.exists()


def test_a_place_nobody_has_counted_is_counted_again(session):
    make_asked(session, state=S.CONFIRMED)
    commands.recount(session)
    assert booked(session) == 1


def everybody_at_once(acts) -> list[str]:
    barrier, outcomes = threading.Barrier(len(acts)), []

    def attempt(act) -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("done")
        except commands.Full:
            outcomes.append("full")
        except Exception as error:  # the test says what it expected
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_book_the_last_place_at_once_one_gets_it():
    make_cast()
    session = make_session(make_vacancy(), limit=1)
    seats = [make_asked(session) for _ in range(10)]
    outcomes = everybody_at_once([lambda seat=seat: book(seat) for seat in seats])
    assert sorted(outcomes) == ["done"] + ["full"] * 9
    assert booked(session) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "names", [("confirm", "move"), ("decline", "move"), ("confirm", "decline"), ("move", "move")]
)
def test_two_acts_on_one_place_at_once_have_one_effect(names):
    make_cast()
    vacancy = make_vacancy()
    session, other = make_session(vacancy), make_session(vacancy)
    seat = book(make_asked(session))
    outcomes = everybody_at_once([lambda n=name: ACTS[n](seat, other) for name in names])
    assert set(outcomes) <= {"done", "RuleBroken"}
    held = Seat.objects.filter(candidacy=seat.candidacy_id, state__in=HOLDING).count()
    assert held == booked(session) + booked(other) <= 1
    letters = [row.cause for row in Letter.objects.all()]
    assert len(letters) == len(set(letters))


@pytest.mark.django_db(transaction=True)
def test_two_who_change_places_at_once_both_get_there():
    make_cast()
    vacancy = make_vacancy()
    here, there = make_session(vacancy), make_session(vacancy)
    one, two = book(make_asked(here)), book(make_asked(there))
    acts = [lambda: ACTS["move"](one, there), lambda: ACTS["move"](two, here)]
    assert everybody_at_once(acts) == ["done", "done"]
    assert (booked(here), booked(there)) == (1, 1)
