"""When a touchpoint is told, and what that makes of it."""

import datetime as dt

from accounts.choices import TouchpointState

# Clocks of devices differ a little; what lies further ahead has not taken place.
LEEWAY = dt.timedelta(minutes=15)
EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
MOST_PEOPLE = 60
MOST_MINUTES = 1440
FIELDS = (
    "channel", "direction", "at", "minutes", "place", "subject", "tone", "text",
)  # fmt: skip


def late_hours(
    at: dt.datetime, minutes: int | None, recorded_at: dt.datetime, late_after: int
) -> int:
    """Whole hours from the end of it to the telling; 0 where that counts as at once."""
    end = at + dt.timedelta(minutes=minutes or 0)
    hours = int((recorded_at - end).total_seconds() // 3600)
    return hours if hours >= late_after else 0


def is_possible(at: dt.datetime, state: str, now: dt.datetime) -> bool:
    """What took place lies behind us; what is planned lies within reach of a calendar."""
    if not EARLIEST <= at <= LATEST:
        return False
    return state != TouchpointState.DONE or at <= now + LEEWAY
