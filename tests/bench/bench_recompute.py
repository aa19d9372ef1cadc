"""The night for 100,000 accounts against the database's own scan of the year's ledger lines."""

import datetime as dt
import os
from functools import partial

from django.db import connection

from accounts.models import Account, Scoring
from kpi.commands import recompute
from kpi.rules import windows
from tests.bench import book_data

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", 100_000))
LINES = int(os.environ.get("BENCH_LINES", 10_000_000))
LINES_A_NIGHT = max(1, LINES // book_data.DAYS)


def run(bench) -> dict[str, dict]:
    """Each against `GROUP BY` in one process.

    recompute_next_night: a day's invoices came, every account is judged, changed rows written.
    recompute_one_percent: the same day again after 1 % of the accounts were corrected.
    recompute_ten_times: a next night with ten times a day's invoices.
    recompute_24_months: everything anew from 24 months of daily facts, month-ends and all.
    """
    if not Account.objects.exists():
        book_data.fill(ACCOUNTS, LINES)
        recompute(as_of=book_data.LAST)
        book_data.analyze()
    nights = Nights()

    def measured(night, prepare, n=7) -> dict:
        return bench.alternate(night, nights.scan, before_each=prepare, n=n)

    return {
        "recompute_next_night": measured(nights.next_night, nights.trade),
        "recompute_one_percent": measured(nights.same_day, nights.correct),
        "recompute_ten_times": measured(nights.next_night, partial(nights.trade, 10)),
        "recompute_24_months": measured(nights.anew, nights.forget, n=3),
    }


class Nights:
    """Days go on; before each night its day's invoices are imported, unmeasured."""

    def __init__(self):
        self.day = book_data.LAST
        self.prepared = False

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
