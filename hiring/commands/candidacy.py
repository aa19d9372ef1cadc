"""People for a vacancy: put in, moved on, ended, opened again. Each deed keeps what undo needs."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState, Source, StageKind
from hiring.commands.letter import queue_stage_letter
from hiring.commands.refusal import queue_refusal
from hiring.models import Candidacy, Candidate, Move, RejectReason, SearchTier, Stage, Vacancy
from hiring.models.candidate import SHORTLISTED
from hiring.rules import candidacy as rules
from hiring.rules.candidacy import By
from people import verbs
from people.commands import record
from people.models import Event, User


def _several(data: dict) -> str:
    number = len(data.get("events", ()))
    words = ngettext("%(number)s candidacy changed", "%(number)s candidacies changed", number)
    return words % {"number": formats.number(number)}


verbs.register(
    {
        "candidacy.added": gettext_lazy("Put forward for the vacancy"),
        "candidacy.moved": gettext_lazy("Moved to another stage"),
        "candidacy.hired": gettext_lazy("Hired"),
        "candidacy.rejected": gettext_lazy("Rejected"),
        "candidacy.withdrawn": gettext_lazy("Withdrew"),
        "candidacy.reopened": gettext_lazy("Opened again"),
        "candidacy.undone": gettext_lazy("Taken back"),
        "user.candidacies_changed": _several,
    }
)
# What a move changes and undo puts back.
KEPT = ("stage_id", "state", "entered_at", "rank", "shortlisted_at", "ended_at",
        "reject_reason_id", "ended_by_id")  # fmt: skip
ENDING_VERBS = {
    CandidacyState.REJECTED: "candidacy.rejected",
    CandidacyState.WITHDRAWN: "candidacy.withdrawn",
}


class Conflict(RuleBroken):
    """Somebody moved them first; `candidacy` is what stands now."""

    def __init__(self, candidacy: Candidacy):
        super().__init__(
            _("Somebody else has moved this person meanwhile; they are in “%(stage)s” now.")
            % {"stage": candidacy.stage}
        )
        self.candidacy = candidacy


def locked(candidacy_id: int, *, actor: User | None) -> Candidacy:
    """The row, locked; Candidacy.DoesNotExist when it is not the actor's to change."""
    rows = Candidacy.objects.all() if actor is None else Candidacy.objects.editable_by(actor)
    rows = rows.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("vacancy", "stage", "candidate")
    candidacy = rows.get(pk=candidacy_id)
    if candidacy.candidate is None:
        raise RuleBroken(_("This person's data was erased; only the count is left."))
    return candidacy


@transaction.atomic
def add_candidacy(
    *,
    actor: User | None = None,
    candidate_id: int,
    vacancy_id: int,
    source: str = Source.OTHER,
    tier: SearchTier | None = None,
    stage_kind: str = StageKind.FOUND,
    applied: bool = False,
) -> Candidacy:
    """The person for the vacancy; the row there is when there is one.

    `applied`: they applied themselves; who stood earlier on the road is moved up to `stage_kind`.
    """
    people = Candidate.objects.all() if actor is None else Candidate.objects.editable_by(actor)
    vacancies = Vacancy.objects.all() if actor is None else Vacancy.objects.editable_by(actor)
    candidate = people.present().select_for_update(of=("self",)).get(pk=candidate_id)
    vacancy = vacancies.get(pk=vacancy_id)
    known = Candidacy.objects.filter(candidate=candidate, vacancy=vacancy).first()
    if known is not None:
        return _applied(known, stage_kind) if applied else known
    if not rules.may_join(vacancy.state):
        raise RuleBroken(_("This vacancy is over; nobody new can be put forward for it."))
    if tier is not None and tier.vacancy_id != vacancy.pk:
        raise RuleBroken(_("This search tier belongs to another vacancy."))
    stage, now = stage_of(vacancy, stage_kind), timezone.now()
    candidacy = Candidacy.objects.create(
        candidate=candidate, vacancy=vacancy, stage=stage, source=source, tier=tier,
        entered_at=now, applied_at=now if applied else None, created_by=actor,
        shortlisted_at=now if stage.kind in SHORTLISTED else None,
    )  # fmt: skip
    move = Move.objects.create(
        candidacy=candidacy, to_stage=stage, state=candidacy.state, at=now, by=actor
    )
    record(actor=actor, verb="candidacy.added", target=candidacy, move=move.pk)
    return candidacy


def stage_of(vacancy: Vacancy, kind: str) -> Stage:
    """The vacancy's first stage of this kind, else its first stage."""
    stages = list(vacancy.stages.all())
    if not stages:
        raise RuleBroken(_("This vacancy has no stages yet; lay them out first."))
    return next((stage for stage in stages if stage.kind == kind), stages[0])


def _applied(candidacy: Candidacy, stage_kind: str) -> Candidacy:
    candidacy = locked(candidacy.pk, actor=None)
    if candidacy.applied_at is None:
        candidacy.applied_at = timezone.now()
        candidacy.save(update_fields=["applied_at"])
    stage = stage_of(candidacy.vacancy, stage_kind)
    is_earlier = candidacy.stage.position < stage.position
    if candidacy.state == CandidacyState.ACTIVE and is_earlier:
        return move_candidacy(actor=None, candidacy_id=candidacy.pk, stage_id=stage.pk)
    return candidacy


@transaction.atomic
def move_candidacy(
    *,
    actor: User | None,
    candidacy_id: int,
    stage_id: int,
    version: int | None = None,
    below: int | None = None,
    by_candidate: bool = False,
) -> Candidacy:
    """Into another stage of the same vacancy; into the stage where people are hired: hired.

    Without an actor it is the program, or, `by_candidate`, the person through their link.
    `below`: the card it is put under, 0 for the top. Raises Conflict for an old `version`.
    """
    candidacy = locked(candidacy_id, actor=actor)
    stage = candidacy.vacancy.stages.get(pk=stage_id)
    if stage.pk == candidacy.stage_id and candidacy.state not in rules.OUT:
        _place(candidacy, below)
        return candidacy
    if version is not None and version != candidacy.version:
        raise Conflict(candidacy)
    is_hiring = stage.kind == StageKind.HIRED
    state = CandidacyState.HIRED if is_hiring else CandidacyState.ACTIVE
    if candidacy.state in rules.OUT:
        raise RuleBroken(_("%(name)s is out of this vacancy; open the candidacy again first.")
                         % {"name": candidacy.candidate})  # fmt: skip
    _check(candidacy, state, actor, by_candidate)
    _go(candidacy, actor=actor, verb="candidacy.hired" if is_hiring else "candidacy.moved",
        stage=stage, state=state)  # fmt: skip
    _place(candidacy, below)
    queue_stage_letter(candidacy)
    return candidacy


def _check(candidacy: Candidacy, state: str, actor: User | None, by_candidate: bool) -> None:
    by = By.RECRUITER if actor else By.CANDIDATE if by_candidate else By.MACHINE
    if not rules.may_go(candidacy.state, state, by):
        known = {"state": candidacy.get_state_display()}
        raise RuleBroken(_("This cannot be done with a candidacy that is “%(state)s”.") % known)


def _go(
    candidacy: Candidacy, *, actor: User | None, verb: str, stage: Stage, state: str, **fields
) -> Event:
    """Store the new place and the move to it, with what it was before."""
    before = {name: getattr(candidacy, name) for name in KEPT}
    now = timezone.now()
    is_out, was_out = state in rules.OUT, candidacy.state in rules.OUT
    values = {
        "stage": stage, "state": state,
        "entered_at": candidacy.entered_at if is_out else now,
        "rank": candidacy.rank if is_out else 0,
        "ended_at": now if state in rules.ENDED else None,
        "ended_by": actor if state in rules.ENDED else None,
        "reject_reason": None,
        **fields,
    }  # fmt: skip
    if stage.kind in SHORTLISTED and candidacy.shortlisted_at is None and not is_out:
        values["shortlisted_at"] = now
    move = Move.objects.create(
        candidacy=candidacy,
        from_stage_id=None if was_out else before["stage_id"],
        to_stage=None if is_out else stage,
        state=state, at=now, by=actor,
    )  # fmt: skip
    for name, value in values.items():
        setattr(candidacy, name, value)
    candidacy.version += 1
    candidacy.save(update_fields=[*values, "version"])
    undo = {name: _plain(value) for name, value in before.items()}
    return record(
        actor=actor, verb=verb, target=candidacy,
        move=move.pk, undo=undo, version=candidacy.version,
    )  # fmt: skip


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _place(candidacy: Candidacy, below: int | None) -> None:
    """Put the card under another one of its column (0: on top); None leaves it.

    Those above move up by two, so that one rank is free; equal ranks go by the time of entering.
    """
    if below is None:
        return
    column = Candidacy.objects.filter(stage=candidacy.stage_id, state=candidacy.state)
    column = column.exclude(pk=candidacy.pk)
    upper = column.filter(pk=below).first()
    if upper is None:
        lowest = column.aggregate(lowest=Min("rank"))["lowest"]
        candidacy.rank = min(lowest or 0, 0) - 1
    else:
        above = Q(rank__lt=upper.rank) | Q(rank=upper.rank, entered_at__gte=upper.entered_at)
        column.filter(above).update(rank=F("rank") - 2)
        candidacy.rank = upper.rank - 1
    candidacy.save(update_fields=["rank"])


@transaction.atomic
def move_candidacies(*, actor: User, candidacy_ids: Iterable[int], stage_id: int) -> Event:
    """All or none (Candidacy.DoesNotExist, RuleBroken); the event can be taken back as a whole."""
    ids = several(candidacy_ids)
    rows = [move_candidacy(actor=actor, candidacy_id=pk, stage_id=stage_id) for pk in ids]
    return told_of_several(actor, rows)


def several(candidacy_ids: Iterable[int]) -> list[int]:
    """In the order they are locked in; none at all is nobody's."""
    ids = sorted(set(candidacy_ids))
    if not ids:
        raise Candidacy.DoesNotExist
    return ids


def told_of_several(actor: User, rows: Iterable[Candidacy]) -> Event:
    """One deed on several, made of the last deed on each."""
    events = [last_deed(row).pk for row in rows]
    return record(actor=actor, verb="user.candidacies_changed", target=actor, events=events)


def last_deed(candidacy: Candidacy) -> Event:
    return Event.objects.about(candidacy).first()


@transaction.atomic
def end_candidacy(
    *,
    actor: User | None,
    candidacy_id: int,
    state: str,
    reason_id: int | None = None,
    version: int | None = None,
    letter: bool = False,
) -> Candidacy:
    """Rejected, with a reason, by a person; withdrawn by them or by the candidate (no actor).

    `letter`: the one of the reason goes out on the next working day, if there is time to undo.
    """
    candidacy = locked(candidacy_id, actor=actor)
    if candidacy.state == state:
        return candidacy
    if version is not None and version != candidacy.version:
        raise Conflict(candidacy)
    if state not in rules.OUT:
        raise RuleBroken(_("Say whether they are rejected or withdrew."))
    _check(candidacy, state, actor, by_candidate=True)
    reason = reason_id and RejectReason.objects.get(pk=reason_id)
    is_rejection = state == CandidacyState.REJECTED
    if is_rejection and reason is None:
        raise RuleBroken(_("Choose why they are not taken."))
    if reason and reason.by_candidate == is_rejection:
        raise RuleBroken(_("This reason is for the other way of ending."))
    _go(candidacy, actor=actor, verb=ENDING_VERBS[state], stage=candidacy.stage, state=state,
        reject_reason=reason or None)  # fmt: skip
    if letter and actor and is_rejection:
        queue_refusal(candidacy, actor=actor, reason=reason)
    return candidacy


@transaction.atomic
def reopen_candidacy(*, actor: User, candidacy_id: int, version: int | None = None) -> Candidacy:
    """Under way again, where they stood; who was hired goes back to the stage before."""
    candidacy = locked(candidacy_id, actor=actor)
    if candidacy.state == CandidacyState.ACTIVE:
        return candidacy
    if version is not None and version != candidacy.version:
        raise Conflict(candidacy)
    _check(candidacy, CandidacyState.ACTIVE, actor, by_candidate=False)
    stage = candidacy.stage
    if stage.kind == StageKind.HIRED:
        others = candidacy.vacancy.stages.exclude(kind=StageKind.HIRED)
        stage = others.filter(position__lte=stage.position).last() or others.first() or stage
    _go(candidacy, actor=actor, verb="candidacy.reopened", stage=stage,
        state=CandidacyState.ACTIVE)  # fmt: skip
    return candidacy
