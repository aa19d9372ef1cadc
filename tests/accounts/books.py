"""Ledger files for tests, and what the ledger says after them."""

from collections import defaultdict
from decimal import Decimal

from accounts.commands import ledger
from accounts.commands.ledger_file import read_layout
from accounts.models import AccountDay, LedgerLine, ServiceMonth
from common import imports
from common.choices import ImportState
from common.models import Import
from common.reading.guess import guess_mapping

HEADER = "customer id,date,amount,document,line,product,category,currency,cost"


def make_import(text: str, *, source="erp", mapping=None, user=None, **options) -> Import:
    """An import of the text, mapped and ready to run."""
    folder = imports.new_folder()
    path, size, sha256 = imports.keep([text.encode()], folder)
    layout = read_layout(path, options)
    return Import.objects.create(
        kind=ledger.KIND, source=source, filename="book.csv", path=imports.relative(path),
        size=size, sha256=sha256, dialect=layout.as_dict(), options=options,
        mapping=mapping or guess_mapping(layout.columns), state=ImportState.MAPPED,
        created_by=user,
    )  # fmt: skip


def book(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def bring(*rows: str, header: str = HEADER, **options) -> Import:
    """Import the rows at once."""
    return ledger.run_import(import_id=make_import(book(*rows, header=header), **options).pk)


def totals() -> tuple[dict, dict]:
    """The roll-ups as stored: by account and day, by account, service line and month."""
    fields = ("net", "positive", "cost", "uncosted", "lines")
    days = {row[:2]: row[2:] for row in AccountDay.objects.values_list("account", "day", *fields)}
    months = {
        row[:3]: row[3:]
        for row in ServiceMonth.objects.values_list("account", "service_line", "month", *fields)
    }
    return days, months


def recomputed() -> tuple[dict, dict]:
    """The same from the live lines, one at a time, in plain Python."""
    days: dict = defaultdict(lambda: [Decimal(0)] * 4 + [0])
    months: dict = defaultdict(lambda: [Decimal(0)] * 4 + [0])
    for line in LedgerLine.objects.live().exclude(net=None):
        step = [
            line.net, max(line.net, Decimal(0)), line.net_cost or Decimal(0),
            line.net if line.net_cost is None else Decimal(0), 1,
        ]  # fmt: skip
        month = (line.account_id, line.service_line_id, line.day.replace(day=1))
        for sums in (days[line.account_id, line.day], months[month]):
            for place, value in enumerate(step):
                sums[place] += value
    return (
        {key: tuple(values) for key, values in days.items()},
        {key: tuple(values) for key, values in months.items()},
    )
