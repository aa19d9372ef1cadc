"""Values of megabytes, which PostgreSQL would spell out as text on their way."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import connection

from common import dbops
from common.copied import first_bytes, row_of


def read_bytes(column: str, source: str, params: Sequence = ()) -> bytes | memoryview:
    """`SELECT column source`, which must find one row."""
    sql = f"SELECT {column} {source}"
    if dbops.is_postgres():
        return first_bytes(dbops.copied(sql, params))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def insert_row(table: str, row: Mapping[str, bytes | str | dt.date]) -> None:
    if not dbops.is_postgres():
        dbops.insert_rows(table, list(row), [list(row.values())])
        return
    sql = f"COPY {table} ({', '.join(row)}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor:
        cursor.copy_expert(sql, row_of(list(row.values())))
