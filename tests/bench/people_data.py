"""Who works with a large book: owners, people at the customers, ties and talks."""

import datetime as dt

from django.db import connection

from accounts.models import Account, Observation, Position, Touchpoint
from people.choices import Grade, Role
from people.models import Employment, User
from tests.bench.book_data import analyze
from tests.cast import make_user

MANAGERS, PEOPLE_EACH = 40, 3
FIRST, MOVED_ON = "2022-01-01", "2024-03-11"  # one account of ten changed hands within a month


def tie(as_of: str = "current_date") -> list[int]:
    """Every account has an owner, one of ten two in turn, three people and two ties to each."""
    users = [_manager(n).pk for n in range(MANAGERS)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            """
            INSERT INTO accounts_assignment (account_id, user_id, role, valid_from, valid_to,
                reason, function, made_at)
            SELECT id, (%(users)s::bigint[])[1 + (id + turn) %% %(managers)s], 'owner',
                CASE WHEN turn = 0 THEN %(first)s ELSE %(moved)s END::date,
                CASE WHEN turn = 0 AND id %% 10 = 0 THEN %(moved)s END::date, '', '', now()
            FROM accounts_account, generate_series(0, 1) turn
            WHERE turn = 0 OR id %% 10 = 0
            """,
            {"users": users, "managers": MANAGERS, "first": FIRST, "moved": MOVED_ON},
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
            SELECT contact, account, 'staff', 'Buyer', '', %s, now() FROM places
            """,
            [FIRST],
        )
        cursor.execute(
            f"""
            INSERT INTO accounts_tie (account_id, contact_id, colleague_id, energy, as_of,
                half_life, touchpoints)
            SELECT account, contact, whose, 5 + contact %% 10, {as_of}, 60, 3
            FROM places, LATERAL (
                VALUES (NULL::bigint), ((%s::bigint[])[1 + account %% %s])
            ) v(whose)
            """,
            [users, MANAGERS],
        )
        cursor.execute("DROP TABLE places")
        cursor.execute("RESET session_replication_role")
    return users


def _manager(number: int) -> User:
    """Of the highest grade: the gate lets them hold any account."""
    user = make_user(f"Manager {number}", Role.KAM)
    Employment.objects.create(user=user, grade=max(Grade), valid_from=FIRST)
    return user


def live(day: dt.date) -> None:
    """All of `tie`, who has power and talks until `day`: health has a score."""
    users = tie(as_of=f"DATE '{day}'")
    places = Position.objects.order_by("id").values_list("account", "contact")
    seen = [
        Observation(account_id=account, contact_id=contact, fact="power",
                    value=str(1 + contact % 3), day=FIRST)
        for account, contact in places.iterator() if contact % PEOPLE_EACH != 0
    ]  # fmt: skip
    Observation.objects.bulk_create(seen, batch_size=5_000)
    talk(day, users[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_accountrhythm (account_id, touchpoints, last_two_way_on)"
            " SELECT id, 5, %s::date - (id %% 20)::int FROM accounts_account"
            " ON CONFLICT (account_id) DO UPDATE SET last_two_way_on = excluded.last_two_way_on",
            [day],
        )
    analyze()


def talk(day: dt.date, author: int) -> None:
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    Touchpoint.objects.create(
        account=Account.objects.earliest("pk"), at=at, state="done", direction="both",
        channel="call", author_id=author,
    )  # fmt: skip
