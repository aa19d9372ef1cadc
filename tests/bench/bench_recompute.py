"""The night for 100,000 accounts against the database's own scan of the year's ledger lines."""

import datetime as dt
import os
import resource
from functools import partial

from django.db import connection

from accounts.models import Account, Scoring
from common.jobs import silent
from kamhub.celery import keep_still
from kpi import jobs
from kpi.commands import recompute
from kpi.rules import windows
from tests.bench import book_data, people_data

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", 100_000))
LINES = int(os.environ.get("BENCH_LINES", 10_000_000))
LINES_A_NIGHT = max(1, LINES // book_data.DAYS)
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 7))


def run(bench) -> dict[str, dict]:
    """Each against `GROUP BY` in one process.

    night_next: a day's invoices came, and the whole job runs: scores, health, readings, chances,
    dependence, warnings. night_one_percent: the same day again after 1 % of the accounts were
    corrected. night_ten_times_lines: a next night with ten times a day's invoices.
    night_memory: the most memory the process took, against what it had before the first night.

    recompute_…: the scores alone. recompute_24_months: everything anew from 24 months of daily
    facts, month-ends and all.
    """
    if not Account.objects.exists():
        book_data.fill(ACCOUNTS, LINES)
        people_data.live(book_data.LAST)
    keep_still()  # as every worker
    before = peak()
    jobs.recompute(silent)
    book_data.analyze()
    nights = Nights()

    def measured(night, prepare, n=ROUNDS) -> dict:
        return bench.alternate(night, nights.scan, before_each=prepare, n=n)

    found = {
        "night_next": measured(nights.whole_night, nights.trade),
        "night_one_percent": measured(nights.whole_night, nights.correct, n=3),
        "night_ten_times_lines": measured(nights.whole_night, partial(nights.trade, 10)),
    }
    after = peak()
    return {
        **found,
        "night_memory": {
            "ratio": after / before, "ours": after, "reference": before, "unit": "MiB", "n": 1
        },
        "recompute_next_night": measured(nights.next_night, nights.trade),
        "recompute_one_percent": measured(nights.same_day, nights.correct),
        "recompute_ten_times": measured(nights.next_night, partial(nights.trade, 10)),
        "recompute_24_months": measured(nights.anew, nights.forget, n=3),
    }  # fmt: skip


def peak() -> float:
    """Memory of this process at its most, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Nights:
    """Days go on; before each night its day's invoices are imported, unmeasured."""

    def __init__(self):
        self.day = book_data.LAST
        self.prepared = False
        self.parts: dict[str, float] = {}

    def trade(self, times: int = 1) -> None:
        if not self.prepared:
            self.day += dt.timedelta(days=1)
            book_data.buy(self.day, times * LINES_A_NIGHT, seed=self._seed())
            self.prepared = True

    def correct(self) -> None:
        if not self.prepared:
            touched = 0
            while touched < ACCOUNTS // 100:
                touched += book_data.buy(
                    self.day, ACCOUNTS // 100 - touched, known_days=True, seed=self._seed(touched)
                )
            self.prepared = True

    def _seed(self, salt: int = 0) -> float:
        return ((self.day.toordinal() * 7 + salt) % 997) / 1000

    def next_night(self) -> None:
        self.prepared = False
        assert recompute(as_of=self.day)["days"] == 1

    same_day = next_night

    def whole_night(self) -> None:
        """The job itself: the ledger ends on this day, so its figures are shown as of it."""
        self.prepared = False
        result = jobs.recompute(silent)
        assert (result["as_of"], result["days"]) == (self.day.isoformat(), 1), result
        assert "warnings" in result and "health" in result, result
        self.parts = result["parts"]

    def forget(self) -> None:
        """As if no night had ever been; the rows of scores stay and are found equal or not."""
        Scoring.objects.all().delete()

    def anew(self) -> None:
        assert recompute(as_of=self.day)["days"] > 12

    def scan(self) -> None:
        window = windows.trailing_year(self.day)
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute(
                "SELECT account_id, sum(net) FROM accounts_ledgerline"
                " WHERE day > %s AND day <= %s GROUP BY account_id",
                [window.after, window.until],
            )
            cursor.fetchall()
            cursor.execute("RESET max_parallel_workers_per_gather")
