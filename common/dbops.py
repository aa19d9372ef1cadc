"""Writing many rows: PostgreSQL's COPY and a portable twin, behind one name each."""

import io
from collections.abc import Iterable, Sequence

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def batch_size() -> int:
    """Rows of one short transaction: SQLite has one writer and must let others in."""
    return 20_000 if is_postgres() else 2_000


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert plain values (text, int, date, None; money as units) into a table of ours."""
    if is_postgres():
        _copy(table, columns, rows)
    else:
        _insert_many(table, columns, rows)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    lines = io.StringIO()
    lines.writelines("\t".join(map(_copy_text, row)) + "\n" for row in rows)
    lines.seek(0)
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)


def _copy_text(value) -> str:
    if value is None:
        return "\\N"
    if type(value) is str:
        return value.translate(_ESCAPES) if not value.isalnum() else value
    return str(value)


def _insert_many(table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608  our names
            list(rows),
        )


def month_start(column: str) -> str:
    """SQL for the first day of a date column's month."""
    if is_postgres():
        return f"CAST(date_trunc('month', {column}) AS date)"
    return f"date({column}, 'start of month')"
