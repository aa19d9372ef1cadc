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
from tests.cast import make_user

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", 100_000))
LINES = int(os.environ.get("BENCH_LINES", 10_000_000))
MANAGERS, PEOPLE_EACH = 40, 3
MOVED_ON = "2026-03-11"  # one account of ten went to another manager in the middle of a month
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


def tie() -> None:
    """Every account has an owner, one of ten two in turn, three people and two ties to each."""
    users = [make_user(f"Manager {n}", Role.KAM).pk for n in range(MANAGERS)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            """
            INSERT INTO accounts_assignment (account_id, user_id, role, valid_from, valid_to,
                reason, function, made_at)
            SELECT id, (%(users)s::bigint[])[1 + (id + turn) %% %(managers)s], 'owner',
                CASE WHEN turn = 0 THEN '2024-01-01' ELSE %(moved)s END::date,
                CASE WHEN turn = 0 AND id %% 10 = 0 THEN %(moved)s END::date, '', '', now()
            FROM accounts_account, generate_series(0, 1) turn
            WHERE turn = 0 OR id %% 10 = 0
            """,
            {"users": users, "managers": MANAGERS, "moved": MOVED_ON},
        )
        cursor.execute(
            """
            INSERT INTO accounts_contact (name, other_name, honorific, languages, photo,
                search_text, plain_name, plain_other, version, created_at)
            SELECT 'Person ' || n, '', '', '[]', '', '', '', '', 1, now()
            FROM generate_series(1, (SELECT count(*) FROM accounts_account) * %s) n
            """,
            [PEOPLE_EACH],
        )
        cursor.execute(
            """
            CREATE TEMP TABLE places AS
            SELECT c.id AS contact, a.id AS account
            FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM accounts_contact) c
            JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM accounts_account) a
                ON c.n / %s = a.n
            """,
            [PEOPLE_EACH],
        )
        cursor.execute(
            """
            INSERT INTO accounts_position (contact_id, account_id, kind, title, organisation,
                valid_from, made_at)
            SELECT contact, account, 'staff', 'Buyer', '', '2024-01-01', now() FROM places
            """
        )
        cursor.execute(
            """
            INSERT INTO accounts_tie (account_id, contact_id, colleague_id, energy, as_of,
                half_life, touchpoints)
            SELECT account, contact, whose, 5 + contact %% 10, current_date, 60, 3
            FROM places, LATERAL (
                VALUES (NULL::bigint), ((%s::bigint[])[1 + account %% %s])
            ) v(whose)
            """,
            [users, MANAGERS],
        )
        cursor.execute("DROP TABLE places")
        cursor.execute("RESET session_replication_role")


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
