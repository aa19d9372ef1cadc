"""The account list and a search in it at 100,000 accounts, against 1,000."""

from django.test import Client

from people.choices import Role
from tests.bench.bench_portfolio import ACCOUNTS, alternated
from tests.bench.sizes import small_and_large
from tests.cast import make_user

PAGES = {
    "account_list_page": "/accounts/?view=all",
    "account_list_by_name": "/accounts/?view=all&sort=name",
    "account_list_silent": "/accounts/?view=silent",
    "search_accounts": "/accounts/?view=all&q=nothing+like+this",
    "search_palette": "/palette/?q=customer+77",
}


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

        return {name: alternated(bench, use, visit, path) for name, path in PAGES.items()}
