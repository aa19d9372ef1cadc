"""What the law asks of us, on one page: wishes to be erased, held data, acts, and who looked."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from hiring.models import Candidate, CandidateAccess, Erasure, LegalHold
from hiring.queries.retention import open_holds
from people.models import User

# 152-FZ and GDPR both: destroyed within 30 days of the wish.
TO_ERASE = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """`person` is None for who may not know the candidate; `last_day` is the law's."""

    erasure: Erasure
    person: Candidate | None
    last_day: dt.date
    is_late: bool
    may_confirm: bool


def wishes(reader: User) -> list[Wish]:
    """Those that wait for a second person, the oldest first."""
    rows = Erasure.objects.visible_to(reader).filter(confirmed_at=None, done_at=None)
    rows = list(rows.exclude(candidate=None).select_related("asked_by").order_by("asked_at"))
    known = Candidate.objects.visible_to(reader).in_bulk([row.candidate_id for row in rows])
    today = timezone.localdate()
    found = []
    for row in rows:
        last = timezone.localdate(row.asked_at + TO_ERASE)
        found.append(
            Wish(row, known.get(row.candidate_id), last, last < today,
                 row.asked_by_id != reader.pk)
        )  # fmt: skip
    return found


def acts(reader: User) -> QuerySet[Erasure]:
    """What was erased, newest first."""
    rows = Erasure.objects.visible_to(reader).filter(done_at__isnull=False)
    return rows.select_related("asked_by", "confirmed_by").order_by("-done_at")


def holds(reader: User) -> QuerySet[LegalHold]:
    """Held data of candidates whom the reader may change."""
    own = Candidate.objects.editable_by(reader).values("pk")
    return (
        open_holds(timezone.now()).filter(candidate__in=own).select_related("candidate", "made_by")
    )


def looks(
    reader: User, *, by: User | None, first: dt.date | None, last: dt.date | None
) -> QuerySet[CandidateAccess]:
    """Who looked at whom, newest first; only at candidates the reader may see, or that are gone."""
    rows = CandidateAccess.objects.all()
    if not reader.is_recruiter:
        rows = rows.filter(candidate__in=Candidate.objects.visible_to(reader).values("pk"))
    if by:
        rows = rows.filter(actor=by)
    if first:
        rows = rows.filter(at__gte=_midnight(first))
    if last:
        rows = rows.filter(at__lt=_midnight(last + dt.timedelta(days=1)))
    return rows.select_related("actor", "candidate").order_by("-id")


def people_seen(rows: QuerySet[CandidateAccess]) -> int:
    """How many different candidates: whom a breach would have to be told to."""
    return rows.order_by().exclude(candidate=None).values("candidate").distinct().count()


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
