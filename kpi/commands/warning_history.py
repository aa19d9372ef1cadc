"""Alarms of days on which no night looked: replayed from the order history, as it was known then.

So the record is whole from the first day on: also customers who were silent and came back before
KAM Hub was there count, or it would know of the lost ones only and look better than it is.
"""

import datetime as dt

import numpy as np
from django.db import transaction

from common import dbops
from kpi.choices import AlertCause, AlertEnd, AlertLevel
from kpi.models import Alert, PortfolioDay
from kpi.queries import state as states
from kpi.queries.facts import Facts
from kpi.queries.gaps import order_days
from kpi.queries.state import State
from kpi.rules import rhythm, windows
from kpi.rules import warnings as rule
from kpi.rules.warning_record import OPEN, Replayed, replay
from kpi.rules.windows import Window

BATCH = 1_000
AT_ONCE = 200_000  # accounts whose order days lie in memory at a time
REACH = dt.timedelta(days=730)  # what the record of a year and its lost customers look back on
NAMES = ("mean", "within", "between", "accounts", "gaps")


def replay_alarms(*, day: dt.date, since: dt.date | None = None) -> int:
    """Store the alarms after `since` (without it two years) that have ended; how many there were.

    Alarms that still stand are the night's to raise. Safe to run twice.
    """
    state, first = states.empty_state(), day - REACH
    if state.first_day is None:
        return 0
    after, fits, count = max(first, since or first), _fits(day), 0
    for some in dbops.batches(np.flatnonzero(state.alone), AT_ONCE):
        found = _replayed(state, some, first, day, fits)
        kept = _ended(found, after, day).tolist()
        for batch in dbops.batches(kept, BATCH):
            rows = [_alert(int(state.ids[found.at[one]]), found, one, day) for one in batch]
            with transaction.atomic():
                Alert.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(kept)
    return count


def _replayed(
    state: State, heads: np.ndarray, first: dt.date, day: dt.date, fits: dict[int, rhythm.Fit]
) -> Replayed:
    """Of `heads`: who counts with one of them is warned of with it."""
    window = windows.rhythm_window(first)
    wanted = np.zeros(len(state.ids), dtype=bool)
    wanted[heads] = True
    facts = Facts(state, wanted[state.head])
    at, days = order_days(facts, Window(window.after, day))
    own = state.alone[at]
    return replay(at[own], days[own], fits, (window.until - window.after).days)


def _fits(day: dt.date) -> dict[int, rhythm.Fit]:
    rows = PortfolioDay.objects.filter(day__lte=day, day__gt=day - 2 * REACH).exclude(rhythm={})
    return {
        row: rhythm.Fit(*(kept[name] for name in NAMES))
        for row, kept in (
            (when.toordinal(), kept) for when, kept in rows.values_list("day", "rhythm") if kept
        )
    }


def _ended(found: Replayed, after: dt.date, day: dt.date) -> np.ndarray:
    in_time = (found.red > after.toordinal()) & (found.red <= day.toordinal())
    gone = found.red < (day - rule.GONE).toordinal()
    return np.flatnonzero(in_time & ((found.next != OPEN) | gone))


def _alert(account: int, found: Replayed, one: int, day: dt.date) -> Alert:
    since, amber, red, following = (
        int(column[one]) for column in (found.since, found.amber, found.red, found.next)
    )
    gone = dt.date.fromordinal(red) + rule.GONE + dt.timedelta(days=1)
    is_gone = following == OPEN or dt.date.fromordinal(following) > gone
    return Alert(
        account_id=account,
        cause=AlertCause.RHYTHM,
        level=AlertLevel.RED,
        since=dt.date.fromordinal(since),
        raised_on=dt.date.fromordinal(amber),
        red_on=dt.date.fromordinal(red),
        seen_on=day,
        data={"replayed": True},
        cleared_on=gone if is_gone else dt.date.fromordinal(following),
        why=AlertEnd.GONE if is_gone else AlertEnd.ORDERED,
    )
