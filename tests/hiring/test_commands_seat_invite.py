"""Inviting: a seat, a letter and a stage each; nobody meets a colleague without a reason."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.choices import ReachKind
from common.errors import RuleBroken
from hiring.choices import CandidacyState, LetterState, SeatState, StageKind
from hiring.commands import seat_invite as commands
from hiring.models import Candidacy, Letter, Seat, Session
from people.models import Event
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_observer,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db
S = SeatState


def make_ready(session, name=None, **fields) -> Candidacy:
    candidate = make_candidate(name, **fields)
    mail = f"c{candidate.pk}@example.org"
    candidate.reaches.create(kind=ReachKind.EMAIL, value=mail, normal=mail)
    return make_candidacy(session.vacancy, candidate, stage=StageKind.INVITE)


def invite(cast, session, *people, **fields):
    return commands.invite_to_session(
        actor=cast.rita, session_id=session.pk, candidacy_ids=[one.pk for one in people], **fields
    )


def test_people_are_asked_written_to_and_shortlisted(cast, session):
    one, two = make_ready(session), make_ready(session)
    seats = invite(cast, session, one, two)
    assert [seat.state for seat in seats] == [S.INVITED, S.INVITED]
    one.refresh_from_db()
    assert one.stage.kind == StageKind.SESSION
    assert one.shortlisted_at
    assert Letter.objects.filter(cause__contains=":invited:").count() == 2
    assert Event.objects.filter(verb="session.invited").count() == 1


def test_asked_twice_is_asked_once(cast, session):
    one = make_ready(session)
    invite(cast, session, one)
    assert invite(cast, session, one) == []
    assert Letter.objects.count() == 1


def test_whoever_said_no_can_be_asked_again(cast, session):
    one = make_ready(session)
    seat = invite(cast, session, one)[0]
    Seat.objects.filter(pk=seat.pk).update(state=S.DECLINED, settled_at=timezone.now())
    again = invite(cast, session, one)[0]
    assert (again.pk, again.state, again.settled_at) == (seat.pk, S.INVITED, None)
    assert Letter.objects.count() == 2


def test_all_or_none(cast, session):
    good, out = make_ready(session), make_ready(session)
    out.state, out.ended_at = CandidacyState.WITHDRAWN, timezone.now()
    out.save()
    with pytest.raises(RuleBroken), transaction.atomic():
        invite(cast, session, good, out)
    stranger = make_candidacy(make_vacancy())
    with pytest.raises(Candidacy.DoesNotExist), transaction.atomic():
        invite(cast, session, good, stranger)
    with pytest.raises(RuleBroken):
        invite(cast, session)
    assert not Seat.objects.exists()
    assert not Letter.objects.exists()


def test_nobody_is_asked_to_two_sessions_at_once(cast, session):
    one = make_ready(session)
    invite(cast, session, one)
    with pytest.raises(RuleBroken):
        invite(cast, make_session(session.vacancy), one)


def test_a_session_that_has_begun_takes_nobody(cast, session):
    over = make_session(session.vacancy, starts_at=timezone.now() - DAY)
    with pytest.raises(RuleBroken):
        invite(cast, over, make_ready(session))


def test_only_recruiters_invite(cast, session):
    one = make_ready(session)
    for user in (cast.dora, cast.karl, cast.ivan):
        with pytest.raises((Candidacy.DoesNotExist, Session.DoesNotExist)):
            commands.invite_to_session(actor=user, session_id=session.pk, candidacy_ids=[one.pk])


def test_colleagues_meet_only_for_a_reason(cast, session):
    one = make_ready(session, "Anna", plain_employer="nordpack")
    two = make_ready(session, "Boris", plain_employer="nordpack")
    with pytest.raises(commands.RoomConflict) as caught, transaction.atomic():
        invite(cast, session, one, two)
    assert "Anna" in caught.value.meetings[0].sentence
    assert not Seat.objects.exists()
    assert len(invite(cast, session, one, two, override_reason="They know of each other")) == 2
    said = Event.objects.get(verb="session.invited")
    assert said.data["reason"] == "They know of each other"


def test_nobody_meets_their_manager_as_candidate_or_observer(cast, session):
    make_observer(session, cast.ivan)
    with pytest.raises(commands.RoomConflict), transaction.atomic():
        invite(cast, session, make_ready(session, "Anna", manager="ivan"))
    boss = make_ready(session, "Olga Stein")
    invite(cast, session, boss)
    with pytest.raises(commands.RoomConflict):
        invite(cast, session, make_ready(session, "Carl", manager="Olga Stein"))


def test_invitations_are_taken_back_while_nobody_has_answered(cast, session):
    seats = invite(cast, session, make_ready(session), make_ready(session))
    Seat.objects.filter(pk=seats[0].pk).update(state=S.BOOKED)
    ids = [seat.pk for seat in seats]
    taken = {"actor": cast.rita, "session_id": session.pk, "seat_ids": ids}
    assert commands.take_invitations_back(**taken) == 1
    states = set(session.seats_taken.values_list("state", flat=True))
    assert states == {S.BOOKED, S.CANCELLED}
    stopped = Letter.objects.filter(state=LetterState.STOPPED, trouble="taken_back")
    assert stopped.count() == 1
    with pytest.raises(RuleBroken):
        commands.take_invitations_back(**taken)
