"""Retention by any split, and the accounts behind a figure."""

from dataclasses import dataclass

from kpi.queries.periods.book import Book, read_book
from kpi.queries.periods.lines import by_service_line
from kpi.queries.periods.period import Pair, latest
from kpi.queries.periods.splits import Split, split
from kpi.rules.retention import Accounts, Retention, Status, by_group, whole
from people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """An account behind a figure: money in units; `before` and `after` are the keys of the groups
    that its base and its outcome belong to; `hands`: it changed hands within 90 days."""

    account: int
    base: int
    current: int
    status: Status
    before: int | str
    after: int | str
    hands: bool


def retention(
    pair: Pair | None = None, by: str = "company", reader: User | None = None
) -> dict[int | str, Retention]:
    """Figures by "company" (key NOBODY), "manager" or "team" (ids, NOBODY without one), "segment"
    (ids, NOBODY), "tier" (letters; N was in no tier) or "account". A constant number of queries.

    Without `pair` those of the newest night. A reader gets figures of the accounts they may open,
    None the company's. All groups add up to `by="company"`, which is there even without money.
    By "service_line" (ids) an account counts once in each line it buys: see its module.
    """
    if by == "service_line":
        return by_service_line(pair or latest(), reader)
    book = read_book(pair or latest(), reader)
    return grouped(book, split(book, by), by)


def grouped(book: Book, parts: Split, by: str) -> dict[int | str, Retention]:
    table = Accounts(book.base, book.current, book.status, parts.before, parts.after, parts.hands)
    if by == "company":
        return {0: whole(table)}
    return {parts.key(group): found for group, found in by_group(table).items()}


def rows(
    pair: Pair | None = None,
    by: str = "company",
    key: int | str | None = None,
    status: Status | None = None,
    reader: User | None = None,
) -> list[Row]:
    """Accounts of group `key` (by their base or their outcome; None: all), the largest base first.

    The rows of a status are those that the group's count of it is made of: who kept or lost an
    account is the group of its outcome.
    """
    book = read_book(pair or latest(), reader)
    found = account_rows(book, split(book, by))
    if key is not None:
        found = [one for one in found if key == one.after or (key == one.before and not status)]
    return [one for one in found if status in (None, one.status)]


def account_rows(book: Book, parts: Split) -> list[Row]:
    """All of them, the largest base first."""
    columns = (book.ids, book.base, book.current, book.status, parts.before, parts.after)
    found = [
        Row(account, base, current, Status(code), parts.key(before), parts.key(after), hands)
        for account, base, current, code, before, after, hands in zip(
            *(column.tolist() for column in columns), parts.hands.tolist(), strict=True
        )
    ]
    return sorted(found, key=lambda one: (-one.base, -one.current, one.account))
