"""Standing in: which days somebody has, and how good a substitute looks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Days = tuple[dt.date, dt.date]


def days_of(absence: Days, today: dt.date) -> Days | None:
    """The days of rights in [start, to): never the past; None when it is over."""
    start = max(absence[0], today)
    return (start, absence[1]) if start < absence[1] else None


def overlap(absence: Days, others: Iterable[Days]) -> int:
    """How many days of `absence` the substitute is away too."""
    return sum(
        max((min(absence[1], end) - max(absence[0], start)).days, 0) for start, end in others
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could stand in; `strength` of the tie with the customer's people, 0-100."""

    id: int
    may: bool
    is_deputy: bool = False
    is_mate: bool = False
    strength: float = 0.0
    days_away: int = 0
    accounts: int = 0


def ranked(candidates: Iterable[Candidate], *, most: int | None = None) -> list[Candidate]:
    """Who may and is there first: deputies, then who is known to the customer, then team mates with
    the fewest accounts. Who may not, or is away every day of it, comes last."""
    return sorted(
        candidates,
        key=lambda one: (
            not one.may, one.days_away > 0, not one.is_deputy, -round(one.strength),
            not one.is_mate, one.accounts, one.id,
        ),
    )[:most]  # fmt: skip


def proposal(candidates: Iterable[Candidate]) -> int | None:
    """Who is proposed: the first who may and is away on none of the days; nobody else."""
    first = next(iter(ranked(candidates)), None)
    return first.id if first and first.may and not first.days_away else None
