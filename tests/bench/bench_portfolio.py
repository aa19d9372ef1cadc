"""The portfolio page and a trial of a policy at 100,000 accounts, against 1,000."""

import os

from django.test import Client

from people.choices import Role
from tests.bench.sizes import small_and_large
from tests.cast import make_user

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", 100_000))
PAGE = "/portfolio/"
TRIAL = (
    "/portfolio/laboratory/?tried=on&basis=revenue&cut_a=70&cut_b=90&tier_a_is_key=on"
    "&single_share=10&cap=500&accounts_per_kam=3"
)


def run(bench) -> dict[str, dict]:
    with small_and_large(ACCOUNTS) as use:
        readers = {}
        for which in ("small", "large"):
            use(which)
            readers[which] = Client()
            readers[which].force_login(make_user("Director", Role.DIRECTOR))

        def visit(which: str, path: str, **headers):
            def ask() -> None:
                assert readers[which].get(path, headers=headers).status_code == 200

            return ask

        def alternate(path: str, **headers) -> dict:
            return alternated(bench, use, visit, path, **headers)

        return {
            "portfolio_page": alternate(PAGE),
            "portfolio_trial": alternate(TRIAL, **{"HX-Request": "true"}),
        }


def alternated(bench, use, visit, path: str, n: int = 15, **headers) -> dict:
    """Medians of n visits each; connecting and the first visit are not measured."""
    times: dict[str, list[float]] = {"large": [], "small": []}
    for _round in range(n):
        for which in times:
            use(which)
            ask = visit(which, path, **headers)
            ask()
            times[which].append(bench.seconds(ask))
    large, small = (sorted(times[which])[n // 2] for which in ("large", "small"))
    return {"ratio": large / small, "ours": large, "reference": small, "unit": "s", "n": n}
