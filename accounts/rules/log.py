"""What is believed of a device's clock."""

import datetime as dt

TOLERANCE = dt.timedelta(minutes=2)  # networks and people are that slow
OLDEST = dt.timedelta(days=366)


def true_time(said: dt.datetime, *, sent: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When something happened that a device dates `said` and sends at its own time `sent`.

    A clock that goes wrong goes wrong for both, so the difference at sending mends it. Nothing
    comes from the future, and nothing from more than a year ago by a clock that was never set.
    """
    error = now - sent if sent is not None else dt.timedelta(0)
    mended = said + error if abs(error) > TOLERANCE else said
    return max(min(mended, now), now - OLDEST)
