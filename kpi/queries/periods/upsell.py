"""Additional services by any split, and which they are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpi.queries.periods.book import Book, heads_of, read_book
from kpi.queries.periods.period import Pair, before, latest
from kpi.queries.periods.rows import grouped
from kpi.queries.periods.services import ACCOUNT, NET, SERVICE
from kpi.queries.periods.source import BOUGHT
from kpi.queries.periods.splits import Split, split
from kpi.queries.periods.stretches import added, named
from kpi.rules import upsell as rules
from kpi.rules.retention import Retention, Status
from kpi.rules.upsell import Upsell
from people.models import User

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Additional:
    """An account that began to buy a service line; money in units."""

    account: int
    service_line: int
    net: int


Part = tuple[int, int, Upsell]  # an account, a group, and what the one adds to the other


def upsell(
    pair: Pair | None = None, by: str = "company", reader: User | None = None
) -> dict[int | str, Upsell]:
    """Figures by the splits of `retention`, for the same reader and with the same keys.

    By manager and team revenue counts for the owner on the invoice date, a service and its account
    for the owner on the day it was first bought, the base for the owner on the first day. All
    groups add up to the company; what is not recorded with a service line is no service.
    """
    book = read_book(pair or latest(), reader)
    parts = split(book, by)
    return upsell_of(book, parts, grouped(book, parts, by), additional_of(book), by)


def upsell_of(
    book: Book,
    parts: Split,
    figures: Mapping[int | str, Retention],
    pairs: list[Additional],
    by: str,
) -> dict[int | str, Upsell]:
    """The same of a book that is read already, with its retention and additional services."""
    found: dict[int | str, Upsell] = defaultdict(Upsell)
    for key, kept in figures.items():
        found[key] += Upsell(base_accounts=kept.base_accounts, expansion=kept.expansion)
    for _account, group, one in parts_of(book, parts, pairs, by):
        found[parts.key(group)] += one
    return dict(found)


def parts_of(book: Book, parts: Split, pairs: list[Additional], by: str) -> list[Part]:
    """What each account adds to which group's additional services, invoice by invoice."""
    counted = _invoiced if by in ("manager", "team") else _owned
    return counted(book, parts, pairs, by)


def additional(pair: Pair | None = None, reader: User | None = None) -> list[Additional]:
    """The services behind the figure, the largest first."""
    found = additional_of(read_book(pair or latest(), reader))
    return sorted(found, key=lambda one: (-one.net, one.account, one.service_line))


def looks_back_far_enough(book: Book) -> bool:
    """The ledger holds those 24 months; if not, some services look new that are not."""
    begun = book.state.first_day
    return begun is not None and begun <= before(book.pair).first


def additional_of(book: Book) -> list[Additional]:
    """Three queries when periods are whole months, up to seven when not."""
    account, line, net, bought = _by_head(book, _candidates(book, book.source.lines(book.pair)))
    cohort = (book.status == Status.KEPT) | (book.status == Status.LOST)
    in_base = np.isin(account, book.ids[cohort])
    is_named = ~np.isin(line, book.source.unnamed)
    found = is_named & rules.additional(net, bought > 0, in_base)
    rows = zip(*(column[found].tolist() for column in (account, line, net)), strict=True)
    return [Additional(*row) for row in rows]


def _candidates(book: Book, lines: np.ndarray) -> np.ndarray:
    """Most rows tell by themselves that they are none; those of a group only together."""
    known, head = heads_of(book.state, lines[:, ACCOUNT])
    is_new = (lines[:, NET] > 0) & (lines[:, BOUGHT] <= 0)
    is_new[known] |= book.state.grouped[head]
    return lines[known & is_new]


def _by_head(book: Book, lines: np.ndarray) -> list[np.ndarray]:
    """Account that counts for itself and service line, ascending, and their sums."""
    _known, head = heads_of(book.state, lines[:, ACCOUNT])
    keys, at = named(np.stack([head, lines[:, SERVICE]], axis=1))
    sums = added(at, len(keys), [lines[:, NET], lines[:, BOUGHT]])
    return [book.state.ids[keys[:, 0]], keys[:, 1], *sums.T]


def _owned(book: Book, parts: Split, pairs: list[Additional], by: str) -> list[Part]:
    group = dict(zip(book.ids.tolist(), parts.after.tolist(), strict=True))
    seen: set[int] = set()
    found = []
    for one in pairs:
        first = one.account not in seen
        seen.add(one.account)
        found.append((one.account, group[one.account], Upsell(0, int(first), 1, one.net)))
    return found


def _invoiced(book: Book, parts: Split, pairs: list[Additional], by: str) -> list[Part]:
    """Invoices to their day's owner; service and account to who owned it when first bought."""
    rows = _invoices(book, pairs)
    account, day = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 2))
    owner = parts.owners.on(account, day)
    if by == "team":
        owner = book.source.teams.on(owner, day)
    found: list[Part] = []
    lines: set[tuple[int, int]] = set()
    accounts: set[int] = set()
    for (head, line, _day, net), group in zip(rows, owner.tolist(), strict=True):
        starts = net > 0 and (head, line) not in lines
        first = starts and head not in accounts
        if starts:
            lines.add((head, line))
            accounts.add(head)
        found.append((head, group, Upsell(0, int(first), int(starts), net)))
    return found


def _invoices(book: Book, pairs: list[Additional]) -> list[tuple[int, int, int, int]]:
    """Account that counts for itself, service line, day and net of these services, by day."""
    wanted = {(one.account, one.service_line) for one in pairs}
    state = book.state
    heads = state.positions(np.array(sorted({one.account for one in pairs}), dtype=np.int64))
    members = np.flatnonzero(np.isin(state.head, heads))
    head = dict(
        zip(state.ids[members].tolist(), state.ids[state.head[members]].tolist(), strict=True)
    )
    found = [
        (head[account], line, day, net)
        for account, line, day, net in book.source.invoices(book.pair.current, head)
    ]
    return sorted((row for row in found if row[:2] in wanted), key=lambda row: row[2])
