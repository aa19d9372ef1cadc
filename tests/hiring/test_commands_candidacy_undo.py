"""Taking back what was done to a candidacy; no sequence of deeds leaves a history with holes."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import RuleBroken
from hiring.choices import CandidacyState, LetterKind, LetterState, StageKind
from hiring.commands import candidacy as commands
from hiring.commands.candidacy_undo import undo_move, undo_moves
from hiring.commands.letter import install_letters
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import Candidacy, Letter, LetterTemplate, RejectReason
from hiring.rules.candidacy import ENDED, is_consistent
from people.models import Event
from tests.cast import make_cast, make_user
from tests.recruiting import make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    install_reject_reasons()
    return make_cast()


def put_forward(cast, vacancy=None):
    vacancy = vacancy or make_vacancy(recruiter=cast.rita)
    return commands.add_candidacy(
        actor=cast.rita, candidate_id=make_candidate().pk, vacancy_id=vacancy.pk
    )


def stage_id(candidacy, kind):
    return candidacy.vacancy.stages.get(kind=kind).pk


def move(cast, candidacy, kind):
    commands.move_candidacy(
        actor=cast.rita, candidacy_id=candidacy.pk, stage_id=stage_id(candidacy, kind)
    )
    return commands.last_deed(candidacy)


def road(candidacy):
    rows = candidacy.moves.filter(undone_at=None)
    return list(rows.values_list("from_stage", "to_stage", "state"))


def state_of(candidacy):
    return Candidacy.objects.filter(pk=candidacy.pk).values(*commands.KEPT).get()


def test_undo_puts_everything_back(cast):
    candidacy = put_forward(cast)
    before = state_of(candidacy)
    event = move(cast, candidacy, StageKind.SESSION)
    assert state_of(candidacy) != before
    undo_move(actor=cast.rita, event_id=event.pk)
    assert state_of(candidacy) == before
    assert len(road(candidacy)) == 1 and candidacy.moves.count() == 2


def test_a_rejection_is_taken_back(cast):
    candidacy = put_forward(cast)
    before = state_of(candidacy)
    reason = RejectReason.objects.get(code="pay")
    commands.end_candidacy(
        actor=cast.rita, candidacy_id=candidacy.pk, state="rejected", reason_id=reason.pk
    )
    undo_move(actor=cast.rita, event_id=commands.last_deed(candidacy).pk)
    assert state_of(candidacy) == before


def test_what_has_moved_on_since_stays(cast):
    candidacy = put_forward(cast)
    event = move(cast, candidacy, StageKind.CALL)
    move(cast, candidacy, StageKind.FORM)
    before = state_of(candidacy)
    with pytest.raises(RuleBroken, match="moved again"):
        undo_move(actor=cast.rita, event_id=event.pk)
    assert state_of(candidacy) == before


def test_nobody_takes_back_what_others_did(cast):
    candidacy = put_forward(cast)
    event = move(cast, candidacy, StageKind.CALL)
    other = make_user("Ruth", "recruiter")
    with pytest.raises(Event.DoesNotExist):
        undo_move(actor=other, event_id=event.pk)


def test_one_undo_takes_back_several_or_none(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    rows = [put_forward(cast, vacancy) for _ in range(3)]
    target = stage_id(rows[0], StageKind.CALL)
    ids = [row.pk for row in rows]
    event = commands.move_candidacies(actor=cast.rita, candidacy_ids=ids, stage_id=target)
    assert undo_moves(actor=cast.rita, event_id=event.pk) == 3
    assert not Candidacy.objects.filter(stage=target).exists()
    event = commands.move_candidacies(actor=cast.rita, candidacy_ids=ids, stage_id=target)
    move(cast, rows[2], StageKind.FORM)
    with pytest.raises(RuleBroken):
        undo_moves(actor=cast.rita, event_id=event.pk)
    assert Candidacy.objects.filter(stage=target).count() == 2


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["move", "reject", "withdraw", "leave", "reopen", "undo", "machine"]),
        st.sampled_from(StageKind.values),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_any_sequence_of_deeds_leaves_a_history_without_holes(cast, deeds):
    candidacy = put_forward(cast)
    reason = {True: "own", False: "pay"}
    reasons = {key: RejectReason.objects.get(code=code).pk for key, code in reason.items()}
    one = {"candidacy_id": candidacy.pk}
    for deed, kind in deeds:
        target = stage_id(candidacy, kind)
        try:
            if deed == "move":
                commands.move_candidacy(actor=cast.rita, stage_id=target, **one)
            elif deed == "machine":
                commands.move_candidacy(actor=None, stage_id=target, **one)
            elif deed == "reject":
                commands.end_candidacy(
                    actor=cast.rita, state="rejected", reason_id=reasons[False], **one
                )
            elif deed == "withdraw":
                commands.end_candidacy(
                    actor=cast.rita, state="withdrawn", reason_id=reasons[True], **one
                )
            elif deed == "leave":
                commands.end_candidacy(actor=None, state="withdrawn", **one)
            elif deed == "reopen":
                commands.reopen_candidacy(actor=cast.rita, **one)
            else:
                undo_move(actor=cast.rita, event_id=commands.last_deed(candidacy).pk)
        except (RuleBroken, Event.DoesNotExist):
            pass
        now = Candidacy.objects.get(pk=candidacy.pk)
        moves = road(candidacy)
        assert is_consistent(moves)
        assert moves[-1][2] == now.state
        assert moves[-1][1] in (now.stage_id, None)
        assert (now.ended_at is None) == (now.state not in ENDED)
        if now.state in (CandidacyState.REJECTED, CandidacyState.HIRED):
            assert now.ended_by == cast.rita
            assert candidacy.moves.filter(undone_at=None).last().by == cast.rita


def test_undo_stops_the_letter_that_has_not_gone(cast):
    install_letters()
    candidacy = put_forward(cast)
    template = LetterTemplate.objects.filter(kind=LetterKind.APPROACH).first()
    candidacy.vacancy.stages.filter(kind=StageKind.CALL).update(letter=template)
    event = move(cast, candidacy, StageKind.CALL)
    Letter.objects.update(state=LetterState.QUEUED, trouble="")
    undo_move(actor=cast.rita, event_id=event.pk)
    assert Letter.objects.get().trouble == "taken_back"


def test_undo_of_a_rejection_stops_its_letter(cast):
    candidacy = put_forward(cast)
    candidacy.candidate.reaches.create(kind="email", value="p@x.org", normal="p@x.org")
    reason = RejectReason.objects.get(code="pay")
    commands.end_candidacy(
        actor=cast.rita, candidacy_id=candidacy.pk, state="rejected", reason_id=reason.pk,
        letter=True,
    )  # fmt: skip
    letter = Letter.objects.get()
    assert letter.state == LetterState.QUEUED and letter.send_at > timezone.now()
    undo_move(actor=cast.rita, event_id=commands.last_deed(candidacy).pk)
    assert Letter.objects.get().trouble == "taken_back"
