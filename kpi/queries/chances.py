"""The chance of an order in 90 days: of the accounts and by the model for which it may be told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from accounts.models import AccountScore
from common import dbops
from kpi.models import Backtest
from kpi.queries import state as states
from kpi.queries.backtest import backtest
from kpi.queries.reporting import newest_ledger_day
from kpi.queries.state import State
from kpi.rules import chance as rules
from kpi.rules import windows
from kpi.rules.chance import Look

UNTOLD = -1


@dataclass(frozen=True, slots=True)
class Told:
    """Which model tells chances, by what it learnt and how far ahead; `shown` "": none does."""

    shown: str
    learnt: Mapping[str, Mapping]
    horizon: int = rules.HORIZON

    def chances(self, look: Look) -> np.ndarray:
        """NaN where none is told: the gate is shut, or it is too early or too late to say."""
        found = np.full(len(look.orders), np.nan)
        told = look.told
        if self.shown and told.any():
            learnt = self.learnt[self.shown]
            found[told] = rules.chance(self.shown, learnt, look.of(told), self.horizon)
        return found


def quarter_before(day: dt.date) -> dt.date:
    """The end of the last quarter that was over by the morning of `day`."""
    end = windows.month_end_before(day)
    while end.month % 3:
        end = windows.month_end_before(end)
    return end


def kept(day: dt.date) -> Backtest | None:
    """The back-test that the nights of `day` go by, unless the ledger has outgrown it."""
    found = Backtest.objects.filter(as_of=quarter_before(day)).first()
    return found if found and is_current(found) else None


def is_current(found: Backtest) -> bool:
    """By today's rules, of a ledger that began where it begins and reached as far as it could."""
    newest = newest_ledger_day()
    reach = min(found.as_of, newest) if newest else None
    begun = states.first_day()
    outgrown = reach is not None and (found.known_until is None or found.known_until < reach)
    return found.rule_version == rules.VERSION and found.first_day == begun and not outgrown


def told_on(day: dt.date) -> Told:
    """From the kept back-test, or from one made for the asking where none was kept."""
    found = kept(day)
    if found is not None:
        return Told(found.shown, found.learnt, found.horizon)
    report = backtest(quarter_before(day))
    return Told(report.gate.shown or "", report.learnt, report.horizon)


def state_look(state: State) -> Look:
    """Of all accounts as a night or an export found them."""
    day = state.day.toordinal()
    first = np.where(state["first_order"] > 0, state["first_order"], day)
    last = np.where(state["last_order"] > 0, state["last_order"], day)
    return Look(day, np.where(state.alone, state["order_days"], 0), first, last)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the night left: ids, the chance in whole percent or UNTOLD, and the look."""

    ids: np.ndarray
    percent: np.ndarray
    look: Look


def scores(day: dt.date) -> Scores:
    """One query. Accounts that count with another have no order days of their own."""
    number = day.toordinal()
    told = (
        (f"COALESCE(p_order, {UNTOLD}) - {UNTOLD}", 7),
        *((f"COALESCE({dbops.day_number(name)}, {number})", 22)
          for name in ("first_order", "last_order")),
    )  # fmt: skip
    rows = dbops.read_ints(
        [
            "account_id",
            "CASE WHEN counts_with_id IS NULL THEN order_days ELSE 0 END",
            dbops.side_by_side(*told),
        ],
        f"FROM {AccountScore._meta.db_table}",
    )
    percent, first, last = dbops.apart(rows[:, 2], *(bits for _sql, bits in told))
    return Scores(rows[:, 0], percent + UNTOLD, Look(number, rows[:, 1], first, last))


def whole_percent(chances: np.ndarray) -> np.ndarray:
    """Half up; UNTOLD where there is none."""
    known = ~np.isnan(chances)
    found = np.full(len(chances), UNTOLD, dtype=np.int64)
    found[known] = np.floor(chances[known] * 100 + 0.5)
    return found
