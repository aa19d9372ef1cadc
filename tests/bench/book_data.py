"""A large book made inside PostgreSQL: accounts, ledger lines, and the roll-ups an import keeps."""

import datetime as dt

from django.db import connection

from accounts.models import ServiceLine, Source
from common.choices import ImportState
from common.models import Import
from tests.cast import make_company

# Long ago, so that the ledger's own last day is the one that figures are shown as of.
LAST = dt.date(2024, 10, 20)
DAYS = 730
CODES = ("", "line-1", "line-2", "line-3", "line-4")  # of service lines, bought in turn


def fill(accounts: int, lines: int, days: int = DAYS) -> None:
    """Make `lines` lines of two years to LAST; a fifth of the accounts holds most of the revenue.

    Foreign keys are not checked and indexes are dropped while the rows go in, and made again, so
    that the tables end as an import would have left them. Needs a superuser.
    """
    make_company()
    source = Source.objects.create(name="bench")
    service_lines = [ServiceLine.objects.get_or_create(code=code)[0].pk for code in CODES]
    batch = Import.objects.create(kind="ledger", filename="bench", state=ImportState.APPLIED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("SET session_replication_role = replica")
        _accounts(cursor, accounts, source.pk)
        again = drop_indexes(cursor, "accounts_ledgerline")
        cursor.execute(
            """
            INSERT INTO accounts_ledgerline (batch_id, source_id, document, line, day, account_id,
                service_line_id, currency, amount, cost, net, net_cost, status, digest)
            SELECT %s, %s, 'R' || n / 5, (n %% 5)::text, day, account_id,
                (%s::bigint[])[1 + n %% %s], 'EUR',
                units, units * 7 / 10, units, units * 7 / 10, 'invoiced', n
            FROM (
                SELECT n, %s::date - (random() * %s)::int AS day,
                    (SELECT min(id) FROM accounts_account)
                        + least(%s - 1, (random() ^ 3 * %s)::bigint) AS account_id,
                    ((exp(3 * random()) * 20 - CASE WHEN n %% 50 = 0 THEN 90 ELSE 0 END) * 100)
                        ::bigint * 100 AS units
                FROM generate_series(1, %s) n
            ) drawn
            """,
            [
                batch.pk, source.pk, service_lines, len(CODES), LAST, days - 1, accounts, accounts,
                lines,
            ],
        )  # fmt: skip
        make_again(cursor, again)
        again = drop_indexes(cursor, "accounts_accountday")
        cursor.execute(
            """
            INSERT INTO accounts_accountday (account_id, day, net, positive, cost, uncosted, lines)
            SELECT account_id, day, sum(net), sum(CASE WHEN net > 0 THEN net ELSE 0 END),
                sum(net_cost), 0, count(*)
            FROM accounts_ledgerline GROUP BY account_id, day ORDER BY day, account_id
            """
        )
        make_again(cursor, again)
        again = drop_indexes(cursor, "accounts_servicemonth")
        cursor.execute(
            """
            INSERT INTO accounts_servicemonth (account_id, service_line_id, month, net, positive,
                cost, uncosted, lines)
            SELECT account_id, service_line_id, date_trunc('month', day)::date, sum(net),
                sum(CASE WHEN net > 0 THEN net ELSE 0 END), sum(net_cost), 0, count(*)
            FROM accounts_ledgerline GROUP BY 1, 2, 3
            """
        )
        make_again(cursor, again)
        cursor.execute("RESET session_replication_role")
    analyze()


def _accounts(cursor, accounts: int, source_id: int) -> None:
    cursor.execute(
        """
        INSERT INTO accounts_account (name, search_text, status, country, city, currency, website,
            about, logo, version, created_at, rolls_up)
        SELECT 'Customer ' || n, 'customer ' || n, 'active', 'DE', '', 'EUR', '', '', '', 1, now(),
            true
        FROM generate_series(1, %s) n
        """,
        [accounts],
    )
    cursor.execute(
        "INSERT INTO accounts_externalid (account_id, source_id, value)"
        " SELECT id, %s, 'C' || id FROM accounts_account",
        [source_id],
    )


def drop_indexes(cursor, table: str) -> list[str]:
    """Drop all but the primary key; returns the statements that make them again."""
    cursor.execute(
        "SELECT i.indexname, i.indexdef, c.conname, pg_get_constraintdef(c.oid) FROM pg_indexes i"
        " LEFT JOIN pg_constraint c ON c.conname = i.indexname AND c.contype = 'u'"
        " WHERE i.tablename = %s AND i.indexname NOT LIKE '%%_pkey'",
        [table],
    )
    again = []
    for index, definition, constraint, unique in cursor.fetchall():
        if constraint:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {unique}')
        else:
            cursor.execute(f'DROP INDEX "{index}"')
            again.append(definition)
    return again


def make_again(cursor, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def analyze() -> None:
    """Statistics and visibility maps as a database has them after its own housekeeping."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def buy(day: dt.date, lines: int, *, known_days: bool = False, seed: float = 0.1) -> int:
    """What an import of `lines` lines leaves: they, the roll-ups and the list of touched accounts.

    `known_days`: spread over the last year up to `day` instead of all on it. Returns accounts.
    """
    back = "(random() * 364)::int" if known_days else "0"
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [seed])
        cursor.execute(
            f"""
            WITH drawn AS MATERIALIZED (
                SELECT a.low + least(a.many - 1, (random() ^ 3 * a.many)::bigint) AS account_id,
                    %s::date - {back} AS day, (exp(3 * random()) * 2000)::bigint * 100 AS units
                FROM generate_series(1, %s) n,
                    (SELECT min(id) AS low, count(*) AS many FROM accounts_account) a
            ), listed AS (
                INSERT INTO accounts_ledgerline (batch_id, source_id, document, line, day,
                    account_id, service_line_id, currency, amount, cost, net, net_cost, status,
                    digest)
                SELECT b.id, s.id, 'B' || %s || '-' || row_number() OVER (), '1', d.day,
                    d.account_id, l.id, 'EUR', units, units * 7 / 10, units, units * 7 / 10,
                    'invoiced', 0
                FROM drawn d, accounts_serviceline l, common_import b, accounts_source s
                WHERE l.code = '' AND b.filename = 'bench' AND s.name = 'bench'
            ), added AS (
                INSERT INTO accounts_accountday AS d
                    (account_id, day, net, positive, cost, uncosted, lines)
                SELECT account_id, day, sum(units), sum(units), sum(units) * 7 / 10, 0, count(*)
                FROM drawn GROUP BY account_id, day
                ON CONFLICT (account_id, day) DO UPDATE SET net = d.net + excluded.net,
                    positive = d.positive + excluded.positive, cost = d.cost + excluded.cost,
                    lines = d.lines + excluded.lines
            ), by_month AS (
                INSERT INTO accounts_servicemonth AS d
                    (account_id, service_line_id, month, net, positive, cost, uncosted, lines)
                SELECT account_id, (SELECT id FROM accounts_serviceline WHERE code = ''),
                    date_trunc('month', day)::date, sum(units), sum(units), sum(units) * 7 / 10, 0,
                    count(*)
                FROM drawn GROUP BY 1, 2, 3
                ON CONFLICT (account_id, service_line_id, month) DO UPDATE SET
                    net = d.net + excluded.net, positive = d.positive + excluded.positive,
                    cost = d.cost + excluded.cost, lines = d.lines + excluded.lines
            )
            INSERT INTO accounts_dirtyaccount AS d (account_id, since, claimed)
            SELECT account_id, min(day), false FROM drawn GROUP BY account_id
            ON CONFLICT (account_id) DO UPDATE SET claimed = false,
                since = least(d.since, excluded.since)
            """,
            [day, lines, f"{day}-{seed}"],
        )
        return cursor.rowcount
