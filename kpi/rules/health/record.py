"""Was the score right? Scores of a day held against what then happened, and the colours they earn.

Plain counts on few accounts: n is printed with everything. AUC is the chance that an account that
was lost had the lower score, ties counting half; its error by Hanley and McNeil (1982).
"""

import math
from dataclasses import dataclass

import numpy as np

LEADS = (60, 90)  # days from the score to what came of it
DROP = 70  # percent of the same days last year at which less is a loss
FLAGGED = 500  # tenths: below it the score warned
LEAST_LOST, LEAST_KEPT = 10, 10
LEAST_IN_BAND = 20
CUTS = range(100, 1000, 100)  # tenths


@dataclass(frozen=True, slots=True)
class Record:
    """What scores of one day said about the next `lead` days; shares are None without a base.

    `red` and `amber` are the scores (tenths) below which the company's own losses were at least
    twice, and at least as frequent as, the average; None where the record carries no colour.
    """

    lead: int
    n: int
    lost: int
    dropped: int
    flagged: int
    hits: int
    auc: float | None
    auc_low: float | None
    red: int | None
    amber: int | None

    @property
    def gone(self) -> int:
        return self.lost + self.dropped

    @property
    def precision(self) -> float | None:
        return self.hits / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.gone if self.gone else None

    @property
    def carries(self) -> bool:
        """Enough cases, and a ranking that is better than a coin beyond doubt."""
        enough = self.gone >= LEAST_LOST and self.n - self.gone >= LEAST_KEPT
        return enough and self.auc_low is not None and self.auc_low > 0.5


def outcomes(
    ordered: np.ndarray, now: np.ndarray, before: np.ndarray, compares: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Who was lost (no order day) and who dropped (revenue at least 30 % below last year's)."""
    lost = ordered == 0
    dropped = ~lost & (before > 0) & (100 * now <= DROP * before) & compares
    return lost, dropped


def record(lead: int, scores: np.ndarray, lost: np.ndarray, dropped: np.ndarray) -> Record:
    """`scores` in tenths, all known; one element for each account."""
    gone = lost | dropped
    warned = scores < FLAGGED
    area = auc(scores, gone)
    low = None
    if area is not None:
        low = area - 1.96 * auc_error(area, int(gone.sum()), int((~gone).sum()))
    found = Record(
        lead=lead,
        n=len(scores),
        lost=int(lost.sum()),
        dropped=int(dropped.sum()),
        flagged=int(warned.sum()),
        hits=int((warned & gone).sum()),
        auc=area,
        auc_low=low,
        red=None,
        amber=None,
    )
    if not found.carries:
        return found
    red, amber = bands(scores, gone)
    return Record(**{**_fields(found), "red": red, "amber": amber})


def _fields(found: Record) -> dict:
    return {name: getattr(found, name) for name in Record.__dataclass_fields__}


def auc(scores: np.ndarray, gone: np.ndarray) -> float | None:
    """None where nobody was lost, or everybody."""
    lost, kept = np.sort(scores[gone]), np.sort(scores[~gone])
    if not len(lost) or not len(kept):
        return None
    below = len(kept) - np.searchsorted(kept, lost, side="right")
    equal = len(kept) - np.searchsorted(kept, lost, side="left") - below
    return float((below + equal / 2).sum() / (len(lost) * len(kept)))


def auc_error(area: float, lost: int, kept: int) -> float:
    """Standard error of an AUC (Hanley and McNeil)."""
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (lost - 1) * (one - area**2) + (kept - 1) * (two - area**2)
    return math.sqrt(max(spread, 0.0) / (lost * kept))


def bands(scores: np.ndarray, gone: np.ndarray) -> tuple[int | None, int | None]:
    """The highest ten below which twice the average were lost; above it, at least the average."""
    red = _cut(scores, gone, low=0, times=2)
    if red is None:
        return None, None
    return red, _cut(scores, gone, low=red, times=1)


def _cut(scores: np.ndarray, gone: np.ndarray, *, low: int, times: int) -> int | None:
    """The highest cut above `low` with enough accounts and `times` the company's loss rate."""
    found = None
    for cut in CUTS:
        inside = (scores >= low) & (scores < cut)
        count = int(inside.sum())
        if cut <= low or count < LEAST_IN_BAND:
            continue
        if int((inside & gone).sum()) * len(scores) >= times * int(gone.sum()) * count:
            found = cut
    return found
