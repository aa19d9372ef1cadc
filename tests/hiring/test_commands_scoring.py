import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.commands.scoring import (
    finish_scoring,
    keep_debrief,
    note_presence,
    reopen_scoring,
    reveal_scores,
)
from hiring.models import Observer, Session, Sheet
from people.models import Event
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import HOUR


@pytest.fixture
def room(cast):
    room = make_room(cast.ivan, cast.kim, cast.lena)
    for rater in room.observers:
        for seat in room.seats:
            room.mark(rater, seat, 3)
    return room


def finish(room, *users):
    for user in users:
        finish_scoring(actor=user, session_id=room.session.pk)
    room.session.refresh_from_db()
    return room.session


def over(room):
    now = timezone.now()
    Session.objects.update(starts_at=now - 3 * HOUR, ends_at=now - HOUR)


def test_scores_open_when_the_last_observer_has_finished(cast, room):
    assert finish(room, cast.ivan, cast.kim).revealed_at is None
    session = finish(room, cast.lena)
    assert session.revealed_at and session.state == "finished"
    assert not Sheet.objects.filter(submitted_at=None).exists()
    assert Event.objects.about(session).filter(verb="session.revealed").count() == 1


def test_finishing_twice_is_finishing_once(cast, room):
    finish(room, cast.ivan, cast.ivan)
    assert Event.objects.filter(verb="session.scored").count() == 1


def test_nobody_finishes_without_a_score(cast):
    for room in (make_room(cast.ivan, people=0), make_room(cast.ivan)):
        with pytest.raises(RuleBroken):
            finish(room, cast.ivan)
    assert not Observer.objects.exclude(finished_at=None).exists()


def test_only_observers_finish(cast, room):
    for actor in (cast.rita, cast.dora, cast.sam):
        with pytest.raises(Observer.DoesNotExist):
            finish(room, actor)


def test_the_chair_opens_them_after_the_end_with_a_reason(cast, room):
    for reason in ("Kim had to leave", ""):
        with pytest.raises(RuleBroken):
            reveal_scores(actor=cast.ivan, session_id=room.session.pk, reason=reason)
    over(room)
    with pytest.raises(RuleBroken):
        reveal_scores(actor=cast.ivan, session_id=room.session.pk, reason=" ")
    session = reveal_scores(actor=cast.ivan, session_id=room.session.pk, reason="Kim had to leave")
    assert session.revealed_at
    event = Event.objects.get(verb="session.revealed_early")
    assert event.data["reason"] == "Kim had to leave"


def test_others_do_not_open_them(cast, room):
    over(room)
    for actor in (cast.kim, cast.dora, cast.sam):
        with pytest.raises(Session.DoesNotExist):
            reveal_scores(actor=actor, session_id=room.session.pk, reason="Now")
    room.session.refresh_from_db()
    assert room.session.revealed_at is None


def test_without_any_score_there_is_nothing_to_open(cast):
    room = make_room(cast.ivan)
    over(room)
    with pytest.raises(RuleBroken):
        reveal_scores(actor=cast.ivan, session_id=room.session.pk, reason="Now")


def test_own_scores_are_opened_again_with_a_reason(cast, room):
    with pytest.raises(RuleBroken):
        reopen_scoring(actor=cast.ivan, session_id=room.session.pk, reason="A slip")
    finish(room, cast.ivan)
    reopen_scoring(actor=cast.ivan, session_id=room.session.pk, reason="A slip")
    assert set(
        Sheet.objects.filter(rater=cast.ivan).values_list("reopened_because", flat=True)
    ) == {"A slip"}
    assert finish(room, cast.kim, cast.lena).revealed_at is None
    assert finish(room, cast.ivan).revealed_at


def test_notes_are_taken_when_the_scores_are_open(cast, room):
    with pytest.raises(RuleBroken):
        keep_debrief(actor=cast.ivan, session_id=room.session.pk, text="Calm group")
    open_room(room)
    keep_debrief(actor=cast.kim, session_id=room.session.pk, text=" Calm group ")
    room.session.refresh_from_db()
    assert room.session.debrief == "Calm group"


def test_presence_is_noted_for_observers_alone(cast, room):
    for user in (cast.ivan, cast.rita):
        note_presence(actor=user, session_id=room.session.pk)
    assert Observer.objects.exclude(seen_at=None).get().user == cast.ivan
