"""What the market pays: the shipped table, figures of one's own, files with a preview."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.errors import RuleBroken
from common.reading.detect import detect, readable
from common.reading.errors import FileUnusable, Rejected
from common.reading.rows import open_rows
from common.reading.values import TYPED
from hiring.models import PayBenchmark
from hiring.rules import benchmark_rows as rules
from hiring.rules.benchmark import known_city
from people import verbs
from people.commands import record
from people.models import Company, User

SHIPPED = Path(__file__).parent.parent / "pay_benchmarks.csv"
MOST_ROWS = 2_000
MOST_BYTES = 2 * 1024 * 1024
SAME = ("city", "country", "employer", "experience", "low", "high", "median", "currency", "on",
        "origin", "sample_size")  # fmt: skip


def _brought(data: dict) -> str:
    words = ngettext("%(n)s salary figure imported", "%(n)s salary figures imported", data["n"])
    return words % data


verbs.register(
    {
        "benchmark.saved": gettext_lazy("Salary figure entered"),
        "benchmark.removed": gettext_lazy("Salary figure removed"),
        "benchmark.imported": _brought,
    }
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row of a file that cannot be taken: where, what stands there, why."""

    row: int
    field: str
    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds before anything is kept; `rows` are fields ready for a benchmark."""

    rows: list[dict] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


def _check(actor: User) -> None:
    if not actor.hires:
        raise RuleBroken(_("Only recruiters and directors change salary figures."))


@transaction.atomic
def install_benchmarks() -> int:
    """The table of April 2015 and the adverts beside it; nothing where it is there already.

    Returns how many rows were new.
    """
    if PayBenchmark.objects.filter(is_shipped=True).exists():
        return 0
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [
            PayBenchmark(
                **{name: value for name, value in row.items() if name != "on"}
                | {name: Decimal(row[name]) if row[name] else None for name in _AMOUNTS}
                | {"sample_size": int(row["sample_size"]) if row["sample_size"] else None},
                on=dt.date.fromisoformat(row["on"]), is_shipped=True,
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip
    PayBenchmark.objects.bulk_create(rows)
    return len(rows)


_AMOUNTS = ("low", "high", "median")


def _checked(values: Mapping) -> dict:
    values = {**values, "city": known_city(values["city"])}
    try:
        rules.check(values)
    except Rejected as rejected:
        raise RuleBroken(str(rules.REASONS[rejected.code])) from rejected
    if values["on"] > timezone.localdate():
        raise RuleBroken(_("Salary figures are of today or of an earlier day."))
    return values


@transaction.atomic
def save_benchmark(*, actor: User, benchmark_id: int | None = None, **fields) -> PayBenchmark:
    """Enter a figure, or correct one of one's own; shipped ones stay as they were published."""
    _check(actor)
    fields = _checked(fields)
    if benchmark_id is None:
        row = PayBenchmark.objects.create(made_by=actor, **fields)
        changes = {name: [None, _said(value)] for name, value in fields.items() if value}
    else:
        row = _own(actor, benchmark_id)
        changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
        changes = {name: [_said(getattr(row, name)), _said(changed[name])] for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
    if changes:
        record(actor=actor, verb="benchmark.saved", target=row, changes=changes)
    return row


def _own(actor: User, benchmark_id: int) -> PayBenchmark:
    row = PayBenchmark.objects.editable_by(actor).select_for_update().get(pk=benchmark_id)
    if row.is_shipped:
        raise RuleBroken(_("Shipped figures stay as they were published; enter your own beside."))
    return row


def _said(value) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


@transaction.atomic
def remove_benchmark(*, actor: User, benchmark_id: int) -> None:
    _check(actor)
    row = _own(actor, benchmark_id)
    record(actor=actor, verb="benchmark.removed", target=row)
    row.delete()


def read_benchmarks(path: Path) -> Reading:
    """Every row of a CSV or workbook, taken or set aside; FileUnusable when it is no such table."""
    layout = detect(path)
    columns = rules.columns_of(layout.columns)
    missing = [str(rules.FIELDS[name]) for name in rules.REQUIRED if name not in columns]
    if not layout.header or missing:
        raise FileUnusable(
            "no_columns",
            _("The first row must name the columns; missing: %(names)s.")
            % {"names": ", ".join(missing or [str(rules.FIELDS[name]) for name in rules.REQUIRED])},
        )
    reader = rules.RowReader(
        columns, decimal=layout.decimal, order=layout.orders.get(columns["on"], ""),
        currency=Company.current().currency, latest=timezone.localdate(),
    )  # fmt: skip
    found = Reading()
    with open_rows(readable(path, layout), layout) as lines:
        for number, cells in lines:
            if len(found.rows) + len(found.set_aside) >= MOST_ROWS:
                raise FileUnusable("too_many_rows", _("A file holds 2,000 rows at most."))
            try:
                found.rows.append(reader.read(cells))
            except Rejected as rejected:
                found.set_aside.append(_set_aside(number, cells, columns, rejected))
    return found


def _set_aside(number: int, cells: list[str], columns: Mapping, rejected: Rejected) -> SetAside:
    place = columns.get(rejected.field)
    cell = cells[place] if place is not None and place < len(cells) else ""
    return SetAside(
        row=number, field=str(rules.FIELDS.get(rejected.field, rejected.field)),
        cell=(cell[2:] if cell.startswith(TYPED) else cell)[:80],
        reason=str(rules.REASONS[rejected.code]),
    )  # fmt: skip


@transaction.atomic
def import_benchmarks(*, actor: User, rows: Iterable[Mapping], filename: str = "") -> int:
    """Keep what a preview showed; the same figure twice counts once. Returns how many were new."""
    _check(actor)
    known = set(PayBenchmark.objects.values_list(*SAME))
    fresh = []
    for values in rows:
        values = {**_checked(values), "origin": values["origin"] or filename[:200]}
        if (key := tuple(values[name] for name in SAME)) not in known:
            known.add(key)
            fresh.append(PayBenchmark(made_by=actor, **values))
    made = PayBenchmark.objects.bulk_create(fresh)
    if made:
        record(actor=actor, verb="benchmark.imported", target=made[0], n=len(made), file=filename)
    return len(made)
