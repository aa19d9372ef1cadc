"""From an Import row to a stream of ledger lines."""

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from babel.numbers import get_currency_precision, list_currencies
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ExternalId, LedgerLine, Product
from accounts.rules.lines import ID_FIELDS, Line, LineReader, Terms
from common import imports
from common.export import FORMULA
from common.models import Import
from common.reading import detect, guess
from common.reading.dates import order_of
from common.reading.errors import REASONS, FileUnusable, Reject
from common.reading.expressions import parse_condition, parse_mapping
from common.reading.layout import Layout
from common.reading.rows import open_rows
from people.models import Company

AHEAD = dt.timedelta(days=366)
LENGTHS = {
    "customer": ExternalId._meta.get_field("value").max_length,
    "parent": ExternalId._meta.get_field("value").max_length,
    "document": LedgerLine._meta.get_field("document").max_length,
    "line": LedgerLine._meta.get_field("line").max_length,
    "product": Product._meta.get_field("code").max_length,
}
LAYOUT_FIELDS = ("encoding", "delimiter", "decimal", "header", "sheet")


def read_layout(path: Path, options: dict) -> Layout:
    """Detect how the file is written; what `options["layout"]` says is believed."""
    said = {name: value for name, value in options.get("layout", {}).items() if value != ""}
    return detect.detect(path, **said)


class LedgerFile:
    """A file ready to be read: `rows` is their number, `reader` turns them into lines."""

    def __init__(self, path: Path, layout: Layout, pairs: list[str], options: dict):
        mapping = parse_mapping(pairs, layout.columns, guess.FIELDS)
        self._check(mapping)
        text = detect.readable(path, layout)
        ids = {mapping[name].column for name in ID_FIELDS if name in mapping}
        date = mapping["date"].column
        survey = detect.survey(text, layout, dates={date}, ids=ids)
        order = date_order(layout, survey, date, options.get("date_format", ""))
        company = Company.current()
        self.path, self.layout, self.rows = text, replace(layout, orders={date: order}), survey.rows
        self.mapping = mapping
        self.reader = LineReader(
            Terms(
                mapping=mapping,
                decimal=layout.decimal,
                orders={date: order},
                whole=survey.whole,
                where=tuple(
                    parse_condition(one, layout.columns) for one in options.get("where", [])
                ),
                currency=options.get("currency") or company.currency,
                currencies=frozenset(list_currencies()),
                exponents=get_currency_precision,
                latest=timezone.localdate() + AHEAD,
                lengths=LENGTHS,
            )
        )

    @staticmethod
    def _check(mapping: dict) -> None:
        has_amount = "amount" in mapping or {"quantity", "unit_price"} <= mapping.keys()
        missing = [name for name in ("customer", "date") if name not in mapping]
        if missing or not has_amount:
            raise FileUnusable(
                "unmapped",
                _(
                    "Customer, date and amount must each have a column."
                    " An amount may be a quantity times a unit price."
                ),
            )

    @contextmanager
    def lines(self) -> Iterator[Iterator[Line | Reject]]:
        with open_rows(self.path, self.layout) as rows:
            yield self.reader.lines(rows)


def date_order(layout: Layout, survey: detect.Survey, date: int, said: str) -> str:
    if said:
        try:
            return order_of(said)
        except ValueError as error:
            raise FileUnusable(
                "bad_date_format",
                _("“%(format)s” is no date format. Write it like dd.mm.yyyy.") % {"format": said},
            ) from error
    if date in survey.ambiguous:
        raise FileUnusable(
            "ambiguous_dates",
            _(
                "The dates in “%(column)s” could be day first or month first."
                " Say which, like dd/mm/yyyy."
            )
            % {"column": layout.columns[date]},
        )
    return survey.orders[date]


def open_ledger(batch: Import) -> LedgerFile:
    """The import's file with what was said about it; FileUnusable where they do not fit."""
    layout = Layout.from_dict(batch.dialect)
    pairs = [f"{name}={text}" for name, text in batch.mapping.items() if text]
    return LedgerFile(imports.source_of(batch), layout, pairs, batch.options)


class Report:
    """Rows set aside, written to a file that spreadsheets open without running anything."""

    def __init__(self, path: Path):
        self.counts: dict[str, dict[str, int]] = {}
        self.total = 0
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow([_("row"), _("field"), _("reason"), _("value")])
        self._sentences: dict[str, str] = {}

    def add(self, reject: Reject) -> None:
        self.total += 1
        fields = self.counts.setdefault(reject.code, {})
        fields[reject.field] = fields.get(reject.field, 0) + 1
        if reject.code not in self._sentences:
            self._sentences[reject.code] = str(REASONS[reject.code])
        self._writer.writerow(
            [reject.row, reject.field, self._sentences[reject.code], harmless(reject.value)]
        )

    def note(self, field: str, sentence: str, value: str, *, row: int | str = "") -> None:
        """A line of the report that is no rejected row."""
        self._writer.writerow([row, field, harmless(sentence), harmless(value)])

    def close(self) -> None:
        self._stream.close()


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = text.replace("\x1f", "").replace("\x00", "")
    return f"'{text}" if FORMULA.match(text) else text
