"""Companies whose people are not approached, or not wanted; who of the candidates works there."""

import datetime as dt
from collections.abc import Iterable

from common import firms
from hiring.models import Candidate, OffLimits
from people.models import company_day


def off_limits_by_name(day: dt.date | None = None) -> dict[str, OffLimits]:
    """Each entry in force under each name it is compared by; one query, for lists are short."""
    found: dict[str, OffLimits] = {}
    for entry in OffLimits.objects.in_force(day or company_day()).order_by("pk"):
        for plain in entry.plain_names:
            found.setdefault(plain, entry)
    return found


def off_limits_of(employer: str, day: dt.date | None = None) -> OffLimits | None:
    """The entry in force that forbids people of this employer."""
    return off_limits_by_name(day).get(firms.plain_name(employer)) if employer else None


def marks(candidates: Iterable[Candidate], day: dt.date | None = None) -> dict[int, OffLimits]:
    """The entry that holds for each of these candidates, by the candidate's number; one query."""
    rows = [row for row in candidates if row is not None and row.plain_employer]
    known = off_limits_by_name(day) if rows else {}
    return {row.pk: known[row.plain_employer] for row in rows if row.plain_employer in known}
