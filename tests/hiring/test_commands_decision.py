import pytest

from common.errors import RuleBroken
from hiring.commands.decision import decide, undo_decision
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import Candidacy, Decision, RejectReason, Session
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import make_candidacy


@pytest.fixture
def room(cast):
    return open_room(make_room(cast.ivan, cast.kim))


def made(actor, room, verdict="take", place=0, **fields):
    return decide(
        actor=actor, session_id=room.session.pk, verdict=verdict,
        candidacy_id=room.seats[place].candidacy_id, **{"reason": "Clear first", **fields},
    )  # fmt: skip


def stage_of(room):
    candidacy = Candidacy.objects.select_related("stage").get(pk=room.seats[0].candidacy_id)
    return candidacy.stage.kind, candidacy.state


def test_a_recruiter_takes_and_they_go_on_to_the_next_stage(cast, room):
    decision = made(cast.rita, room)
    assert stage_of(room) == ("task", "active")
    undo_decision(actor=cast.rita, decision_id=decision.pk)
    assert stage_of(room) == ("session", "active")
    assert Decision.objects.get().undone_at


def test_a_recruiter_refuses_with_a_reason_of_the_list(cast, room):
    install_reject_reasons()
    with pytest.raises(RuleBroken):
        made(cast.rita, room, "refuse")
    assert not Decision.objects.exists()
    reason = RejectReason.objects.filter(by_candidate=False).first()
    made(cast.rita, room, "refuse", reject_reason_id=reason.pk)
    assert stage_of(room) == ("session", "rejected")


def test_in_reserve_they_stay_where_they_are(cast, room):
    made(cast.rita, room, "reserve")
    assert stage_of(room) == ("session", "active")


def test_chair_and_director_decide_and_a_recruiter_acts(cast, room):
    for actor in (cast.ivan, cast.dora):
        made(actor, room)
    assert stage_of(room) == ("session", "active")
    made(cast.rita, room)
    assert stage_of(room) == ("task", "active")


def test_the_other_observers_and_strangers_do_not_decide(cast, room):
    for actor in (cast.kim, cast.sam, cast.lena):
        with pytest.raises(Session.DoesNotExist):
            made(actor, room)


def test_nothing_is_decided_before_scores_are_open_or_without_a_reason(cast):
    room = make_room(cast.ivan)
    with pytest.raises(RuleBroken):
        made(cast.rita, room)
    open_room(room)
    for fields in ({"reason": " "}, {"verdict": "perhaps"}):
        with pytest.raises(RuleBroken):
            made(cast.rita, room, **fields)
    assert not Decision.objects.exists()


def test_nothing_is_decided_about_who_was_not_there_or_is_erased(cast, room):
    elsewhere = make_candidacy(room.session.vacancy)
    with pytest.raises(RuleBroken):
        decide(actor=cast.rita, session_id=room.session.pk, candidacy_id=elsewhere.pk,
               verdict="take", reason="Good")  # fmt: skip
    Candidacy.objects.filter(pk=room.seats[0].candidacy_id).update(candidate=None)
    with pytest.raises(RuleBroken):
        made(cast.rita, room)


def test_a_decision_is_taken_back_by_who_made_it(cast, room):
    decision = made(cast.ivan, room)
    with pytest.raises(Decision.DoesNotExist):
        undo_decision(actor=cast.rita, decision_id=decision.pk)
    undo_decision(actor=cast.ivan, decision_id=decision.pk)
    with pytest.raises(Decision.DoesNotExist):
        undo_decision(actor=cast.ivan, decision_id=decision.pk)
