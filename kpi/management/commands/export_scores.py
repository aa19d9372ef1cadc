"""manage.py export_scores --as-of DATE --output FILE.csv"""

import datetime as dt

from django.core.management.base import BaseCommand

from kpi.queries.exports import write_scores


class Command(BaseCommand):
    help = "Write one row per account with its tier, key and order figures as of a day."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", required=True)
        parser.add_argument("--output", metavar="FILE.csv", required=True)

    def handle(self, *, as_of: dt.date, output: str, **options):
        with open(output, "w", encoding="utf-8", newline="") as file:
            count = write_scores(file, as_of)
        self.stdout.write(f"{count} accounts as of {as_of} written to {output}")
