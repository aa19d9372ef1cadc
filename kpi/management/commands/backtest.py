"""manage.py backtest --as-of DATE --horizon DAYS --output FILE.json"""

import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kpi.queries.forecast import tested


class Command(BaseCommand):
    help = "Try the warning models on a past day against what then happened."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", required=True)
        parser.add_argument("--horizon", type=int, metavar="DAYS", default=90)
        parser.add_argument("--output", metavar="FILE.json", required=True)

    def handle(self, *, as_of: dt.date, horizon: int, output: str, **options):
        if horizon < 1:
            raise CommandError("--horizon must be one day or more")
        found = tested(as_of, horizon)
        text = json.dumps(found, ensure_ascii=False, indent=1)
        Path(output).write_text(text + "\n", encoding="utf-8")
        self.stdout.write(found["verdict"])
