"""The clock of an exercise: started, paused, going on, ended; kept by the server."""

import datetime as dt


def spent(
    *,
    now: dt.datetime,
    started_at: dt.datetime | None,
    paused_at: dt.datetime | None,
    ended_at: dt.datetime | None,
    spent_seconds: int,
) -> int:
    """Seconds used so far: those before the last start, and since it while the clock runs."""
    if started_at is None or paused_at is not None or ended_at is not None:
        return spent_seconds
    return spent_seconds + max(0, int((now - started_at).total_seconds()))


def is_running(
    started_at: dt.datetime | None, paused_at: dt.datetime | None, ended_at: dt.datetime | None
) -> bool:
    return started_at is not None and paused_at is None and ended_at is None
