"""What was true of every account on a day, looked up once for all who ask about that day."""

import datetime as dt

import numpy as np

from kpi.queries.state import State
from kpi.rules.attribution import Dated

KEPT = 4  # days: the first and the last of a day's periods


class Snapshots:
    """As Dated.on, for many accounts of `state` on few days."""

    def __init__(self, dated: Dated, state: State):
        self._dated, self._state = dated, state
        self._taken: dict[int, np.ndarray] = {}

    def on(self, accounts: np.ndarray, day: dt.date) -> np.ndarray:
        return self._on(accounts, day.toordinal())

    def on_days(self, accounts: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Of each account on its own day (ordinal); the first of them is that of most."""
        found = np.zeros(len(accounts), dtype=np.int64)
        if len(accounts):
            alike = days == days[0]
            found[alike] = self._on(accounts[alike], int(days[0]))
            found[~alike] = self._dated.on(accounts[~alike], days[~alike])
        return found

    def _on(self, accounts: np.ndarray, day: int) -> np.ndarray:
        known = self._state.knows(accounts)
        if not known.all():
            return self._dated.on(accounts, day)
        return self._of_day(day)[self._state.positions(accounts)]

    def _of_day(self, day: int) -> np.ndarray:
        if day not in self._taken:
            if len(self._taken) >= KEPT:
                del self._taken[next(iter(self._taken))]
            self._taken[day] = self._dated.on(self._state.ids, day)
        return self._taken[day]
