"""How often people came, by what was known of them at the same distance from the session.

A small group borrows from the larger one it belongs to: its own figures count beside ten people of
the whole (field of statistics: partial pooling with a Beta).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

BORROWED = 10.0
TODAY = dt.timedelta(hours=24)
DAYS = dt.timedelta(hours=72)

SILENT, BOOKED, EARLIER, CONFIRMED_TODAY = "silent", "booked", "earlier", "today"
REPLIES = (CONFIRMED_TODAY, EARLIER, BOOKED, SILENT)
LESS_THAN_DAY, ONE_TO_THREE_DAYS, MORE_THAN_THREE_DAYS = "day", "days", "more"


@dataclass(frozen=True)
class Seen:
    """A place as it went; `gone` is when they declined or were called off."""

    starts: dt.datetime
    invited: dt.datetime
    booked: dt.datetime | None = None
    confirmed: dt.datetime | None = None
    gone: dt.datetime | None = None
    came: bool = False
    source: str = ""


@dataclass(frozen=True)
class Share:
    """What is known of a share: Beta(came, missed), from `hits` of `tries` of their own."""

    came: float
    missed: float
    hits: int = 0
    tries: int = 0

    @property
    def rate(self) -> float:
        return self.came / (self.came + self.missed)


def reply_at(seen: Seen, moment: dt.datetime) -> str | None:
    """What they had answered by then; None when they were not asked yet or had said no."""
    if seen.invited > moment or (seen.gone is not None and seen.gone <= moment):
        return None
    if seen.confirmed is not None and seen.confirmed <= moment:
        return CONFIRMED_TODAY if seen.starts - seen.confirmed <= TODAY else EARLIER
    if seen.booked is not None and seen.booked <= moment:
        return BOOKED
    return SILENT


def notice(ahead: dt.timedelta) -> str:
    """How long before the session somebody was asked."""
    if ahead < TODAY:
        return LESS_THAN_DAY
    return ONE_TO_THREE_DAYS if ahead <= DAYS else MORE_THAN_THREE_DAYS


def whole(rows: Sequence[Seen], came: float, missed: float) -> Share:
    """All invitations on the prior Beta(came, missed)."""
    hits = sum(row.came for row in rows)
    return Share(came + hits, missed + len(rows) - hits, hits, len(rows))


def part(rows: Sequence[Seen], of: Share) -> Share:
    """Some of the rows of a larger share: it lends what is known, up to ten people's weight.

    A part without rows, or with all of them, says nothing new: it is the larger share.
    """
    hits = sum(row.came for row in rows)
    if len(rows) in (0, of.tries):
        return Share(of.came, of.missed, hits, len(rows))
    weight = min(BORROWED, of.came + of.missed)
    return Share(
        weight * of.rate + hits, weight * (1 - of.rate) + len(rows) - hits, hits, len(rows)
    )


def share_of(rows: Iterable[Seen], of: Share, *kinds: Callable[[Seen], bool]) -> Share:
    """Narrower and narrower: those of the first kind, of them those of the second, …"""
    rows = list(rows)
    for kind in kinds:
        rows = [row for row in rows if kind(row)]
        of = part(rows, of)
    return of
