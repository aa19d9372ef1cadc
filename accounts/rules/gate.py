"""Who may answer for a key account: off probation, of the grade it asks for, or let through."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

GUARDED = frozenset({"owner", "deputy"})


class Refusal(StrEnum):
    PROBATION = "probation"
    UNGRADED = "ungraded"
    GRADE = "grade"


def refusal(
    *,
    role: str,
    is_key: bool,
    is_director: bool,
    grade: int | None,
    on_probation: bool,
    needed: int,
) -> Refusal | None:
    """Why this person cannot take this role at this account, or None. Unknown is not enough."""
    if role not in GUARDED or not is_key or is_director:
        return None
    if on_probation:
        return Refusal.PROBATION
    if grade is None:
        return Refusal.UNGRADED
    return Refusal.GRADE if grade < needed else None


def first_gap(spans: Iterable[tuple[dt.date, dt.date | None]], *, since: dt.date) -> dt.date | None:
    """The first day from `since` on that no half-open span holds, or None.

    >>> day = dt.date
    >>> first_gap([(day(2026, 1, 1), day(2026, 3, 1)), (day(2026, 3, 1), None)],
    ...           since=day(2026, 2, 1))
    >>> first_gap([(day(2026, 1, 1), day(2026, 3, 1))], since=day(2026, 2, 1))
    datetime.date(2026, 3, 1)
    """
    covered = since
    for start, end in sorted(spans, key=lambda span: span[0]):
        if start > covered:
            return covered
        if end is None:
            return None
        covered = max(covered, end)
    return covered
