"""The orders of an account: documents by day, newest first, a page of days at a time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from accounts.models import Account, LedgerLine
from accounts.queries.card import live_lines

DAYS = 20
MOST_LINES = 2_000


@dataclass(frozen=True)
class Document:
    """One document on one day. `total` adds the converted lines in company currency."""

    number: str
    day: dt.date
    total: Decimal
    line_count: int
    lines: tuple[LedgerLine, ...]
    unconverted: int

    @property
    def is_credit(self) -> bool:
        return self.total < 0


@dataclass(frozen=True)
class OrderPage:
    documents: list[Document]
    next: dt.date | None
    is_cut: bool = False


def orders(account: Account, *, before: dt.date | None = None, with_lines: bool) -> OrderPage:
    """Documents of twenty days with orders; `before` is the first day of the page before.

    Readers who may not see lines get totals: `with_lines` false leaves the lines out altogether.
    """
    lines = live_lines(account)
    if before is not None:
        lines = lines.filter(day__lt=before)
    days = list(lines.order_by("-day").values_list("day", flat=True).distinct()[: DAYS + 1])
    if not days:
        return OrderPage([], None)
    page = days[:DAYS]
    rows = lines.filter(day__lte=page[0], day__gte=page[-1])
    rows = list(
        rows.select_related("product", "service_line").order_by("-day", "document", "line", "pk")[
            : MOST_LINES + 1
        ]
    )
    return OrderPage(
        documents=[
            _document(key, group, with_lines=with_lines)
            for key, group in groupby(
                rows[:MOST_LINES], key=lambda row: (row.day, row.source_id, row.document)
            )
        ],
        next=page[-1] if len(days) > DAYS else None,
        is_cut=len(rows) > MOST_LINES,
    )


def _document(key: tuple, group: Iterable[LedgerLine], *, with_lines: bool) -> Document:
    day, _source, number = key
    lines = tuple(group)
    return Document(
        number=number,
        day=day,
        total=sum((line.net for line in lines if line.net is not None), Decimal(0)),
        line_count=len(lines),
        lines=lines if with_lines else (),
        unconverted=sum(line.net is None for line in lines),
    )
