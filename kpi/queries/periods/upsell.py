"""Additional services by any split, and which they are."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from accounts.models import ServiceLine
from kpi.queries.periods.book import Book, heads_of, read_book
from kpi.queries.periods.lines import WIDTH
from kpi.queries.periods.period import Pair, before, latest
from kpi.queries.periods.rows import grouped
from kpi.queries.periods.services import ACCOUNT, SERVICE
from kpi.queries.periods.splits import Split, split
from kpi.rules import upsell as rules
from kpi.rules.retention import Status
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
    return upsell_of(book, split(book, by), additional_of(book), by)


def upsell_of(
    book: Book, parts: Split, pairs: list[Additional], by: str
) -> dict[int | str, Upsell]:
    """The same of a book that is read already, with its additional services."""
    found: dict[int | str, Upsell] = defaultdict(Upsell)
    for key, kept in grouped(book, parts, by).items():
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
    unnamed = ServiceLine.objects.filter(code="").values_list("pk", flat=True)
    keys, net = _by_head(book, book.source.sold(book.pair.current))
    earlier, positive = _by_head(book, book.source.bought(before(book.pair)))
    named = ~np.isin(keys % WIDTH, list(unnamed))
    keys, net = keys[named], net[named]
    account, line = book.state.ids[keys // WIDTH], keys % WIDTH
    cohort = (book.status == Status.KEPT) | (book.status == Status.LOST)
    bought = np.isin(keys, earlier[positive > 0])
    found = rules.additional(net, bought, np.isin(account, book.ids[cohort]))
    rows = zip(*(column[found].tolist() for column in (account, line, net)), strict=True)
    return [Additional(*row) for row in rows]


def _by_head(book: Book, table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys of account that counts for itself and service line, ascending, and their sums."""
    known, head = heads_of(book.state, table[:, ACCOUNT])
    keys, at = np.unique(head * WIDTH + table[known, SERVICE], return_inverse=True)
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, at.ravel(), table[known, -1])
    return keys, sums


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
