import datetime as dt

from django.utils import timezone

from hiring.models import Exercise, Observer
from hiring.queries.cockpit import cockpit
from tests.hiring.rounds import make_room
from tests.recruiting import make_candidacy, make_candidate, make_exercise, make_seat


def look(room, reader, **kwargs):
    return cockpit(room.session, reader, now=timezone.now(), **kwargs)


def test_dots_say_how_many_and_never_what(cast):
    room = make_room(cast.ivan, cast.kim, cast.lena)
    room.mark(cast.kim, room.seats[0], 5)
    found = look(room, cast.ivan)
    cell = found.rows[0].cells[0]
    assert (cell.mark, cell.dots) == (None, [True, False])
    assert 5 not in found.marks.values() and set(found.counts.values()) == {1}


def test_a_reader_who_does_not_score_sees_dots_alone(cast):
    room = make_room(cast.ivan, cast.kim)
    room.mark(cast.kim, room.seats[0], 5)
    found = look(room, cast.rita)
    assert (found.me, found.marks, found.rows[0].sheet) == (None, {}, None)
    assert found.rows[0].cells[0].dots == [True, False]
    assert found.may_lead and not look(room, cast.kim).may_lead


def test_marks_are_shown_for_one_exercise_or_for_the_round(cast):
    room = make_room(cast.ivan)
    exercise = make_exercise(room.session)
    room.mark(cast.ivan, room.seats[0], 4, exercise)
    assert look(room, cast.ivan).rows[0].cells[0].mark is None
    found = look(room, cast.ivan, exercise_id=exercise.pk)
    assert found.rows[0].cells[0].mark == 4
    assert (found.scored, found.places) == (2, 6)
    assert look(room, cast.ivan, exercise_id=10**8).exercise is None


def test_the_clock_shown_is_the_one_that_runs(cast):
    room = make_room(cast.ivan)
    first, second = (make_exercise(room.session, position=place, minutes=1) for place in (1, 2))
    assert look(room, cast.ivan).clock.exercise == first
    Exercise.objects.filter(pk=second.pk).update(
        started_at=timezone.now() - dt.timedelta(seconds=75)
    )
    clock = look(room, cast.ivan).clock
    assert (clock.exercise, clock.number, clock.is_running) == (second, 2, True)
    assert clock.shown.startswith("+00:1")


def test_who_has_not_been_seen_for_a_while_is_away(cast):
    room = make_room(cast.ivan, cast.kim)
    Observer.objects.filter(user=cast.kim).update(seen_at=timezone.now())
    you, kim = look(room, cast.ivan).presence
    assert (you.is_you, you.is_here, kim.is_here) == (True, False, True)


def test_the_table_is_drawn_anew_when_somebody_comes(cast):
    room = make_room(cast.ivan)
    before = look(room, cast.ivan).stamp
    room.mark(cast.ivan, room.seats[0], 4)
    assert look(room, cast.ivan).stamp == before
    make_seat(room.session, make_candidacy(room.session.vacancy, stage="session"), state="booked")
    assert look(room, cast.rita).stamp != look(room, cast.ivan).stamp


def test_nobody_sees_their_own_people_or_themselves_in_the_room(cast):
    room = make_room(cast.lena, cast.ivan)
    applicant = make_candidate("Karl applies", user=cast.karl)
    candidacy = make_candidacy(room.session.vacancy, applicant, stage="session")
    make_seat(room.session, candidacy, state="came", badge=9)
    assert "Karl applies" not in {row.name for row in look(room, cast.lena).rows}
    assert "Karl applies" in {row.name for row in look(room, cast.rita).rows}


def test_columns_carry_the_share_of_their_weight(cast):
    room = make_room(cast.ivan)
    assert [round(column.share, 2) for column in look(room, cast.ivan).columns] == [0.6, 0.4]
