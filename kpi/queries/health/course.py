"""Where the health of every account stood on a day and `SLOPE_DAYS` before: who falls fast.

Both are kept, packed, and slid: from night to night only days of the history that came into reach
are read, whatever its length. A score and the weights it was made with are one number; 0: none.
"""

import datetime as dt
import zlib
from dataclasses import dataclass

import numpy as np

from common import dbops
from kpi.rules.health import VERSION
from kpi.rules.health.score import SLOPE_DAYS, SLOPE_POINTS, TENTHS

SCORE_BITS = 11
FORMAT = f"{VERSION} {SLOPE_DAYS}"
KIND = np.dtype([("account", "<i8"), ("now", "<u4"), ("then", "<u4")])
BACK = dt.timedelta(days=SLOPE_DAYS)
ONE = dt.timedelta(days=1)
SEEN = f"(COALESCE(x.weights_id, 0) << {SCORE_BITS} | COALESCE(x.score + 1, 0))"


@dataclass(frozen=True, slots=True)
class Slope:
    """Tenths of a point, today and `SLOPE_DAYS` earlier; by the same weights."""

    now: int
    then: int
    since: dt.date

    @property
    def lost(self) -> int:
        """Whole points."""
        return (self.then - self.now) // TENTHS


def course(day: dt.date) -> np.ndarray:
    """Rows of KIND, accounts ascending, from all of the history: two looks for each account."""
    rows = dbops.read_ints(
        ["h.account_id", _newest(), _newest()], "FROM kpi_health h", [day, day - BACK]
    )
    return _made(np.sort(rows[:, 0]), *((rows[:, 0], rows[:, at]) for at in (1, 2)))


def slid(kept: np.ndarray, was: dt.date, day: dt.date) -> np.ndarray:
    """`kept` is the course of `was`, `day` the same or later. The last day is read again: somebody
    may have moved a score on it since."""
    now, then = _moved(was - ONE, day), _moved(was - BACK, day - BACK)
    accounts = kept["account"]
    moved = np.concatenate([now[:, 0], then[:, 0]])
    if not np.isin(moved, accounts).all():
        accounts = np.union1d(accounts, moved)
    made = _made(accounts, (kept["account"], kept["now"]), (kept["account"], kept["then"]))
    for name, rows in (("now", now), ("then", then)):
        made[name][np.searchsorted(accounts, rows[:, 0])] = rows[:, 1]  # the last of several stays
    return made


def falls(found: np.ndarray, day: dt.date) -> dict[int, Slope]:
    """Ten points and more lost in thirty days. Adopted weights are no fall."""
    score = (1 << SCORE_BITS) - 1
    now, then = (found[name].astype(np.int64) for name in ("now", "then"))
    known = (now & score > 0) & (then & score > 0) & (now >> SCORE_BITS == then >> SCORE_BITS)
    rows = np.flatnonzero(known & (then - now >= SLOPE_POINTS * TENTHS))
    since = day - BACK
    return {
        int(found["account"][row]): Slope(
            int(now[row] & score) - 1, int(then[row] & score) - 1, since
        )
        for row in rows.tolist()
    }


def packed(found: np.ndarray) -> bytes:
    return zlib.compress(found.tobytes(), 1)


def unpacked(data: bytes) -> np.ndarray:
    return np.frombuffer(zlib.decompress(data), KIND)


def _made(accounts: np.ndarray, *columns: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    made = np.zeros(len(accounts), KIND)
    made["account"] = accounts
    for name, (those, values) in zip(("now", "then"), columns, strict=True):
        made[name][np.searchsorted(accounts, those)] = values
    return made


def _newest() -> str:
    """SQL for where account `h` stood on a day."""
    return (
        f"COALESCE((SELECT {SEEN} FROM kpi_healthday x WHERE x.account_id = h.account_id"  # noqa: S608
        " AND x.day <= %s ORDER BY x.day DESC LIMIT 1), 0)"
    )


def _moved(after: dt.date, until: dt.date) -> np.ndarray:
    """[rows, 2]: whose score moved between the days and where to, the oldest first."""
    return dbops.read_ints(
        ["x.account_id", SEEN],
        "FROM kpi_healthday x WHERE x.day > %s AND x.day <= %s ORDER BY x.day",
        [after, until],
    )
