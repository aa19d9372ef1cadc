"""manage.py export_kpis --as-of DATE [--base-from D --base-to D --from D --to D] --output FILE"""

import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kpi.queries.export_kpis import kpis
from kpi.queries.periods import Pair, Period

DAYS = {
    "base_from": "first day of the base period",
    "base_to": "last day of the base period",
    "from": "first day of the current period",
    "to": "last day of the current period",
}


class Command(BaseCommand):
    help = "Write company and per-manager figures as of a day; both days of a period belong to it."

    def add_arguments(self, parser):
        parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DATE", required=True)
        for name, words in DAYS.items():
            flag = f"--{name.replace('_', '-')}"
            parser.add_argument(flag, type=dt.date.fromisoformat, metavar="DATE", help=words)
        parser.add_argument("--output", metavar="FILE.json", required=True)

    def handle(self, *, as_of: dt.date, output: str, **options):
        text = json.dumps(kpis(as_of, asked_for(options)), ensure_ascii=False, indent=1)
        Path(output).write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"figures as of {as_of} written to {output}")


def asked_for(options: dict) -> Pair | None:
    """None for the usual periods; all four days or none."""
    days = [options[name] for name in DAYS]
    if not any(days):
        return None
    if not all(days):
        raise CommandError("give all of --base-from, --base-to, --from and --to, or none of them")
    base_first, base_last, first, last = days
    try:
        return Pair(Period(base_first, base_last), Period(first, last))
    except ValueError as error:
        raise CommandError(str(error)) from error
