"""Who answers for an account, day by day. Intervals are half-open and the past is never edited."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Interval:
    """One assignment as far as the rule needs it; `to` is None while it is open."""

    id: int
    user: int
    start: dt.date
    to: dt.date | None


class Refusal(StrEnum):
    PAST = "past"
    NO_LENGTH = "no_length"
    SAME = "same"
    OVERLAP = "overlap"
    CLOSED = "closed"
    ENDED = "ended"


def refusal(
    *, start: dt.date, to: dt.date | None, today: dt.date, account_open: bool
) -> Refusal | None:
    """Why a new assignment cannot begin on `start`, or None."""
    if start < today:
        return Refusal.PAST
    if to is not None and to <= start:
        return Refusal.NO_LENGTH
    return None if account_open else Refusal.CLOSED


@dataclass(frozen=True)
class Change:
    """What a new interval does to the others: which end earlier, which never begin."""

    end: dict[int, dt.date]
    drop: tuple[int, ...]
    again: Interval | None = None


def make_room(existing: list[Interval], *, user: int, start: dt.date, to: dt.date | None) -> Change:
    """How one-at-a-time intervals give way to a new one of `user` in [start, to).

    What runs on `start` ends there; what was to begin within the new interval is dropped. When the
    new one has an end, the interval it interrupts continues after it (`again`).
    """
    end: dict[int, dt.date] = {}
    drop = []
    again = None
    for row in existing:
        if (row.to is not None and row.to <= start) or (to is not None and row.start >= to):
            continue
        if to is not None and (row.to is None or row.to > to):
            again = Interval(id=0, user=row.user, start=to, to=row.to)
        if row.start < start:
            end[row.id] = start
        else:
            drop.append(row.id)
    return Change(end=end, drop=tuple(drop), again=again)


def end_refusal(row: Interval, *, day: dt.date, today: dt.date) -> Refusal | None:
    """Why an assignment cannot end on `day` (its first day without), or None."""
    if row.to is not None and row.to <= today:
        return Refusal.ENDED
    return Refusal.PAST if day < today else None


HOLDERS = {
    "owner": frozenset({"kam", "director"}),
    "deputy": frozenset({"kam", "director"}),
    "assistant": frozenset({"assistant", "kam"}),
    "control": frozenset({"director"}),
}


def may_hold(role: str, *, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles may answer in that role; anybody may help on the team."""
    return role == "team" or bool(HOLDERS[role] & roles)


def may_assign(role: str, *, is_director: bool, is_owner: bool) -> bool:
    """Directors place everybody; an owner may name who stands in, assists and helps."""
    return is_director or (is_owner and role in {"deputy", "assistant", "team"})
