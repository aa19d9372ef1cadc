"""Products, rates, and the ledger: brought as files, the way every company brings its own."""

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
from django.conf import settings

from accounts.commands import ledger, ledger_undo
from accounts.commands.ledger_file import read_layout
from accounts.models import ExternalId, Product, Rate, ServiceLine
from common import imports
from common.choices import ImportState
from common.models import Import
from kpi.demo.catalogue import PRODUCTS, SERVICE_LINES
from kpi.demo.orders import CHUNK, Lines, order_lines
from kpi.demo.write import World
from kpi.demo.write.accounts import SHOP, SOURCE
from kpi.demo.write.files import MAPPING, corrected, rows_of, with_errors, write_file
from kpi.demo.write.past import date_back

CURRENCIES = {"RUB": (0.0102, 0.018), "CHF": (1.052, 0.007)}
OPTIONS = {"layout": {}, "where": [], "currency": "", "date_format": "", "replace_documents": False}


def write_ledger(world: World) -> None:
    write_products()
    rates = daily(world, write_rates(world))
    chunks = order_lines(
        world.plans, first=world.first, days=world.days, rates=rates, seed=world.seed
    )
    for number, chunk in enumerate(chunks):
        if number == 0:
            _bring_first(world, chunk)
        else:
            rows = rows_of(world, chunk, settings.LANGUAGE_CODE, prefix=f"{number}/")
            _bring(world, rows, f"invoices-accounts-{number * CHUNK}.csv", ago=1)


def write_products() -> None:
    lines = {
        code: ServiceLine.objects.get_or_create(code=code, defaults={"names": names})[0]
        for code, names in SERVICE_LINES.items()
    }
    Product.objects.bulk_create(
        Product(
            code=item.code,
            name=item.names[settings.LANGUAGE_CODE],
            service_line=lines[item.line],
        )
        for item in PRODUCTS
    )


def write_rates(world: World) -> dict[str, list[tuple[dt.date, Decimal]]]:
    """Monthly rates of each foreign currency, from the month before the ledger begins."""
    rng = world.rng(3)
    table: dict[str, list[tuple[dt.date, Decimal]]] = {}
    for currency, (value, wobble) in CURRENCIES.items():
        month = (world.first - dt.timedelta(days=1)).replace(day=1)
        table[currency] = []
        while month <= world.today:
            table[currency].append((month, Decimal(f"{value:.6f}")))
            value *= 1 + float(rng.normal(0, wobble))
            month = (month + dt.timedelta(days=32)).replace(day=1)
    Rate.objects.bulk_create(
        Rate(currency=currency, day=day, rate=rate)
        for currency, rows in table.items()
        for day, rate in rows
    )
    return table


def daily(world: World, table: dict[str, list[tuple[dt.date, Decimal]]]) -> dict[str, np.ndarray]:
    """What one unit of each currency is worth in euros, for every day of the ledger."""
    values = {"EUR": np.ones(world.days)}
    for currency, rows in table.items():
        starts = np.array([(day - world.first).days for day, _rate in rows])
        place = np.searchsorted(starts, np.arange(world.days), side="right") - 1
        values[currency] = np.array([float(rate) for _day, rate in rows])[place]
    return values


def _bring_first(world: World, lines: Lines) -> None:
    """The past in one file, then month by month; a correction, refused rows, one taken back."""
    rows = list(rows_of(world, lines, settings.LANGUAGE_CODE))
    this_month = world.day(1).replace(day=1)
    last_month = (this_month - dt.timedelta(days=1)).replace(day=1)
    parts: list[list[list]] = [[], [], []]
    for row in rows:
        day = dt.date.fromisoformat(row[2])
        parts[(day >= last_month) + (day >= this_month)].append(row)
    past, month, current = parts
    into = (world.today - this_month).days
    _bring(world, past, f"invoices-to-{last_month - dt.timedelta(days=1):%Y-%m}.csv", ago=into + 27)
    _bring(world, with_errors(month), f"invoices-{last_month:%Y-%m}.csv", ago=max(into - 1, 1))
    _bring_and_undo(world, current[:14])
    _bring(world, [*corrected(month), *current], f"invoices-{this_month:%Y-%m}.csv", ago=0)


def _bring_and_undo(world: World, rows: list[list]) -> None:
    """The web shop's file was tried and taken back: its orders are in the ERP's file already."""
    numbers = list(ExternalId.objects.filter(source__name=SHOP).values_list("value", flat=True))
    if not rows or not numbers:
        return
    shop = [[*row[:3], numbers[n % len(numbers)], *row[4:]] for n, row in enumerate(rows)]
    name = f"webshop-{world.day(2):%Y-%m}.csv"
    batch = _bring(world, shop, name, ago=2, source=SHOP)
    if batch is not None:
        ledger_undo.undo_import(import_id=batch.pk, by=world.users["marina_sokolova"])
        Import.objects.filter(pk=batch.pk).update(undone_at=world.at(2, 9, 40))
        date_back(batch, world.at(2, 9, 40), verb="ledger.undone")


def _bring(world: World, rows, filename: str, *, ago: int, source: str = SOURCE) -> Import | None:
    """Import the rows as a file that the director brought `ago` days before today."""
    director = world.users["marina_sokolova"]
    with tempfile.TemporaryDirectory() as folder:
        path = write_file(Path(folder) / filename, rows)
        with path.open("rb") as stream:
            copy, size, digest = imports.keep(
                iter(lambda: stream.read(1 << 20), b""), imports.new_folder()
            )
    layout = read_layout(copy, OPTIONS)
    batch = Import.objects.create(
        kind=ledger.KIND,
        source=source,
        filename=filename,
        path=imports.relative(copy),
        size=size,
        sha256=digest,
        dialect=layout.as_dict(),
        mapping=MAPPING,
        options=OPTIONS,
        state=ImportState.MAPPED,
        created_by=director,
    )
    batch = ledger.run_import(import_id=batch.pk, by=director)
    brought = min(world.at(ago, 6, 30), dt.datetime.now(dt.UTC))
    Import.objects.filter(pk=batch.pk).update(
        created_at=brought, applied_at=brought + dt.timedelta(seconds=40)
    )
    date_back(batch, brought, verb="ledger.imported")
    world.say(f"{filename}: {batch.counts['lines']} lines")
    return batch
