"""Observers and exercises; scorecards follow observers and places in both directions."""

import pytest

from common.errors import RuleBroken
from hiring.choices import ExerciseKind, SeatState, SessionState
from hiring.commands import session_parts as commands
from hiring.models import Exercise, Session, Sheet
from people.models import Membership, Team
from tests.cast import LONG_AGO
from tests.hiring.test_commands_seat import book, make_asked
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
    make_version,
)

pytestmark = pytest.mark.django_db


def add(cast, session, user):
    return commands.add_observer(actor=cast.rita, session_id=session.pk, user_id=user.pk)


def test_the_first_observer_leads_and_is_asked_to_judge_who_has_a_place(cast, session):
    book(make_asked(session))
    make_asked(session)
    assert add(cast, session, cast.ivan).is_chair
    assert not add(cast, session, cast.dora).is_chair
    assert add(cast, session, cast.ivan).is_chair
    assert Sheet.objects.count() == 2
    assert {sheet.held_at for sheet in Sheet.objects.all()} == {session.starts_at}


def test_whoever_no_longer_observes_is_asked_nothing(cast, session):
    book(make_asked(session))
    add(cast, session, cast.ivan)
    add(cast, session, cast.dora)
    commands.remove_observer(actor=cast.rita, session_id=session.pk, user_id=cast.ivan.pk)
    assert [sheet.rater for sheet in Sheet.objects.all()] == [cast.dora]
    assert session.observers.get().is_chair


def test_whoever_has_scored_stays(cast, session):
    book(make_asked(session))
    add(cast, session, cast.ivan)
    Sheet.objects.update(submitted_at=session.created_at)
    with pytest.raises(RuleBroken):
        commands.remove_observer(actor=cast.rita, session_id=session.pk, user_id=cast.ivan.pk)
    assert session.observers.exists()


def test_another_one_leads(cast, session):
    add(cast, session, cast.ivan)
    add(cast, session, cast.dora)
    commands.set_chair(actor=cast.rita, session_id=session.pk, user_id=cast.dora.pk)
    assert session.observers.get(is_chair=True).user == cast.dora


def test_a_manager_is_not_asked_about_their_own_people(cast, session):
    team = Team.objects.get(lead=cast.lena)
    assert Membership.objects.filter(team=team, user=cast.karl, valid_from=LONG_AGO).exists()
    candidate = make_candidate("Karl", user=cast.karl)
    seat = make_seat(session, make_candidacy(session.vacancy, candidate), state=SeatState.BOOKED)
    add(cast, session, cast.lena)
    assert not Sheet.objects.exists()
    assert commands.ask_observers(seat, actor=cast.rita) == ["Lena"]


def test_whoever_has_left_us_cannot_observe(cast, session):
    cast.ivan.is_active = False
    cast.ivan.save()
    with pytest.raises(RuleBroken):
        add(cast, session, cast.ivan)


def test_only_recruiters_and_only_before_the_end(cast, session):
    with pytest.raises(Session.DoesNotExist):
        commands.add_observer(actor=cast.dora, session_id=session.pk, user_id=cast.ivan.pk)
    session.state = SessionState.CANCELLED
    session.save()
    with pytest.raises(RuleBroken):
        add(cast, session, cast.ivan)


def exercise(cast, session, **fields) -> Exercise:
    values = {"kind": ExerciseKind.LOSS, "names": {"en": " Our  case "}, "minutes": 20}
    return commands.add_exercise(actor=cast.rita, session_id=session.pk, **{**values, **fields})


def test_exercises_are_added_changed_ordered_and_left_out(cast, session):
    first, second = exercise(cast, session), exercise(cast, session, names={"en": "Other"})
    assert first.names == {"en": "Our case"}
    commands.move_exercise(actor=cast.rita, exercise_id=second.pk, places=-1)
    assert list(session.exercises.all()) == [second, first]
    commands.edit_exercise(
        actor=cast.rita, exercise_id=first.pk, kind=ExerciseKind.VALUE, names={}, minutes=5
    )
    commands.remove_exercise(actor=cast.rita, exercise_id=second.pk)
    left = session.exercises.get()
    assert (left.kind, left.minutes) == (ExerciseKind.VALUE, 5)


def test_an_exercise_reads_out_the_task_of_the_bank_or_words_of_its_own(cast, session):
    version = make_version(texts={"en": "A customer leaves."}, guides={"en": "Causes first."})
    row = exercise(cast, session, task=version, names={})
    assert (row.name, row.read_out) == (version.task.name, "A customer leaves.")
    assert row.guide == "Causes first."
    other = make_session(session.vacancy)
    commands.copy_parts(session, other, actor=cast.rita)
    assert other.exercises.get().task == version
    values = {"kind": ExerciseKind.LOSS, "names": {"en": "Ours"}, "minutes": 5}
    commands.edit_exercise(
        actor=cast.rita, exercise_id=row.pk, task=version, instructions="Own words.", **values
    )
    row.refresh_from_db()
    assert (row.name, row.read_out) == ("Ours", "Own words.")
    version.task.delete()
    row.refresh_from_db()
    assert (row.name, row.task) == ("Ours", None)


@pytest.mark.parametrize(
    "wrong", [{"minutes": 0}, {"minutes": 999}, {"kind": "dance"}, {"kind": "other", "names": {}}]
)
def test_what_no_exercise_can_be(cast, session, wrong):
    with pytest.raises(RuleBroken):
        exercise(cast, session, **wrong)
    assert not session.exercises.exists()


def test_what_has_begun_is_not_left_out(cast, session):
    row = exercise(cast, session)
    row.started_at = session.created_at
    row.save()
    with pytest.raises(RuleBroken):
        commands.remove_exercise(actor=cast.rita, exercise_id=row.pk)
