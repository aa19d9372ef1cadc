"""An account's page and its timeline with 50,000 talks on that account, against 100."""

import os

from django.test import Client

from accounts.models import Account
from people.choices import Role
from tests.bench import field_data
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import LONG_AGO, make_company, make_user

TALKS = {"small": 100, "large": int(os.environ.get("BENCH_ACCOUNT_TALKS", 50_000))}
PAGES = {
    "account_page_overview": "/accounts/{pk}/",
    "account_page_person": "/accounts/{pk}/people/{contact}/",
    "timeline_of_account": "/accounts/{pk}/timeline/",
    "timeline_of_account_filtered": "/accounts/{pk}/timeline/?q={word}",
    "timeline_of_person": "/accounts/{pk}/people/{contact}/timeline/",
    "timeline_of_all": "/touchpoints/",
}


def run(bench) -> dict[str, dict]:
    readers: dict[tuple[str, str], Client] = {}
    addresses: dict[str, dict] = {}

    def fill(which: str) -> None:
        make_company()
        people = {role: make_user(role.title(), role) for role in (Role.DIRECTOR, Role.KAM)}
        field_data.fill(
            accounts=100, contacts=1_000, touchpoints=0, tasks=100, author=people[Role.KAM].pk
        )
        field_data.assign(people[Role.KAM], 3, LONG_AGO)
        account = Account.objects.order_by("pk").first()
        field_data.talks(TALKS[which], lambda _n: account.pk, people[Role.KAM].pk, seed=3)
        field_data.present(account.pk)
        contact = account.positions.order_by("pk").first().contact_id
        word = field_data.vocabulary(field_data.VOCABULARY, 5)[9]
        addresses[which] = {"pk": account.pk, "contact": contact, "word": word}
        field_data.analyze()
        for role, person in people.items():
            readers[which, role] = Client()
            readers[which, role].force_login(person)

    with two_sizes(fill) as use:

        def visitor(role: str):
            def visit(which: str, path: str):
                def ask() -> None:
                    address = path.format(**addresses[which])
                    part = {"HX-Request": "true"} if "timeline" in path else {}
                    answer = readers[which, role].get(address, headers=part)
                    assert answer.status_code == 200, path

                return ask

            return visit

        return {
            f"{name}_{role}": alternated(bench, use, visitor(role), path, n=9)
            for name, path in PAGES.items()
            for role in (Role.DIRECTOR, Role.KAM)
        }
