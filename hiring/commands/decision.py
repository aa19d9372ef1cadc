"""What was decided about a person after a round, and the step that follows from it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CandidacyState, StageKind
from hiring.commands import candidacy as moving
from hiring.commands.candidacy_undo import undo_move
from hiring.models import Candidacy, Decision, Seat, Session, Stage
from hiring.models.session import ATTENDED
from hiring.models.vacancy import recruits
from people import commands as people
from people import verbs
from people.models import Event, User

TAKE, RESERVE, REFUSE = "take", "reserve", "refuse"
VERDICTS = (TAKE, RESERVE, REFUSE)
verbs.register(
    {
        "decision.made": gettext_lazy("Decided after a round"),
        "decision.undone": gettext_lazy("A decision was taken back"),
    }
)


def may_decide(session: Session, user: User) -> bool:
    """Who hires, and the chair; the others have said it with their marks."""
    return user.hires or session.observers.filter(user=user, is_chair=True).exists()


def locked_round(session_id: int, *, actor: User) -> Session:
    session = Session.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=session_id)
    if not may_decide(session, actor):
        raise Session.DoesNotExist
    return session


def next_stage(candidacy: Candidacy) -> Stage | None:
    """The one after the group interview, or after where they stand when that is further on."""
    stages = list(candidacy.vacancy.stages.all())
    here = stages.index(candidacy.stage)
    round_at = next((i for i, stage in enumerate(stages) if stage.kind == StageKind.SESSION), here)
    following = stages[max(here, round_at) + 1 :]
    return following[0] if following and following[0].kind != StageKind.HIRED else None


@transaction.atomic
def decide(
    *,
    actor: User,
    session_id: int,
    candidacy_id: int,
    verdict: str,
    reason: str,
    reject_reason_id: int | None = None,
) -> Decision:
    """Take, keep in reserve or refuse, once the scores are open; always with a reason.

    By a recruiter the person goes on to the next stage or is rejected at once; of others the
    decision is kept and a recruiter acts on it.
    """
    session = locked_round(session_id, actor=actor)
    rows = Candidacy.objects.visible_to(actor).filter(vacancy=session.vacancy_id)
    candidacy = rows.select_related("stage", "vacancy").get(pk=candidacy_id)
    came = Seat.objects.filter(session=session, candidacy=candidacy, state__in=ATTENDED)
    if session.revealed_at is None:
        raise RuleBroken(_("Decide when the scores are open."))
    if not came.exists() or candidacy.candidate_id is None:
        raise RuleBroken(_("This person was not in the round."))
    if verdict not in VERDICTS:
        raise RuleBroken(_("Choose what was decided."))
    reason = reason.replace("\x00", "").strip()[:1000]
    if not reason:
        raise RuleBroken(_("Say why."))
    decision = Decision.objects.create(
        candidacy=candidacy, session=session, verdict=verdict, reason=reason, by=actor
    )
    moved = _act(actor, candidacy, verdict, reject_reason_id) if recruits(actor) else None
    people.record(actor=actor, verb="decision.made", target=decision, verdict=verdict, moved=moved)
    return decision


def _act(
    actor: User, candidacy: Candidacy, verdict: str, reject_reason_id: int | None
) -> int | None:
    """The event of what followed, for undo; None when they stay where they are."""
    if candidacy.state != CandidacyState.ACTIVE:
        return None
    before = candidacy.version
    if verdict == TAKE and (stage := next_stage(candidacy)):
        moving.move_candidacy(actor=actor, candidacy_id=candidacy.pk, stage_id=stage.pk)
    elif verdict == REFUSE:
        moving.end_candidacy(
            actor=actor,
            candidacy_id=candidacy.pk,
            state=CandidacyState.REJECTED,
            reason_id=reject_reason_id,
        )
    candidacy.refresh_from_db()
    return None if candidacy.version == before else moving.last_deed(candidacy).pk


@transaction.atomic
def undo_decision(*, actor: User, decision_id: int) -> Decision:
    """Taken back by who made it, with the step that followed. Decision.DoesNotExist for others."""
    rows = Decision.objects.select_for_update(of=("self",)).filter(by=actor, undone_at=None)
    decision = rows.get(pk=decision_id)
    made = Event.objects.about(decision).filter(verb="decision.made").first()
    if made and made.data.get("moved"):
        undo_move(actor=actor, event_id=made.data["moved"])
    decision.undone_at = timezone.now()
    decision.save(update_fields=["undone_at"])
    people.record(actor=actor, verb="decision.undone", target=decision)
    return decision
