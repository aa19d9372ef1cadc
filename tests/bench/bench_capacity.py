"""The capacity page at 60 managers with 30 accounts each, against 3 with 3: queries, size, time."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, AccountScore, Assignment, Contact, ManagerDay, Position, Tie
from people.choices import Role
from people.models import RoleGrant, User, company_day
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import LONG_AGO, make_company, make_user

SIZES = {"small": (3, 3), "large": (60, 30)}
PEOPLE = 5
NIGHTS = 90
MOST_QUERIES = 50
MOST_BYTES = 200 * 1024


def fill(managers: int, accounts: int) -> None:
    """So many managers, each with so many accounts of five people, and their last nights."""
    make_company(set_up_at=timezone.now())
    make_user("Director", Role.DIRECTOR)
    users = [User(email=f"m{n}@example.org", name=f"Manager {n}") for n in range(managers)]
    users = User.objects.bulk_create(users)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=Role.KAM) for user in users)
    number = managers * accounts
    rows = Account.objects.bulk_create(Account(name=f"Firm {n}") for n in range(number))
    today = company_day()
    AccountScore.objects.bulk_create(
        AccountScore(account=row, as_of=today, tier="ABC"[n % 3], is_key=n % 15 == 0)
        for n, row in enumerate(rows)
    )
    Assignment.objects.bulk_create(
        Assignment(account=row, user=users[n % managers], role="owner", valid_from=LONG_AGO)
        for n, row in enumerate(rows)
    )
    people = Contact.objects.bulk_create(
        Contact(name=f"Person {n}") for n in range(number * PEOPLE)
    )
    Position.objects.bulk_create(
        Position(contact=person, account=rows[n // PEOPLE], valid_from=LONG_AGO)
        for n, person in enumerate(people)
    )
    Tie.objects.bulk_create(
        Tie(
            account=rows[n // PEOPLE], contact=person, energy=5, half_life=45, as_of=today,
            last_on=today, last_two_way_on=today, touchpoints=1,
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    ManagerDay.objects.bulk_create(
        ManagerDay(
            user=user, day=today - dt.timedelta(days=n), hours=100, capacity=120, key=2,
            regular=20, relationships=100, rule_version="load-2",
        )
        for user in users for n in range(NIGHTS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def run(bench) -> dict[str, dict]:
    with two_sizes(lambda which: fill(*SIZES[which])) as use:
        readers = {}
        for which in SIZES:
            use(which)
            readers[which] = Client()
            readers[which].force_login(User.objects.get(name="Director"))

        def visit(which: str, path: str, **headers):
            def ask() -> None:
                answer = readers[which].get(path, headers=headers)
                assert answer.status_code == 200
                assert len(answer.content) < MOST_BYTES, len(answer.content)

            return ask

        use("large")
        visit("large", "/capacity/")()
        with CaptureQueriesContext(connection) as queries:
            visit("large", "/capacity/")()
        assert len(queries) <= MOST_QUERIES, len(queries)
        return {"capacity_page": alternated(bench, use, visit, "/capacity/")}
