"""Warnings that health gives: falling fast, without its sponsor, buying fewer service lines.

All of them are amber: they say that something changed, not that no order will come.
"""

import datetime as dt
from collections.abc import Mapping

import numpy as np

from common import dbops
from kpi.choices import AlertCause, AlertEnd
from kpi.models import Alert
from kpi.queries.health import signals
from kpi.queries.warnings import columns
from kpi.rules import warning_changes as table
from kpi.rules import warnings as rule

ANSWERED = dt.timedelta(days=90)  # what was answered is not raised again for so long


def health_signals(day: dt.date) -> list[np.ndarray]:
    slopes, sponsors, lines = (
        signals.slopes(day), signals.sponsors_left(day), signals.fewer_lines(day)
    )  # fmt: skip
    falling = _begun(AlertCause.SLOPE, day) if slopes else {}
    falling |= signals.fallen_since([pk for pk in slopes if pk not in falling], day)
    left_on = {pk: one.left_on for pk, one in sponsors.items()}
    return [
        _found(AlertCause.SLOPE, slopes, falling, day),
        _found(AlertCause.SPONSOR, sponsors, left_on, day),
        _found(AlertCause.LINES, lines, _begun(AlertCause.LINES, day), day),
    ]


def _found(
    cause: str, seen: Mapping[int, object], since: Mapping[int, dt.date], day: dt.date
) -> np.ndarray:
    """`seen`: account to what tells of it, with the evidence; `since`: the day a warning of it
    stands on where that is known; else it begins today."""
    where, params = dbops.one_of("s.account_id", seen)
    found = columns.read({}, where, params) if seen else table.found(0)
    accounts = found["account"].tolist()
    for name in columns.EVIDENCE[cause]:
        found[name] = [getattr(seen[pk], name) for pk in accounts]
    found["since"] = [since.get(pk, day).toordinal() for pk in accounts]
    found["raised"] = found["since"]
    found["cause"], found["level"] = columns.number(cause), rule.AMBER
    return found


def _begun(cause: str, day: dt.date) -> dict[int, dt.date]:
    """Account → since when its warning stands, or stood that somebody answered not long ago."""
    kept = (AlertEnd.ANSWERED, AlertEnd.PAUSED)
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("since")],
        f"FROM {Alert._meta.db_table} WHERE cause = %s AND since > %s"
        " AND (cleared_on IS NULL OR (why IN (%s, %s) AND cleared_on > %s)) ORDER BY since",
        [cause, day - 4 * ANSWERED, *kept, day - ANSWERED],
    )
    return {account: dt.date.fromordinal(since) for account, since in rows.tolist()}
