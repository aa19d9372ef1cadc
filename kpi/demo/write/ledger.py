"""Products, rates and three years of invoices with their roll-ups."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from django.conf import settings

from accounts.choices import LineStatus
from accounts.models import (
    AccountDay,
    LedgerLine,
    Product,
    Rate,
    ServiceLine,
    ServiceMonth,
    Source,
)
from common.choices import ImportState
from common.models import Import
from common.money import round_half_up
from kpi.demo.catalogue import PRODUCTS, SERVICE_LINES
from kpi.demo.orders import Lines, order_lines
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH, SOURCE

CURRENCIES = {"RUB": (0.0102, 0.018), "CHF": (1.052, 0.007)}


def write_ledger(world: World) -> None:
    lines = {
        code: ServiceLine.objects.get_or_create(code=code, defaults={"names": names})[0]
        for code, names in SERVICE_LINES.items()
    }
    language = settings.LANGUAGE_CODE
    products = Product.objects.bulk_create(
        Product(code=item.code, name=item.names[language], service_line=lines[item.line])
        for item in PRODUCTS
    )
    rates = write_rates(world)
    batch = Import.objects.create(
        kind="ledger",
        source=SOURCE,
        filename=f"invoices-{world.first:%Y-%m}-{world.day(1):%Y-%m}.csv",
        state=ImportState.APPLIED,
        created_by=world.users["marina_sokolova"],
        created_at=world.at(1, 5),
        applied_at=world.at(1, 5, 2),
    )
    source = Source.objects.get(name=SOURCE)
    chunks = order_lines(
        world.plans, first=world.first, days=world.days, rates=daily(world, rates), seed=world.seed
    )
    total = 0
    for chunk in chunks:
        rows = list(_rows(world, chunk, products, batch, source, rates))
        LedgerLine.objects.bulk_create(rows, batch_size=BATCH)
        _roll_up(rows)
        total += len(rows)
    batch.counts = {"lines": total}
    batch.save(update_fields=["counts"])
    world.say(f"{total} ledger lines")


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


def documents(world: World, lines: Lines) -> list[str]:
    """Numbers as the ERP gives them: counted by year, credit notes with a C."""
    names: dict[int, str] = {}
    counts: dict[str, int] = defaultdict(int)
    years = (np.datetime64(world.first) + lines.day).astype("datetime64[Y]").astype(int) + 1970
    result = []
    for number, year, credit in zip(lines.document, years, lines.credit, strict=True):
        if number not in names:
            prefix = f"{'C' if credit else ''}{year % 100:02d}"
            counts[prefix] += 1
            names[number] = f"{prefix}-{counts[prefix]:04d}"
        result.append(names[number])
    return result


def _rows(world, lines, products, batch, source, rates) -> Iterator[LedgerLine]:
    table = {currency: dict(rows) for currency, rows in rates.items()}
    for index, document in enumerate(documents(world, lines)):
        plan = world.plans[lines.account[index]]
        day = world.first + dt.timedelta(days=int(lines.day[index]))
        product = products[lines.product[index]]
        amount = Decimal(int(lines.cents[index])) / 100
        cost = None if lines.cost[index] == -1 else Decimal(int(lines.cost[index])) / 100
        rate = table[plan.currency][day.replace(day=1)] if plan.currency in table else Decimal(1)
        yield LedgerLine(
            batch=batch,
            source=source,
            document=document,
            line=str(lines.line[index]),
            day=day,
            account=world.accounts[lines.account[index]],
            product=product,
            service_line_id=product.service_line_id,
            quantity=int(lines.quantity[index]),
            currency=plan.currency,
            amount=amount,
            cost=cost,
            net=round_half_up(amount * rate, "EUR"),
            net_cost=None if cost is None else round_half_up(cost * rate, "EUR"),
            status=LineStatus.CREDIT if lines.credit[index] else LineStatus.INVOICED,
            digest=0,
        )


def _roll_up(rows: list[LedgerLine]) -> None:
    days: dict[tuple, list] = {}
    months: dict[tuple, list] = {}
    for row in rows:
        month = row.day.replace(day=1)
        for table, key in (
            (days, (row.account_id, row.day)),
            (months, (row.account_id, row.service_line_id, month)),
        ):
            sums = table.setdefault(key, [Decimal(0), Decimal(0), Decimal(0), Decimal(0), 0])
            sums[0] += row.net
            sums[1] += max(row.net, Decimal(0))
            sums[2] += row.net_cost or 0
            sums[3] += row.net if row.net_cost is None else 0
            sums[4] += 1
    AccountDay.objects.bulk_create(
        (AccountDay(account_id=key[0], day=key[1], **_sums(sums)) for key, sums in days.items()),
        batch_size=BATCH,
    )
    ServiceMonth.objects.bulk_create(
        (
            ServiceMonth(account_id=key[0], service_line_id=key[1], month=key[2], **_sums(sums))
            for key, sums in months.items()
        ),
        batch_size=BATCH,
    )


def _sums(sums: list) -> dict:
    return dict(zip(("net", "positive", "cost", "uncosted", "lines"), sums, strict=True))
