"""manage.py recompute [--as-of DATE]: the night's work, now and in this process."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from common.choices import JobState
from common.jobs import run_now
from common.models import Job


class Command(BaseCommand):
    help = "Compute tiers, key accounts and concentration as of a day; safe to repeat or interrupt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of",
            type=dt.date.fromisoformat,
            metavar="DATE",
            help="YYYY-MM-DD; by default today in the company's time zone, or the last day of a"
            " ledger that ended more than 45 days ago",
        )

    def handle(self, *, as_of: dt.date | None = None, **options):
        kwargs = {"wait": False, **({"as_of": as_of.isoformat()} if as_of else {})}
        run = run_now(Job.objects.create(name="kpi.jobs.recompute", kwargs=kwargs).pk)
        if run.state != JobState.DONE:
            raise CommandError(run.error or f"the run ended as {run.get_state_display()}")
        if run.result.get("skipped"):
            self.stdout.write("already running elsewhere; nothing was done here")
            return
        self.stdout.write(
            "as of {as_of}: {accounts} accounts, {changed} rows changed, {moves} tier moves,"
            " {days} days judged, {seconds} s".format(**run.result)
        )
