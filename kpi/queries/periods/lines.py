"""Retention of each service line: who kept buying it, and what it grew.

An account is in the cohort of every line it had revenue of. So counts of lines add up to more than
the company's, and a switch from one line to another is a loss here and none there; all revenue of
the current period adds up to the company's.
"""

import numpy as np

from kpi.queries.periods import services
from kpi.queries.periods.book import Book, heads_of, read_book
from kpi.queries.periods.period import Pair, Period
from kpi.queries.periods.services import ACCOUNT, NET, POSITIVE, SERVICE
from kpi.rules.retention import Accounts, Retention, by_group, statuses
from people.models import User

WIDTH = 1_000_000_000  # service lines in a key of account and line


def by_service_line(pair: Pair, reader: User | None = None) -> dict[int | str, Retention]:
    """Ids of service lines; what has none is under the line without a code."""
    book = read_book(pair, reader)
    keys, table = _pairs(book, pair)
    base, current, bought = table.T
    line = keys % WIDTH
    rows = Accounts(
        base, current, statuses(base, current, bought > 0), line, line,
        np.zeros(len(keys), dtype=bool),
    )  # fmt: skip
    found: dict[int | str, Retention] = {}
    found.update(by_group(rows))
    return found


def _pairs(book: Book, pair: Pair) -> tuple[np.ndarray, np.ndarray]:
    """Keys of account and line, and [keys, 3]: net of the base, of the current period, and what
    was bought by the end of the base."""
    begun = min(book.state.first_day or pair.base.first, pair.base.first)
    parts = [
        (services.sums(pair.base), NET),
        (services.sums(pair.current), NET),
        (services.sums(Period(begun, pair.base.last)), POSITIVE),
    ]
    found = []
    for column, (table, figure) in enumerate(parts):
        known, head = heads_of(book.state, table[:, ACCOUNT])
        seen = np.isin(book.state.ids[head], book.ids)
        keys = (head * WIDTH + table[known, SERVICE])[seen]
        found.append((keys, np.full(len(keys), column), table[known, figure][seen]))
    keys, columns, values = (np.concatenate(part) for part in zip(*found, strict=True))
    names, at = np.unique(keys, return_inverse=True)
    sums = np.zeros((len(names), len(parts)), dtype=np.int64)
    np.add.at(sums, (at.ravel(), columns), values)
    return names, sums
