"""What makes staged lines count: exact differences, and the one transaction that adds them.

Differences are summed by the database from the lines themselves, in slices of ids, so import and
undo cannot disagree with a recomputation. All of it is the same SQL on both engines.
"""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.commands.ledger_claim import Claim
from accounts.commands.ledger_traces import removable_accounts, touched
from accounts.models import (
    Account,
    AccountDay,
    DirtyAccount,
    LedgerDelta,
    LedgerLine,
    Product,
    ServiceLine,
    ServiceMonth,
)
from common.dbops import batch_size, batches, month_start
from common.models import Import

# Table names in the SQL below are our own.
LINE, DELTA = LedgerLine._meta.db_table, LedgerDelta._meta.db_table
DAY, MONTH = AccountDay._meta.db_table, ServiceMonth._meta.db_table
DIRTY = DirtyAccount._meta.db_table
TOUCH = f"""ON CONFLICT (account_id) DO UPDATE SET claimed = excluded.claimed,
    since = CASE WHEN excluded.since < {DIRTY}.since THEN excluded.since ELSE {DIRTY}.since END"""
SUMS = ("net", "positive", "cost", "uncosted", "lines")


def _adding(table: str) -> str:
    return ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in SUMS)


def slices(rows: QuerySet, size: int = 0) -> Iterator[tuple[int, int]]:
    """Bounds (first, last) of ids that hold a batch of the rows each."""
    last, size = 0, size or batch_size() * 5
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        last = ids[-1]
        yield ids[0], last


def weigh(batch: Import, claim: Claim, *, undo: bool = False) -> None:
    """Stage what the switch (or, with `undo`, the switch back) will add to the roll-ups."""
    brought = LedgerLine.objects.filter(batch=batch)
    replaced = LedgerLine.objects.filter(superseded_by=batch)
    for lines, column, sign in ((brought, "batch_id", 1), (replaced, "superseded_by_id", -1)):
        for first, last in slices(lines):
            with transaction.atomic():
                claim.renew()
                _weigh_slice(batch.pk, column, -sign if undo else sign, first, last)


def _weigh_slice(batch_id: int, column: str, sign: int, first: int, last: int) -> None:
    sql = f"""
        INSERT INTO {DELTA} (batch_id, account_id, service_line_id, day, {", ".join(SUMS)})
        SELECT %s, account_id, service_line_id, day, %s * SUM(net),
               %s * SUM(CASE WHEN net > 0 THEN net ELSE 0 END),
               %s * SUM(COALESCE(net_cost, 0)),
               %s * SUM(CASE WHEN net_cost IS NULL THEN net ELSE 0 END), %s * COUNT(*)
        FROM {LINE}
        WHERE {column} = %s AND id BETWEEN %s AND %s AND net IS NOT NULL
        GROUP BY account_id, service_line_id, day
        ON CONFLICT (batch_id, account_id, service_line_id, day) DO UPDATE SET {_adding(DELTA)}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [batch_id, *[sign] * 5, batch_id, first, last])


def add_to_rollups(batch: Import) -> None:
    """Add the staged differences and mark the accounts; inside the switch's transaction."""
    month = month_start("day")
    _roll_up(DAY, {"account_id": "account_id", "day": "day"}, batch.pk)
    _roll_up(
        MONTH,
        {"account_id": "account_id", "service_line_id": "service_line_id", "month": month},
        batch.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DIRTY} (account_id, since, claimed)"  # noqa: S608
            f" SELECT account_id, MIN(day), %s FROM {DELTA} WHERE batch_id = %s"
            f" GROUP BY account_id {TOUCH}",
            [False, batch.pk],
        )


def _roll_up(table: str, keys: dict[str, str], batch_id: int) -> None:
    """Add differences by `keys` (column: expression) and drop rows that no line is left in."""
    names, values = ", ".join(keys), ", ".join(keys.values())
    sums = ", ".join(f"SUM({name})" for name in SUMS)
    add = f"""
        INSERT INTO {table} ({names}, {", ".join(SUMS)})
        SELECT {values}, {sums} FROM {DELTA} WHERE batch_id = %s GROUP BY {values}
        ON CONFLICT ({names}) DO UPDATE SET {_adding(table)}
    """  # noqa: S608
    drop = f"""
        DELETE FROM {table} WHERE lines = 0 AND ({names}) IN
        (SELECT {values} FROM {DELTA} WHERE batch_id = %s AND lines <= 0)
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(add, [batch_id])
        cursor.execute(drop, [batch_id])


def forget_deltas(batch: Import, claim: Claim) -> None:
    """Remove staged differences, a slice at a time."""
    rows = LedgerDelta.objects.filter(batch=batch)
    for first, last in slices(rows):
        with transaction.atomic():
            claim.renew()
            rows.filter(pk__range=(first, last)).delete()


def take_away(batch: Import, claim: Claim) -> None:
    """Remove all an import left that does not count: lines, marks, accounts, products."""
    forget_deltas(batch, claim)
    replaced = LedgerLine.objects.filter(superseded_by=batch)
    for first, last in slices(replaced):
        with transaction.atomic():
            claim.renew()
            replaced.filter(pk__range=(first, last)).update(superseded_by=None)
    brought = LedgerLine.objects.filter(batch=batch)
    for first, last in slices(brought):
        with transaction.atomic():
            claim.renew()
            rows = brought.filter(pk__range=(first, last))
            rows._raw_delete(rows.db)
    _remove_accounts(batch, claim)
    _remove_products(batch, claim)
    with transaction.atomic():
        claim.renew()
        lines = LedgerLine.objects.filter(service_line__brought_by=batch).values("service_line")
        ServiceLine.objects.filter(brought_by=batch, products=None).exclude(pk__in=lines).delete()


def _remove_products(batch: Import, claim: Claim) -> None:
    """Products the import brought that no line of another uses; the ledger is scanned once."""
    brought = Product.objects.filter(brought_by=batch)
    if not brought.exists():
        return
    rows = LedgerLine.objects.filter(product__brought_by=batch).order_by()
    used = set(rows.values_list("product", flat=True).distinct())
    for first, last in slices(brought):
        ids = set(brought.filter(pk__range=(first, last)).values_list("pk", flat=True)) - used
        with transaction.atomic():
            claim.renew()
            for some in batches(sorted(ids)):
                unused = Product.objects.filter(pk__in=some)
                unused._raw_delete(unused.db)


def _remove_accounts(batch: Import, claim: Claim) -> None:
    """Accounts the import created that nothing else has used since."""
    made = list(Account.objects.filter(brought_by=batch).values_list("pk", flat=True))
    for some in batches(made, 500):
        with transaction.atomic():
            claim.renew()
            removable_accounts(batch, some).exclude(touched()).delete()
