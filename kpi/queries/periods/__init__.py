"""Who stayed, who left and what grew between two periods: for pages, files and stored measures.

`pair_of(day)` gives the two periods; `retention` and `upsell` their figures by any split, `rows`
the accounts behind them. Money is in units (common.money.from_units).
"""

from kpi.queries.periods.period import Pair, Period, latest, pair_of
from kpi.queries.periods.rows import Row, retention, rows
from kpi.queries.periods.splits import NOBODY, SPLITS
from kpi.queries.periods.upsell import upsell

__all__ = [
    "NOBODY",
    "SPLITS",
    "Pair",
    "Period",
    "Row",
    "latest",
    "pair_of",
    "retention",
    "rows",
    "upsell",
]
