"""Read a ledger export from the command line: every accepted row, or none."""

import shutil
import signal
import sys
from pathlib import Path

from babel.numbers import list_currencies
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from accounts.commands import ledger
from accounts.commands.ledger_file import LedgerFile, read_layout
from common import imports
from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Import
from common.reading.errors import FileUnusable
from common.reading.guess import FIELDS, guess_mapping


class Command(BaseCommand):
    help = "Import a ledger export (csv, csv.gz, tsv or xlsx). Exit 2: unusable, nothing written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map", nargs="+", action="extend", default=[], metavar="FIELD=COLUMN",
            help=f"columns of the fields {', '.join(FIELDS)}; an amount may be a product of two"
            " columns: amount=Quantity*UnitPrice. Without --map columns are guessed by name",
        )  # fmt: skip
        parser.add_argument("--source", default="ledger", help="the system the file comes from")
        parser.add_argument(
            "--where", nargs="+", action="extend", default=[], metavar="CONDITION",
            help="COLUMN=VALUE or COLUMN!=VALUE; other rows are passed over",
        )  # fmt: skip
        parser.add_argument(
            "--dry-run", action="store_true", help="count and report, write nothing"
        )
        parser.add_argument(
            "--replace-documents", action="store_true",
            help="lines missing from a document that is imported again are removed",
        )  # fmt: skip
        parser.add_argument("--report", type=Path, help="write rejected rows to this CSV file")
        parser.add_argument("--currency", default="", help="of lines without a currency column")
        parser.add_argument("--encoding", default="")
        parser.add_argument("--delimiter", default="")
        parser.add_argument("--decimal", default="", choices=["", ".", ","])
        parser.add_argument("--date-format", default="", help="like dd.mm.yyyy or %%d.%%m.%%Y")

    def handle(self, **options) -> None:
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            Work(options, self.stdout, self.stderr).do()
        except (RuleBroken, OSError) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        finally:
            signal.signal(signal.SIGTERM, before)


class Work:
    def __init__(self, options: dict, stdout, stderr):
        self.options, self.stdout, self.stderr = options, stdout, stderr
        self.percent = -1

    def do(self) -> None:
        batch = self.prepare()
        try:
            if self.options["dry_run"]:
                counts = self.dry_run(batch)
            else:
                batch = ledger.run_import(import_id=batch.pk, progress=self.progress)
                counts = batch.counts
        except BaseException as error:
            if isinstance(error, RuleBroken) and batch.pk:
                imports.discard_files(batch)
                batch.delete()
            raise
        else:
            self.write_report(batch)
        finally:
            if self.options["dry_run"]:
                imports.discard_files(batch)
        self.say(batch, counts)

    def prepare(self) -> Import:
        """The import's row and its own copy of the file; an interrupted attempt is taken up."""
        path: Path = self.options["file"]
        if not path.is_file():
            raise FileUnusable("no_file", _("There is no file %(path)s.") % {"path": path})
        self.check_currency()
        layout_said = {
            name: self.options[name]
            for name in ("encoding", "delimiter", "decimal")
            if self.options[name]
        }
        kept = {
            "layout": layout_said,
            "where": self.options["where"],
            "currency": self.options["currency"],
            "date_format": self.options["date_format"],
            "replace_documents": self.options["replace_documents"],
        }
        folder = imports.new_folder()
        try:
            with path.open("rb") as stream:
                copy, size, sha256 = imports.keep(iter(lambda: stream.read(1 << 20), b""), folder)
            layout = read_layout(copy, kept)
            mapping = self.mapping(layout.columns)
            if not self.options["dry_run"]:
                LedgerFile(copy, layout, [f"{f}={c}" for f, c in mapping.items()], kept)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        batch = Import(
            kind=ledger.KIND, source=self.options["source"], filename=path.name[:255],
            path=imports.relative(copy), size=size, sha256=sha256, dialect=layout.as_dict(),
            mapping=mapping, options=kept, state=ImportState.MAPPED,
        )  # fmt: skip
        return batch if self.options["dry_run"] else self.taken_up(batch)

    def check_currency(self) -> None:
        code = self.options["currency"] = self.options["currency"].upper()
        if code and code not in list_currencies():
            raise FileUnusable(
                "unknown_currency", _("There is no currency %(code)s.") % {"code": code}
            )

    def mapping(self, columns: tuple[str, ...]) -> dict[str, str]:
        if not self.options["map"]:
            return guess_mapping(columns)
        pairs = (pair.partition("=") for pair in self.options["map"])
        return {field.strip(): text.strip() for field, _mark, text in pairs}

    def taken_up(self, batch: Import) -> Import:
        """The unfinished import of the same file with the same words, else this new one."""
        same = Import.objects.filter(
            kind=batch.kind, source=batch.source, sha256=batch.sha256, created_by=None,
            mapping=batch.mapping, options=batch.options,
            state__in=[ImportState.MAPPED, ImportState.RUNNING, ImportState.CHECKED],
        ).first()  # fmt: skip
        if same is None:
            batch.save()
            return batch
        imports.discard_files(batch)
        return same

    def dry_run(self, batch: Import) -> dict:
        file = LedgerFile(
            imports.source_of(batch),
            read_layout(imports.source_of(batch), batch.options),
            [f"{field}={text}" for field, text in batch.mapping.items()],
            batch.options,
        )
        _preview, counts = ledger.look_through(file, batch, self.progress)
        batch.report = imports.relative(imports.folder_of(batch) / "check.csv")
        return counts

    def write_report(self, batch: Import) -> None:
        if self.options["report"]:
            source = imports.folder_of(batch) / Path(batch.report).name
            shutil.copyfile(source, self.options["report"])

    def progress(self, done: int, total: int, *, force: bool = False) -> None:
        percent = done * 100 // total if total else 100
        if percent != self.percent and self.options["verbosity"]:
            self.percent = percent
            self.stderr.write(f"\r{percent} %", ending="" if percent < 100 else "\n")
            self.stderr.flush()

    def say(self, batch: Import, counts: dict) -> None:
        names = ("rows", "filtered", "rejected", "lines", "new", "changed", "same", "missing",
                 "removed", "unconverted", "accounts", "products")  # fmt: skip
        shown = ", ".join(f"{counts.get(name, 0)} {name}" for name in names if counts.get(name))
        begin = "dry run" if self.options["dry_run"] else f"import {batch.pk}"
        self.stdout.write(f"{begin}: {shown or '0 lines'}")
        for code, fields in counts.get("reasons", {}).items():
            for field, count in fields.items():
                self.stdout.write(f"  rejected {count}: {field} {code}")
