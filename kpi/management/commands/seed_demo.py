"""seed_demo: the invented company Severpack, the same for the same seed."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kpi.demo.seed import seed_company
from people.models import User


class Command(BaseCommand):
    help = "Fill an empty database with the demo company Severpack; a filled one is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", type=int, default=250)
        parser.add_argument("--months", type=int, default=36)
        parser.add_argument("--candidates", type=int, default=0)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--as-of", type=dt.date.fromisoformat, default=None)

    def handle(self, *args, **options):
        if options["accounts"] < 1 or options["months"] < 1:
            raise CommandError("--accounts and --months begin at 1")
        if User.objects.exists():
            self.stdout.write("The database has people already; nothing was written.")
            return
        seed_company(
            accounts=options["accounts"],
            months=options["months"],
            seed=options["seed"],
            today=options["as_of"] or timezone.localdate(),
            say=self.stdout.write,
            candidates=options["candidates"],
        )
