"""Warnings that health gives: falling fast, without its sponsor, buying fewer service lines.

All of them are amber: they say that something changed, not that no order will come.
"""

import datetime as dt
from collections.abc import Mapping

import numpy as np

from accounts.queries.dependence import looked_up
from common import dbops
from kpi.choices import AlertCause, AlertEnd
from kpi.models import Alert
from kpi.queries.health import signals
from kpi.queries.health.course import Slope
from kpi.queries.warnings import columns
from kpi.rules import warning_changes as table
from kpi.rules import warnings as rule
from kpi.rules.health.points import has_fewer_lines

ACTIVE = (
    "EXISTS (SELECT 1 FROM accounts_account a WHERE a.id = s.account_id AND a.status = 'active')"
)
ANSWERED = dt.timedelta(days=90)  # what was answered is not raised again for so long


def health_signals(
    told: np.ndarray, falls: Mapping[int, Slope], standing: np.ndarray, day: dt.date
) -> list[np.ndarray]:
    """`told`: what the scores tell of all who may buy fewer lines; `falls`: who fell fast;
    `standing`: open warnings."""
    sponsors = signals.sponsors_left(day)
    falling = _read(AlertCause.SLOPE, falls)
    falling["since"] = begun(AlertCause.SLOPE, falling["account"], standing, day)
    is_new = falling["since"] == 0
    fallen = signals.fallen_since(falling["account"][is_new].tolist(), day)
    falling["since"][is_new] = [since.toordinal() for since in fallen.values()]
    alone = _read(AlertCause.SPONSOR, sponsors)
    left = (sponsors[pk].left_on.toordinal() for pk in alone["account"].tolist())
    alone["since"] = np.fromiter(left, dtype=np.int64)
    fewer = told[has_fewer_lines(told["now"], told["peak"]) & signals.knows_lines(day)]
    fewer["cause"] = columns.number(AlertCause.LINES)
    since = begun(AlertCause.LINES, fewer["account"], standing, day)
    fewer["since"] = np.where(since > 0, since, day.toordinal())
    return [_amber(found) for found in (falling, alone, fewer)]


def _amber(found: np.ndarray) -> np.ndarray:
    found["raised"], found["level"], found["red"] = found["since"], rule.AMBER, 0
    return found


def _read(cause: str, seen: Mapping[int, object]) -> np.ndarray:
    """`seen`: account to what tells of it, with the evidence."""
    where, params = dbops.one_of("s.account_id", seen)
    found = columns.read({}, f"{where} AND {ACTIVE}", params) if seen else table.found(0)
    accounts = found["account"].tolist()
    for name in columns.EVIDENCE[cause]:
        found[name] = [getattr(seen[pk], name) for pk in accounts]
    found["cause"] = columns.number(cause)
    return found


def begun(cause: str, accounts: np.ndarray, standing: np.ndarray, day: dt.date) -> np.ndarray:
    """Since when the warning of each stands, or stood that somebody answered not long ago; else
    0."""
    lately = day - 4 * ANSWERED
    its_own = (standing["cause"] == columns.number(cause)) & (standing["is_open"] != 0)
    its_own &= standing["since"] > lately.toordinal()
    found = _looked_up(accounts, standing["account"][its_own], standing["since"][its_own])
    unknown = found == 0
    where, params = dbops.one_of("account_id", accounts[unknown])
    kept = (AlertEnd.ANSWERED, AlertEnd.PAUSED)
    rows = dbops.read_ints(
        ["account_id", dbops.day_number("MAX(since)")],
        f"FROM {Alert._meta.db_table} WHERE {where} AND cause = %s AND since > %s"
        " AND why IN (%s, %s) AND cleared_on > %s GROUP BY account_id",
        [*params, cause, lately, *kept, day - ANSWERED],
    )
    found[unknown] = _looked_up(accounts[unknown], rows[:, 0], rows[:, 1])
    return found


def _looked_up(wanted: np.ndarray, accounts: np.ndarray, days: np.ndarray) -> np.ndarray:
    order = np.argsort(accounts)
    return looked_up(wanted, accounts[order], days[order])
