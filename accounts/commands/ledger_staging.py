"""Lines of a file beside the live ledger, batch by batch, invisible until the switch."""

from array import array
from collections import Counter
from collections.abc import Iterator

from babel.numbers import get_currency_precision
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.commands.ledger_claim import Claim
from accounts.commands.ledger_file import LedgerFile, Report
from accounts.commands.ledger_known import Known
from accounts.models import (
    LedgerLine,
    Rate,
    Source,
)
from accounts.rules.ledger import CHANGED, SAME, RateTable, kind_of
from accounts.rules.lines import Line
from common.dbops import batch_size, chunks, insert_rows
from common.models import Import
from common.reading.guess import folded
from people.models import Company

TABLE = LedgerLine._meta.db_table
COLUMNS = (
    "batch_id", "source_id", "document", "line", "day", "account_id", "product_id",
    "service_line_id", "quantity", "currency", "amount", "cost", "net", "net_cost", "status",
    "digest",
)  # fmt: skip
LOOKED_UP = 500  # documents asked about at once


def rate_table() -> RateTable:
    """All known rates into the company's currency."""
    base = Company.current().currency
    rows = Rate.objects.values_list("currency", "day", "rate")
    return RateTable(
        base, get_currency_precision(base), ((c, day, int(rate * 10**10)) for c, day, rate in rows)
    )


class Stage:
    """Goes through a file once. `write=False` counts what would happen and changes nothing."""

    def __init__(self, batch: Import, file: LedgerFile, report: Report, claim: Claim | None):
        self.batch, self.file, self.report, self.claim = batch, file, report, claim
        self.write = claim is not None
        self.source = self._source()
        self.known = Known(batch, self.source, file)
        self.rates = rate_table()
        self.counts: Counter[str] = Counter()
        self.same = array("q")
        self.first_rows: list[Line] = []
        self._had_lines = bool(
            self.source and LedgerLine.objects.filter(source=self.source).exists()
        )

    def _source(self) -> Source | None:
        if self.write:
            return Source.objects.get_or_create(name=self.batch.source)[0]
        return Source.objects.filter(name=self.batch.source).first()

    def run(self, progress) -> None:
        """All rows of the file; `progress(done, total)` after each batch."""
        size = batch_size()
        with self.file.lines() as results:
            for chunk in chunks(self._accepted(results), size):
                self._batch(chunk)
                progress(self.counts["lines"] + self.report.total, self.file.rows)
        self.counts["rows"] = self.file.rows
        self.counts["filtered"] = self.file.reader.filtered
        self.counts["rejected"] = self.report.total
        self.counts.update(self.known.made)

    def _accepted(self, results) -> Iterator[Line]:
        for result in results:
            if isinstance(result, Line):
                yield result
            else:
                self.report.add(result)

    def _batch(self, lines: list[Line]) -> None:
        self.counts["lines"] += len(lines)
        if len(self.first_rows) < 50:
            self.first_rows += lines[: 50 - len(self.first_rows)]
        if not self.write:
            self.known.new_customers(lines)
            self._sorted_out(lines)
            return
        with transaction.atomic():
            self.claim.renew()
            self.known.create(lines)
            self.known.note_parents(lines)
            fresh, replaced = self._sorted_out(lines)
            insert_rows(TABLE, COLUMNS, map(self._row, fresh))
            LedgerLine.objects.filter(pk__in=replaced).update(superseded_by=self.batch)

    def _sorted_out(self, lines: list[Line]) -> tuple[list[Line], list[int]]:
        """Lines to write, and the ids of live lines they replace."""
        live = self._live(lines) if self._had_lines else {}
        fresh, replaced = [], []
        for line in lines:
            pk, digest = live.get((line.document, line.line), (None, None))
            kind = kind_of(line.digest, digest)
            self.counts[kind] += 1
            if kind == SAME:
                self.same.append(pk)
                continue
            fresh.append(line)
            if kind == CHANGED:
                replaced.append(pk)
                self.same.append(pk)
        return fresh, replaced

    def _live(self, lines: list[Line]) -> dict[tuple[str, str], tuple[int, int]]:
        rows = LedgerLine.objects.live().filter(
            source=self.source,
            document__in={line.document for line in lines},
            line__in={line.line for line in lines},
        )
        return {
            (document, number): (pk, digest)
            for pk, document, number, digest in rows.values_list("pk", "document", "line", "digest")
        }

    def _row(self, line: Line) -> tuple:
        product, product_line = self.known.products.get(line.product, (None, None))
        named = bool(line.service_line) or product_line is None
        service_line = (
            self.known.service_lines[folded(line.service_line)] if named else product_line
        )
        net = self.rates.net(line.amount, line.currency, line.day, line.status)
        net_cost = self.rates.net(line.cost, line.currency, line.day, line.status)
        if net is None:
            self.counts["unconverted"] += 1
        return (
            self.batch.pk, self.source.pk, line.document, line.line, line.day,
            self.known.accounts[line.customer], product, service_line, line.quantity,
            line.currency, line.amount, line.cost, net, net_cost, line.status, line.digest,
        )  # fmt: skip

    def missing(self) -> None:
        """Live lines of the file's documents that the file no longer has: listed, or removed."""
        if not self._had_lines:
            return
        met = set(self.same)
        replace = bool(self.batch.options.get("replace_documents"))
        for documents in chunks(iter(list(self.file.reader.documents)), LOOKED_UP):
            rows = LedgerLine.objects.live().filter(source=self.source, document__in=documents)
            gone = [row for row in rows.values_list("pk", "document", "line") if row[0] not in met]
            self.counts["removed" if replace else "missing"] += len(gone)
            for _pk, document, line in gone:
                self.report.note("document", _sentence(replace), f"{document} / {line}")
            if replace and gone and self.write:
                with transaction.atomic():
                    self.claim.renew()
                    LedgerLine.objects.filter(pk__in=[row[0] for row in gone]).update(
                        superseded_by=self.batch
                    )


def _sentence(replace: bool) -> str:
    if replace:
        return _("No longer in the file: removed.")
    return _("In the ledger, but no longer in the file: kept.")
