"""The night's step of dependence over many accounts and ties against its own ledger scan."""

import os

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.commands.dependence import write_dependence
from accounts.models import AccountScore, Assignment
from kpi.commands import recompute
from people.choices import Role
from people.models import company_day
from tests.bench import book_data
from tests.bench.people_data import tie
from tests.cast import make_user

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", 100_000))
LINES = int(os.environ.get("BENCH_LINES", 10_000_000))
MOST_QUERIES = 60


def run(bench) -> dict[str, dict]:
    """The night's step, and money by manager over a year, each against one `GROUP BY`."""
    book_data.fill(ACCOUNTS, LINES)
    recompute(as_of=book_data.LAST)
    tie()
    book_data.analyze()
    director = Client()
    director.force_login(make_user("Director", Role.DIRECTOR))

    def pages(path: str):
        def ask() -> None:
            with CaptureQueriesContext(connection) as queries:
                assert director.get(path).status_code == 200
            assert len(queries) <= MOST_QUERIES, len(queries)

        return ask

    return {
        "dependence_night": bench.alternate(lambda: write_dependence(day=company_day()), scan),
        "by_manager_page": bench.alternate(pages("/kpi/by-manager/"), scan),
        "simulator_page": bench.alternate(pages(simulated()), scan),
    }


def simulated() -> str:
    """The manager on whom most hangs, with some 2,500 accounts."""
    largest = AccountScore.objects.order_by("-own_revenue").values("account")[:1]
    owner = Assignment.objects.owners().on(company_day()).get(account=largest).user_id
    return f"/simulator/?ours={owner}"


def scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute(
            "SELECT account_id, sum(net) FROM accounts_ledgerline"
            " WHERE day > %s - 365 AND day <= %s GROUP BY account_id",
            [book_data.LAST, book_data.LAST],
        )
        cursor.fetchall()
        cursor.execute("RESET max_parallel_workers_per_gather")
