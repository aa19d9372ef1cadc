"""The money of accounts that turned to another owner, from the day of each turn on."""

import datetime as dt
from collections.abc import Collection

import numpy as np

from accounts.models import AccountDay
from common import dbops
from kpi.queries.attribution.facts import MONEY
from kpi.queries.periods.period import Period
from kpi.queries.periods.stretches import Stretches
from kpi.rules.attribution import Owners

EPOCH = dt.date(1970, 1, 1).toordinal()
TABLE = AccountDay._meta.db_table
COLUMNS = [("account_id", "bigint"), ("turn", "int"), ("first", "date"), ("until", "date")]


def by_turn(
    cut: Stretches, owners: Owners, periods: Collection[Period]
) -> tuple[np.ndarray, np.ndarray]:
    """Stretches, and [rows, 2 + MONEY]: account, day of the turn, and what came from it to the
    next. Days before an account's first turn in each of the periods are not read."""
    spans = [(one.first.toordinal(), one.last.toordinal()) for one in periods]
    account, turn, until = owners.tenures(spans).T
    if not len(account):
        return np.zeros(0, dtype=np.int64), np.zeros((0, 2 + len(MONEY)), dtype=np.int64)
    place, bounds = cut.sql("d.day")
    columns = (account.tolist(), turn.tolist(), _dates(turn), _dates(until))
    given, lists = dbops.given_rows(COLUMNS, list(zip(*columns, strict=True)))
    rows = dbops.read_ints(
        [place, "d.account_id", "t.turn", *MONEY],
        f"FROM {given} t JOIN {TABLE} d ON d.account_id = t.account_id"
        " AND d.day >= t.first AND d.day < t.until GROUP BY 1, 2, 3",
        [*bounds, *lists],
    )
    return rows[:, 0], rows[:, 1:]


def _dates(ordinals: np.ndarray) -> list[str]:
    return (ordinals - EPOCH).astype("datetime64[D]").astype(str).tolist()
