"""The measures at many accounts against few: pages of readings, and one night's reading of them."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kpi.commands import write_readings
from kpi.models import ReadingDay
from people.choices import Role
from people.models import User
from tests.bench import book_data
from tests.bench.bench_portfolio import ACCOUNTS, alternated
from tests.bench.sizes import SMALL, small_and_large
from tests.cast import make_company, make_user

MOST_QUERIES = 15
PAGES = {"measures_page": "/kpi/", "measure_page": "/kpi/retention/?by=manager"}
NIGHTS = 3


def run(bench) -> dict[str, dict]:
    with small_and_large(ACCOUNTS) as use:
        readers = {}
        for which in ("small", "large"):
            use(which)
            make_company(set_up_at=timezone.now())
            make_user("Reader", Role.DIRECTOR)
            write_readings()
            book_data.analyze()
            readers[which] = Client()
            readers[which].force_login(User.objects.get(name="Reader"))

        def visit(which: str, path: str, **headers):
            def ask() -> None:
                assert readers[which].get(path, headers=headers).status_code == 200

            return ask

        found = {"readings_night": night(use)}
        for name, path in PAGES.items():
            use("large")
            visit("large", path)()
            with CaptureQueriesContext(connection) as queries:
                visit("large", path)()
            assert len(queries) <= MOST_QUERIES, len(queries)
            found[name] = alternated(bench, use, visit, path)
        return found


def night(use) -> dict:
    """A usual night (the newest day and one corrected month-end): time by account, of many against
    few, so that 1 is a night that grows as the book does."""
    middle = {which: _median(use, which) for which in ("small", "large")}
    ratio = (middle["large"] / ACCOUNTS) / (middle["small"] / SMALL)
    return {
        "ratio": ratio, "ours": middle["large"], "reference": middle["small"], "unit": "s",
        "n": NIGHTS,
    }  # fmt: skip


def _median(use, which: str) -> float:
    use(which)
    seconds = []
    for _night in range(NIGHTS):
        end = ReadingDay.objects.order_by("-day")[1]
        ReadingDay.objects.filter(pk=end.pk).update(digest="")
        begun = time.perf_counter()
        write_readings()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)
