"""A large book of people and talks: words drawn as languages draw them, filled by COPY."""

import datetime as dt
import uuid
from collections.abc import Iterator

import numpy as np
from django.db import connection

from accounts.models import Account, Assignment
from accounts.rules import search
from common import folding
from common.dbops import batches, insert_rows
from tests.bench.book_data import analyze, drop_indexes, make_again

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
WORDS_PER_TALK = 25
VOCABULARY = 20_000


def vocabulary(size: int, seed: int, syllables: int = 3) -> list[str]:
    """Different words that can be spoken, the same for the same seed."""
    draw = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(draw.choice(SYLLABLES, syllables))] = None
    return list(found)


def fill(*, accounts: int, contacts: int, touchpoints: int, tasks: int, author: int) -> None:
    """Accounts with one place for each person and talks drawn evenly; tasks are the author's."""
    draw = np.random.default_rng(7)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        tables = ("accounts_contact", "accounts_position", "accounts_touchpoint", "accounts_task")
        again = [one for table in tables for one in drop_indexes(cursor, table)]
        _accounts(cursor, accounts)
        first = _first(cursor, "accounts_account")
        _contacts(cursor, draw, contacts, accounts, first)
        talks(touchpoints, lambda number: first + int(draw.integers(accounts)), author)
        insert_rows(
            "accounts_task",
            ("account_id", "title", "note", "owner_id", "created_by_id", "created_at", "due",
             "rank", "minutes", "repeat_unit", "cause", "state", "outcome", "search_text",
             "version"),
            (
                (first + n % accounts, f"Task {n}", "", author, author, NOW, NOW.date(), 0, 15, "",
                 "", "open", "", search.task_text(f"Task {n} {text}"), 1)
                for n, text in enumerate(_texts(tasks, 5, 3))
            ),
        )  # fmt: skip
        make_again(cursor, again)
        cursor.execute("RESET session_replication_role")
    analyze()


def assign(user, accounts: int, since: dt.date) -> None:
    """Let the user own the first accounts."""
    for account in Account.objects.order_by("pk")[:accounts]:
        Assignment.objects.create(account=account, user=user, role="owner", valid_from=since)


def _first(cursor, table: str) -> int:
    cursor.execute(f"SELECT coalesce(min(id), 1) FROM {table}")
    return cursor.fetchone()[0]


def _accounts(cursor, accounts: int) -> None:
    cursor.execute(
        """
        INSERT INTO accounts_account (name, search_text, status, country, city, currency, website,
            about, logo, version, created_at, rolls_up)
        SELECT 'Customer ' || n, E'\ncustomer ' || n, 'active', 'DE', '', 'EUR', '', '', '', 1,
            now(), true
        FROM generate_series(1, %s) n
        """,
        [accounts],
    )


def _contacts(cursor, draw, contacts: int, accounts: int, first: int) -> None:
    names, families = vocabulary(300, 1), vocabulary(8_000, 2)
    people = [
        f"{names[a]} {families[b]}".title()
        for a, b in zip(
            (draw.random(contacts) ** 2 * len(names)).astype(int),
            draw.integers(len(families), size=contacts),
            strict=True,
        )
    ]
    insert_rows(
        "accounts_contact",
        ("name", "other_name", "honorific", "languages", "photo", "search_text", "plain_name",
         "plain_other", "version", "created_at"),
        ((name, "", "", "[]", "", search.contact_text(name), folding.fold(name), "", 1, NOW)
         for name in people),
    )  # fmt: skip
    start = _first(cursor, "accounts_contact")
    insert_rows(
        "accounts_position",
        ("contact_id", "account_id", "kind", "title", "organisation", "valid_from", "made_at"),
        (
            (start + n, first + n % accounts, "staff", "Buyer", "", "2024-01-01", NOW)
            for n in range(contacts)
        ),
    )


def talks(number: int, account_of, author: int, *, seed: int = 11) -> None:
    """Touchpoints, the newest last, ten minutes apart."""
    insert_rows(
        "accounts_touchpoint",
        ("key", "account_id", "state", "channel", "direction", "at", "place", "subject", "text",
         "author_id", "recorded_at", "late_hours", "search_text", "version"),
        (
            (uuid.UUID(int=seed << 64 | n), account_of(n), "done", "call", "both", at, "", "",
             text, author, at, 0, search.touchpoint_text("", text), 1)
            for n, text in enumerate(_texts(number, WORDS_PER_TALK, seed))
            for at in [NOW - dt.timedelta(minutes=10 * (number - n))]
        ),
    )  # fmt: skip


def present(account: int) -> None:
    """Two of its people, in turn, were at each of the account's talks."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO accounts_touchpointcontact (touchpoint_id, contact_id, position)
            SELECT t.id, p.contact_id, p.place
            FROM accounts_touchpoint t JOIN (
                SELECT contact_id, row_number() OVER (ORDER BY id) - 1 AS place
                FROM accounts_position WHERE account_id = %s
            ) p ON p.place < 10 AND (p.place = t.id %% 10 OR p.place = (t.id + 1) %% 10)
            WHERE t.account_id = %s
            """,
            [account, account],
        )


def _texts(number: int, words: int, seed: int) -> Iterator[str]:
    """The k-th commonest word comes about 1/k times as often as the commonest."""
    draw = np.random.default_rng(seed)
    known = np.array(vocabulary(VOCABULARY, 5))
    for some in batches(range(number), 20_000):
        ranks = np.exp(draw.random((len(some), words)) * np.log(VOCABULARY)).astype(int) - 1
        for row in known[ranks]:
            yield " ".join(row)
