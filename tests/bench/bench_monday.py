"""The director's Monday at 100,000 accounts, against 1,000: at most half as long again."""

from django.test import Client

from accounts.models import Account
from people.choices import Role
from tests.bench.bench_portfolio import ACCOUNTS, alternated
from tests.bench.sizes import small_and_large
from tests.cast import make_user


def run(bench) -> dict[str, dict]:
    with small_and_large(ACCOUNTS) as use:
        readers = {}
        for which in ("small", "large"):
            use(which)
            readers[which] = Client()
            readers[which].force_login(make_user("Monday", Role.DIRECTOR))
            Account.objects.update(owner=make_user("Owner", Role.KAM))

        def visit(which: str, path: str, **headers):
            def ask() -> None:
                assert readers[which].get(path, headers=headers).status_code == 200

            return ask

        return {"monday_page": alternated(bench, use, visit, "/")}
