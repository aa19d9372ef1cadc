from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from common import backup
from common.errors import RuleBroken


class Command(BaseCommand):
    help = "Bring a backup into an empty place and prove by digest that all of it arrived."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--erased", type=Path, help="list of the erased, of the place that was lost"
        )

    def handle(self, *args, file: Path, erased: Path | None, **options):
        try:
            report = backup.restore(file, erased=erased)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        for table in report.tables:
            if table.rows:
                self.stdout.write(f"{table.name:40} {table.rows:10}  {table.digest[:16]}")
        self.stdout.write(
            f"{report.rows} rows, {report.files} files, digest {report.digest}: equal"
        )
        self.stdout.write(f"{report.erased} candidates erased again")
        for line in (*report.missing, *report.warnings):
            self.stderr.write(line)
