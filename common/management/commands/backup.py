from pathlib import Path

from django.core.management.base import BaseCommand

from common import backup


class Command(BaseCommand):
    help = "Write database and uploads into one file; safe while people work."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        report = backup.back_up(file)
        self.stdout.write(
            f"{file}: {report.rows} rows in {len(report.tables)} tables, {report.files} files,"
            f" digest {report.digest}"
        )
        for path in report.missing:
            self.stderr.write(f"A row refers to a file that is not there: {path}")
