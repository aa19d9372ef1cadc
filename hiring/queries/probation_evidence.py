"""What was seen in a trial, in the order of its days, and who may add to it."""

from django.db.models import Prefetch, QuerySet

from hiring.choices import EvidenceKind, ProbationState
from hiring.models import Evidence, EvidenceFile, Probation
from people.models import User

TONES = {
    EvidenceKind.RESULT: "inf", EvidenceKind.PRAISE: "pos", EvidenceKind.FAULT: "cau",
    EvidenceKind.WARNING: "dan",
}  # fmt: skip


def kinds_of(probation: Probation, reader: User) -> tuple[str, ...]:
    """What this person may note: the newcomer their results, mentor, lead and directors all."""
    if probation.state != ProbationState.RUNNING:
        return ()
    if reader.pk == probation.user_id:
        return (EvidenceKind.RESULT,)
    if reader.is_director or reader.pk in (probation.mentor_id, probation.lead_id):
        return tuple(EvidenceKind)
    return ()


def evidence_of(probation: Probation, reader: User) -> QuerySet[Evidence]:
    """With its papers that are not shut; everybody who sees the trial sees all of it, except
    recruiters, who do not work with the accounts it is about."""
    rows = Evidence.objects.visible_to(reader).filter(probation=probation)
    if not reads_notes(probation, reader):
        return rows.none()
    papers = EvidenceFile.objects.filter(removed_at=None).order_by("pk")
    return rows.select_related("author", "goal").prefetch_related(Prefetch("files", papers))


def reads_notes(probation: Probation, reader: User) -> bool:
    near = (probation.user_id, probation.mentor_id, probation.lead_id)
    return reader.is_director or reader.pk in near


def papers_of(reader: User) -> QuerySet[EvidenceFile]:
    """Papers this reader may have: those of evidence they may read."""
    rows = EvidenceFile.objects.filter(
        removed_at=None, evidence__in=Evidence.objects.visible_to(reader).values("pk")
    )
    if reader.is_director:
        return rows
    mine = rows.filter(evidence__probation__user=reader)
    mine |= rows.filter(evidence__probation__mentor=reader)
    return mine | rows.filter(evidence__probation__lead=reader)
