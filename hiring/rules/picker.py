"""Which accounts a newcomer may prove themselves on: not key, able to grow, nobody cared for them.

Every rule that an account meets is a reason with its figures; the score is how many it meets.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

VERSION = "picker-1"
FELL = 0.9  # bought more: now less than this part of the best year
FEWER = 0.8  # order days of now over those of a year before
SILENT_DAYS = 90
PEERS = 5  # fewer in a segment say nothing of what is usual
SHOWN = 20


class Bar(StrEnum):
    """Why an account is no ground for a trial, the weightiest first."""

    CLOSED = "closed"
    KEY = "key"
    KIN = "kin"
    TIER_A = "tier_a"
    HANDOVER = "handover"
    CONTROL = "control"
    COVER = "cover"
    PROBATION = "probation"
    SET_ASIDE = "set_aside"
    OWN = "own"


class Code(StrEnum):
    """Why an account may grow."""

    BOUGHT_MORE = "bought_more"
    FEWER_LINES = "fewer_lines"
    SMALLER_ORDERS = "smaller_orders"
    FEWER_ORDERS = "fewer_orders"
    SILENT = "silent"
    NO_OWNER = "no_owner"
    BUSY_OWNER = "busy_owner"
    IN_TIME = "in_time"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one account on a day. Money in company currency, windows of 365 days."""

    account: int
    segment: int | None
    revenue: float
    revenue_before: float
    best_year: float
    order_days: int
    order_days_before: int
    lines: int
    silent_days: int | None  # since somebody of ours last spoke with them; None: never
    owner: int | None
    owner_has: int = 0
    owner_most: int = 0

    @property
    def order_size(self) -> float:
        return self.revenue / self.order_days if self.order_days else 0.0


@dataclass(frozen=True, slots=True)
class Peers:
    """What is usual in a segment; None where too few are in it."""

    lines: float | None = None
    order_size: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """`figure` is the account's, `other` what it is held against, `gap` money a year to win."""

    code: Code
    figure: float | None = None
    other: float | None = None
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    facts: Facts
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return len(self.reasons)

    @property
    def gap(self) -> float:
        """What a year may bring more: the largest of the gaps, for they overlap."""
        return max((reason.gap for reason in self.reasons), default=0.0)


def peers_of(facts: Iterable[Facts]) -> dict[int | None, Peers]:
    """The medians of each segment among accounts that buy."""
    by_segment: dict[int | None, list[Facts]] = {}
    for one in facts:
        if one.segment is not None and one.order_days:
            by_segment.setdefault(one.segment, []).append(one)
    return {
        segment: Peers(median(one.lines for one in rows), median(one.order_size for one in rows))
        for segment, rows in by_segment.items()
        if len(rows) >= PEERS
    }


def is_small(revenue: float, tier_b: Sequence[float]) -> bool:
    """Below the median of tier B; without a tier B nothing is too large.

    >>> is_small(900, [800, 1000, 5000]), is_small(1000, [800, 1000, 5000])
    (True, False)
    """
    return not tier_b or revenue < median(tier_b)


def reasons(facts: Facts, peers: Peers, *, trial_days: int) -> tuple[Reason, ...]:
    """The rules this account meets, in the order in which they are told."""
    return tuple(
        reason
        for reason in (
            *_less_than_before(facts),
            *_less_than_peers(facts, peers),
            *_not_cared_for(facts),
            _in_time(facts, trial_days),
        )
        if reason
    )


def _less_than_before(facts: Facts) -> tuple[Reason | None, ...]:
    more = fewer = None
    if facts.revenue < FELL * facts.best_year:
        gap = facts.best_year - facts.revenue
        more = Reason(Code.BOUGHT_MORE, facts.revenue, facts.best_year, gap)
    if facts.order_days < FEWER * facts.order_days_before:
        gap = (facts.order_days_before - facts.order_days) * facts.order_size
        fewer = Reason(Code.FEWER_ORDERS, facts.order_days, facts.order_days_before, gap)
    return more, fewer


def _less_than_peers(facts: Facts, peers: Peers) -> tuple[Reason | None, ...]:
    lines = size = None
    if peers.lines is not None and 0 < facts.lines < peers.lines:
        gap = facts.revenue * (peers.lines / facts.lines - 1)
        lines = Reason(Code.FEWER_LINES, facts.lines, peers.lines, min(gap, facts.revenue))
    if peers.order_size is not None and facts.order_days and facts.order_size < peers.order_size:
        gap = (peers.order_size - facts.order_size) * facts.order_days
        size = Reason(Code.SMALLER_ORDERS, facts.order_size, peers.order_size, gap)
    return lines, size


def _not_cared_for(facts: Facts) -> tuple[Reason | None, ...]:
    silent = owner = None
    if facts.silent_days is None or facts.silent_days >= SILENT_DAYS:
        silent = Reason(Code.SILENT, facts.silent_days, SILENT_DAYS)
    if facts.owner is None:
        owner = Reason(Code.NO_OWNER)
    elif facts.owner_has > facts.owner_most:
        owner = Reason(Code.BUSY_OWNER, facts.owner_has, facts.owner_most)
    return silent, owner


def _in_time(facts: Facts, trial_days: int) -> Reason | None:
    """Growth shows only where orders come: at least one is to be awaited within the trial."""
    awaited = facts.order_days * trial_days / 365
    return Reason(Code.IN_TIME, awaited, trial_days) if awaited >= 1 else None


def can_grow(found: Proposal) -> bool:
    """Something to win or nobody who cared; orders in time alone are no ground."""
    return any(reason.code != Code.IN_TIME for reason in found.reasons)


def proposals(
    facts: Iterable[Facts], peers: dict[int | None, Peers], *, trial_days: int
) -> list[Proposal]:
    """All that can grow: most rules first, then the greater gap; the same data, the same order."""
    none = Peers()
    found = [
        Proposal(one, reasons(one, peers.get(one.segment, none), trial_days=trial_days))
        for one in facts
    ]
    grow = [one for one in found if can_grow(one)]
    return sorted(grow, key=lambda one: (-one.score, -one.gap, one.facts.account))


def window(day: dt.date, days: int = 365, back: int = 0) -> tuple[dt.date, dt.date]:
    """First and last day of the window of `days` that ends on `day`, `back` windows earlier.

    >>> window(dt.date(2026, 12, 31), 365)
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    """
    last = day - dt.timedelta(days=days * back)
    return last - dt.timedelta(days=days - 1), last
