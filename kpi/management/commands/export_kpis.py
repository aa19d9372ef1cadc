"""manage.py export_kpis --as-of DATE --output FILE.json"""

import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand

from kpi.queries.export_kpis import kpis


class Command(BaseCommand):
    help = "Write company and per-manager figures as of a day."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", required=True)
        parser.add_argument("--output", metavar="FILE.json", required=True)

    def handle(self, *, as_of: dt.date, output: str, **options):
        text = json.dumps(kpis(as_of), ensure_ascii=False, indent=1)
        Path(output).write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"figures as of {as_of} written to {output}")
