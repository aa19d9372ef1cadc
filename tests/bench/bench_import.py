"""Import of a million lines against a bare COPY of the same lines into the ledger table.

Customers and products are known beforehand. Ours reads the file from disk, recognises dates and
money, stages the lines in batches of their own transactions, sums the roll-ups and switches.
"""

import io
import os
import random

from accounts.commands import ledger
from accounts.commands.ledger_file import read_layout
from accounts.commands.ledger_staging import COLUMNS, TABLE
from common import imports
from common.choices import ImportState
from common.models import Import
from people.models import Company

LINES = int(os.environ.get("BENCH_IMPORT_LINES", 1_000_000))
ROUNDS = int(os.environ.get("BENCH_IMPORT_ROUNDS", 7))
ACCOUNTS, PRODUCTS = 10_000, 2_000
MAPPING = {
    "customer": "customer", "date": "date", "document": "document", "product": "product",
    "quantity": "quantity", "amount": "quantity*price",
}  # fmt: skip


def written(path) -> None:
    """Two years of invoices of five lines each, in order of time."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as stream:
        stream.write("document,product,quantity,date,price,customer\n")
        for number in range(LINES // 5):
            day = number * 730 // (LINES // 5)
            date = f"{2024 + day // 365}-{day % 365 // 31 + 1:02d}-{day % 28 + 1:02d} 10:30:00"
            customer = int(ACCOUNTS * chance.random() ** 2)
            for _line in range(5):
                stream.write(
                    f"I{number},P{chance.randrange(PRODUCTS)},{chance.randint(1, 40)},{date},"
                    f"{chance.randint(50, 9000) / 100:.2f},C{customer:05d}\n"
                )


def new_import(path) -> Import:
    options: dict = {}
    return Import.objects.create(
        kind=ledger.KIND, source="bench", filename=path.name, path=imports.relative(path),
        dialect=read_layout(path, options).as_dict(), mapping=MAPPING, options=options,
        state=ImportState.MAPPED,
    )  # fmt: skip


def run(bench) -> dict:
    Company.objects.get_or_create(pk=1, defaults={"name": "Bench", "currency": "EUR"})
    path = imports.new_folder() / "source"
    written(path)
    connection = bench.connection

    def clear() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"TRUNCATE {TABLE}, accounts_accountday, accounts_servicemonth,"
                " accounts_ledgerdelta, accounts_dirtyaccount"
            )
        Import.objects.update(state=ImportState.UNDONE)

    def ours() -> None:
        ledger.run_import(import_id=new_import(path).pk)

    ours()
    copied, columns = io.StringIO(), ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {TABLE} ({columns}) TO STDOUT", copied)

    def reference() -> None:
        copied.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {TABLE} ({columns}) FROM STDIN", copied)

    try:
        return {
            "import_lines_against_copy": bench.alternate(
                ours, reference, n=ROUNDS, before_each=clear
            )
        }
    finally:
        path.unlink()
