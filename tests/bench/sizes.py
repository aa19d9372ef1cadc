"""A small and a large book at once: the same pages are asked of both in alternation.

The small book lives in a copy of the empty benchmark database; switching is a new connection,
made before the clock starts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2
from django.db import connection

from kpi.commands import recompute
from tests.bench import book_data

SMALL = 1_000
LINES_PER_ACCOUNT = 10


@contextmanager
def small_and_large(accounts: int) -> Iterator[Callable[[str], None]]:
    """Two books, of 1,000 and of so many accounts, computed."""

    def fill(which: str) -> None:
        size = {"small": SMALL, "large": accounts}[which]
        book_data.fill(size, size * LINES_PER_ACCOUNT)
        recompute(as_of=book_data.LAST)
        book_data.analyze()

    with two_sizes(fill) as use:
        yield use


@contextmanager
def two_sizes(fill: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Yields use(which), which makes the "small" or "large" database the current one.

    `fill` is called with either name while that database is the current one.
    """
    large = connection.settings_dict["NAME"]
    names = {"small": f"{large}_small", "large": large}

    def use(which: str) -> None:
        if connection.settings_dict["NAME"] != names[which]:
            connection.close()
            connection.settings_dict["NAME"] = names[which]
        connection.ensure_connection()

    connection.close()
    _maintain(f'CREATE DATABASE "{names["small"]}" TEMPLATE "{large}"')
    try:
        for which in names:
            use(which)
            fill(which)
        yield use
    finally:
        use("large")
        _maintain(f'DROP DATABASE IF EXISTS "{names["small"]}"')


def _maintain(statement: str) -> None:
    """Outside a transaction, from the server's own database."""
    params = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {key: params[key] for key in ("dbname", "user", "password", "host", "port")
              if params.get(key)}  # fmt: skip
    server = psycopg2.connect(**wanted)
    server.autocommit = True
    try:
        server.cursor().execute(statement)
    finally:
        server.close()
