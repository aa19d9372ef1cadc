"""A next night over 24 months of ledger against one over 12 months with as many lines a day."""

import statistics

from common.jobs import silent
from kpi import jobs
from tests.bench import book_data, people_data
from tests.bench.bench_recompute import ACCOUNTS, LINES, ROUNDS, Nights
from tests.bench.sizes import two_sizes

DAYS = {"small": book_data.DAYS // 2, "large": book_data.DAYS}


def run(bench) -> dict[str, dict]:
    """night_24_months: what lies behind the windows should cost a night nothing."""

    def fill(which: str) -> None:
        book_data.fill(ACCOUNTS, LINES * DAYS[which] // book_data.DAYS, DAYS[which])
        people_data.live(book_data.LAST)
        jobs.recompute(silent)
        book_data.analyze()

    with two_sizes(fill) as use:
        nights = {which: Nights() for which in DAYS}
        times: dict[str, list[float]] = {which: [] for which in DAYS}
        for number in range(ROUNDS + 1):
            for which in DAYS:
                use(which)
                nights[which].trade()
                taken = bench.seconds(nights[which].whole_night)
                if number:
                    times[which].append(taken)
    large, small = (statistics.median(times[which]) for which in ("large", "small"))
    return {
        "night_24_months": {
            "ratio": large / small, "ours": large, "reference": small, "unit": "s", "n": ROUNDS
        }
    }  # fmt: skip
