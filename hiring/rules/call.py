"""When somebody may be rung, in which order, and what an outcome does to their place in the queue.

Hours are those of the clock where the candidate is, summer time included.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
SPAN = 20_000_000  # minutes: 38 years of freshness within one tier
LAST_TIER = 99
SKIPS = {"engaged": dt.timedelta(minutes=20), "moment": dt.timedelta(hours=2),
         "colleague": dt.timedelta(hours=1)}  # fmt: skip
UNDO_WITHIN = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands after a call."""

    state: str  # waiting, done, given_up
    due_at: dt.datetime
    is_callback: bool
    attempts: int
    is_kept: bool = False  # the same person is still on the line: try the next number


def is_quiet(at: dt.datetime, zone: str, quiet_from: int, quiet_to: int) -> bool:
    """Whether calls are not welcome at this moment there; equal hours: never quiet.

    >>> night = dt.datetime(2026, 1, 5, 18, 30, tzinfo=dt.UTC)
    >>> is_quiet(night, "Europe/London", 20, 9), is_quiet(night, "Asia/Yekaterinburg", 20, 9)
    (False, True)
    """
    hour = at.astimezone(ZoneInfo(zone)).hour
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def next_loud(at: dt.datetime, zone: str, quiet_from: int, quiet_to: int) -> dt.datetime:
    """The first moment from `at` on when calls are welcome there, in UTC."""
    if not is_quiet(at, zone, quiet_from, quiet_to):
        return at.astimezone(dt.UTC)
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() + dt.timedelta(days=int(local.hour >= quiet_to))
    clock = dt.time(quiet_to % 24)
    day += dt.timedelta(days=int(quiet_to == 24))
    return dt.datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def queue_order(tier: int | None, fresh: dt.datetime) -> int:
    """Smaller is earlier: the search tier first, in it who came last."""
    minutes = int((fresh - EPOCH).total_seconds() // 60)
    place = LAST_TIER if tier is None else min(max(tier, 0), LAST_TIER)
    return place * SPAN + SPAN - 1 - min(max(minutes, 0), SPAN - 1)


def place_after(
    outcome: str,
    *,
    now: dt.datetime,
    attempts: int,
    most_attempts: int,
    hours_between: int,
    call_back_at: dt.datetime | None = None,
    has_other_number: bool = False,
) -> Place:
    """ValueError: "call_back" when a callback has no time ahead, "outcome" for an unknown one."""
    tried = attempts + 1
    match outcome:
        case "agreed" | "refused" | "do_not_call":
            return Place("done", now, False, tried)
        case "later":
            if call_back_at is None or call_back_at <= now:
                raise ValueError("call_back")
            return Place("waiting", call_back_at, True, tried)
        case "no_answer":
            if tried >= most_attempts:
                return Place("given_up", now, False, tried)
            return Place("waiting", now + dt.timedelta(hours=hours_between), False, tried)
        case "wrong_number":
            if has_other_number:
                return Place("waiting", now, False, attempts, is_kept=True)
            return Place("given_up", now, False, attempts)
    raise ValueError("outcome")


def per_hour(done: int, hours: float) -> float | None:
    """Calls an hour; None before a quarter of an hour has been worked."""
    return done / hours if hours >= 0.25 else None
