"""Invoices as the ERP exports them: the files that the demo company brings like any other."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from kpi.demo.catalogue import PRODUCTS
from kpi.demo.orders import Lines
from kpi.demo.write import World

COLUMNS = (
    "Invoice", "Position", "Date", "Customer", "Customer name", "Article", "Article name",
    "Quantity", "Net amount", "Cost", "Currency", "Kind", "Country",
)  # fmt: skip
MAPPING = {
    "document": "Invoice",
    "line": "Position",
    "date": "Date",
    "customer": "Customer",
    "customer_name": "Customer name",
    "product": "Article",
    "product_name": "Article name",
    "quantity": "Quantity",
    "amount": "Net amount",
    "cost": "Cost",
    "currency": "Currency",
    "status": "Kind",
    "country": "Country",
}
STRAY_DAYS, STRAY_RATE = 30, 5.3  # tenge for a rouble; nobody has entered a rate for it


def write_file(path: Path, rows: Iterable[list]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return path


def rows_of(world: World, lines: Lines, language: str, prefix: str = "") -> Iterator[list]:
    """One row a line, in the order of the days."""
    names = documents(world, lines, prefix)
    days = [world.first + dt.timedelta(days=number) for number in range(world.days)]
    stray = _stray_account(world, lines)
    for index, document in enumerate(names):
        account = int(lines.account[index])
        plan = world.plans[account]
        product = PRODUCTS[lines.product[index]]
        cents, cost = int(lines.cents[index]), int(lines.cost[index])
        currency = plan.currency
        if account == stray and lines.day[index] >= world.days - STRAY_DAYS:
            currency = "KZT"
            cents, cost = round(cents * STRAY_RATE), round(cost * STRAY_RATE) if cost != -1 else -1
        yield [
            document,
            lines.line[index],
            days[lines.day[index]].isoformat(),
            world.number(account),
            plan.name,
            product.code,
            product.names[language],
            lines.quantity[index],
            _money(cents),
            "" if cost == -1 else _money(cost),
            currency,
            "credit note" if lines.credit[index] else "invoice",
            plan.country,
        ]


def _money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _stray_account(world: World, lines: Lines) -> int:
    """The busiest customer in Kazakhstan, lately invoiced in a currency without a rate."""
    lately = lines.account[lines.day >= world.days - STRAY_DAYS]
    busy = np.bincount(lately, minlength=len(world.plans))
    there = np.array([plan.country == "KZ" for plan in world.plans])
    return int(np.argmax(busy * there)) if (busy * there).any() else -1


def documents(world: World, lines: Lines, prefix: str = "") -> list[str]:
    """Numbers as the ERP gives them: counted by year, credit notes with a C."""
    names: dict[int, str] = {}
    counts: dict[str, int] = defaultdict(int)
    years = (np.datetime64(world.first) + lines.day).astype("datetime64[Y]").astype(int) + 1970
    result = []
    for number, year, credit in zip(lines.document, years, lines.credit, strict=True):
        if number not in names:
            start = f"{prefix}{'C' if credit else ''}{year % 100:02d}"
            counts[start] += 1
            names[number] = f"{start}-{counts[start]:04d}"
        result.append(names[number])
    return result


def with_errors(rows: list[list]) -> list[list]:
    """What a month's file looks like when people have typed in it: three rows to refuse."""
    broken = [list(row) for row in rows[-3:]]
    for number, (row, place, text) in enumerate(
        zip(broken, ("Customer", "Date", "Net amount"), ("", "2026-02-31", "n/a"), strict=False)
    ):
        row[COLUMNS.index("Invoice")] = f"{row[0]}-{number}x"
        row[COLUMNS.index(place)] = text
    return [*rows, *broken]


def corrected(rows: list[list], count: int = 2) -> list[list]:
    """Some lines of an earlier file with their amounts a tenth lower."""
    amount = COLUMNS.index("Net amount")
    chosen = [list(row) for row in rows if not row[amount].startswith("-")][:count]
    for row in chosen:
        row[amount] = _money(round(float(row[amount]) * 90))
    return chosen
