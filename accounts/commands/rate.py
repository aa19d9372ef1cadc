"""Dated rates, and the lines whose worth they decide."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.commands.ledger import tidy_up
from accounts.commands.ledger_claim import Claim, claimed
from accounts.commands.ledger_staging import rate_table
from accounts.commands.ledger_switch import DIRTY, TOUCH
from accounts.models import AccountDay, LedgerLine, Rate, ServiceMonth
from accounts.rules.ledger import RateTable
from common.dbops import batch_size
from common.errors import RuleBroken
from common.jobs import enqueue, silent
from people.commands import record
from people.models import Company, User

CONVERT = "accounts.jobs.convert_waiting_lines"


@transaction.atomic
def save_rates(*, actor: User | None, rates: Iterable[tuple[str, dt.date, Decimal]]) -> int:
    """Enter or correct rates (currency, day, rate); returns how many are new or changed."""
    if actor is not None and not actor.is_director:
        raise RuleBroken(_("Only directors enter rates."))
    base = Company.current().currency
    changed = 0
    for currency, day, given in rates:
        rate = round(given, Rate._meta.get_field("rate").decimal_places)
        if currency == base:
            raise RuleBroken(_("%(currency)s is the company's own currency.") % {"currency": base})
        if rate <= 0:
            raise RuleBroken(_("A rate is above zero."))
        row, made = Rate.objects.select_for_update().get_or_create(
            currency=currency, day=day, defaults={"rate": rate}
        )
        old = None if made else row.rate
        if old == rate:
            continue
        Rate.objects.filter(pk=row.pk).update(rate=rate)
        record(
            actor=actor, verb="rate.saved", target=row, currency=currency, day=day.isoformat(),
            changes={"rate": [None if old is None else str(old), str(rate)]},
        )  # fmt: skip
        changed += 1
    if changed:
        enqueue(CONVERT, key="convert_waiting_lines", by=actor)
    return changed


@transaction.atomic
def remove_rate(*, actor: User, rate_id: int) -> None:
    """Take a rate away; its lines fall back to the rate before it, or wait unconverted."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors enter rates."))
    row = Rate.objects.select_for_update().get(pk=rate_id)
    record(
        actor=actor, verb="rate.removed", target=row, currency=row.currency,
        day=row.day.isoformat(), changes={"rate": [str(row.rate), None]},
    )  # fmt: skip
    row.delete()
    enqueue(CONVERT, key="convert_waiting_lines", by=actor)


def convert_lines(*, progress=silent) -> int:
    """Give every live line in a foreign currency the worth the rates say; returns how many moved.

    Each batch changes lines and roll-ups in one transaction, so every state in between is exact.
    """
    with claimed() as claim:
        tidy_up(claim)
        table = rate_table()
        lines = LedgerLine.objects.live().exclude(currency=table.base)
        total, done, moved, last = lines.count(), 0, 0, 0
        while rows := list(
            lines.filter(pk__gt=last).order_by("pk").values_list(*_READ)[: batch_size()]
        ):
            moved += _convert_batch(rows, table, claim)
            done, last = done + len(rows), rows[-1][0]
            progress(done, total)
        if moved:
            enqueue("kpi.jobs.recompute", key="recompute")
    return moved


_READ = ("pk", "account_id", "service_line_id", "day", "currency", "status", "amount", "cost",
         "net", "net_cost")  # fmt: skip
_ROLLED = ("net", "positive", "cost", "uncosted", "lines")


def _units(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 10_000)


def _weight(net: int | None, cost: int | None) -> tuple[int, int, int, int, int]:
    """What one line adds to a roll-up: net, positive, cost, uncosted, lines."""
    if net is None:
        return (0, 0, 0, 0, 0)
    return (net, max(net, 0), cost or 0, net if cost is None else 0, 1)


def _convert_batch(rows: list[tuple], table: RateTable, claim: Claim) -> int:
    updates, days, months = [], {}, {}
    for pk, account, service_line, day, currency, status, amount, cost, net, net_cost in rows:
        old = _units(net), _units(net_cost)
        new = (
            table.net(_units(amount), currency, day, status),
            table.net(_units(cost), currency, day, status),
        )
        if old == new:
            continue
        updates.append((*new, pk))
        step = [b - a for a, b in zip(_weight(*old), _weight(*new), strict=True)]
        for sums, key in (
            (days, (account, day)),
            (months, (account, service_line, day.replace(day=1))),
        ):
            known = sums.setdefault(key, [0] * len(step))
            sums[key] = [a + b for a, b in zip(known, step, strict=True)]
    if updates:
        with transaction.atomic():
            claim.renew()
            _write(updates, days, months)
    return len(updates)


def _write(updates: list, days: dict, months: dict) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {LedgerLine._meta.db_table} SET net = %s, net_cost = %s WHERE id = %s",  # noqa: S608
            updates,
        )
    _add(AccountDay, ("account_id", "day"), days)
    _add(ServiceMonth, ("account_id", "service_line_id", "month"), months)
    _touch(days)


def _touch(days: dict) -> None:
    since: dict[int, dt.date] = {}
    for account, day in days:
        since[account] = min(day, since.get(account, day))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {DIRTY} (account_id, since, claimed) VALUES (%s, %s, %s) {TOUCH}",  # noqa: S608
            [(account, day, False) for account, day in since.items()],
        )


def _add(model, keys: tuple[str, ...], sums: dict) -> None:
    table, columns = model._meta.db_table, (*keys, *_ROLLED)
    adding = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _ROLLED)
    marks = ", ".join(["%s"] * len(columns))
    matching = " AND ".join(f"{name} = %s" for name in keys)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {adding}",
            [(*key, *values) for key, values in sums.items()],
        )
        cursor.executemany(
            f"DELETE FROM {table} WHERE lines = 0 AND {matching}",  # noqa: S608
            list(sums),
        )
