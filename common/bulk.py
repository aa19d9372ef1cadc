"""Whole columns of numbers written at once: what a night that judges 100,000 accounts needs.

Values are int64 arrays; the kind of a column says what the number stands for. PostgreSQL takes
them packed through COPY and makes days and words of them itself; SQLite gets plain rows.
"""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db import connection, transaction

from common import dbops
from common.copied import SIGNATURE, TRAILER

AT_ONCE = 100_000  # rows that are packed at once: all of a million would lie in memory three times


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: "int"; "some" and "day", where zero is nothing (days are ordinals); "known", where
    -1 is nothing; "bool"; or "word", a place in `words`."""

    name: str
    values: np.ndarray
    kind: str = "int"
    words: tuple[str, ...] = ()

    def plain(self) -> list:
        """As Python values of a row."""
        values = self.values.tolist()
        if self.kind == "day":
            return [dt.date.fromordinal(n).isoformat() if n else None for n in values]
        if self.kind == "some":
            return [n or None for n in values]
        if self.kind == "known":
            return [None if n == -1 else n for n in values]
        if self.kind == "bool":
            return [bool(n) for n in values]
        return [self.words[n] for n in values] if self.kind == "word" else values

    def sql(self) -> tuple[str, list]:
        """PostgreSQL's expression for the value, and its parameters."""
        at = f"fresh.{self.name}"
        if self.kind == "word":
            return f"(%s::text[])[{at} + 1]", [list(self.words)]
        kinds = {
            "day": f"DATE '0001-01-01' + (NULLIF({at}, 0) - 1)::int",
            "some": f"NULLIF({at}, 0)",
            "known": f"NULLIF({at}, -1)",
            "bool": f"{at} <> 0",
        }
        return kinds.get(self.kind, at), []


def upsert_columns(table: str, key: str, columns: Sequence[Column]) -> None:
    """Write rows given as columns, `key` among them; others of the table keep their value."""
    if not len(columns[0].values):
        return
    if dbops.is_postgres():
        _upsert_packed(table, key, columns)
    else:
        rows = list(zip(*(column.plain() for column in columns), strict=True))
        dbops.upsert_rows(table, key, [column.name for column in columns], rows)


def put_columns(table: str, keys: Sequence[str], columns: Sequence[Column]) -> None:
    """Write rows most of which are new; one that is there with the same `keys` is replaced."""
    if not len(columns[0].values):
        return
    names = [column.name for column in columns]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    into = f"INSERT INTO {table} ({', '.join(names)})"
    other = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
    with transaction.atomic(), connection.cursor() as cursor:
        if dbops.is_postgres():
            _stage(cursor, columns)
            values, params = _values(columns)
            cursor.execute(f"{into} SELECT {values} FROM fresh {other}", params)  # noqa: S608
            cursor.execute("DROP TABLE fresh")
        else:
            marks = ", ".join(["%s"] * len(columns))
            rows = zip(*(column.plain() for column in columns), strict=True)
            cursor.executemany(f"{into} VALUES ({marks}) {other}", list(rows))


def packed(columns: Sequence[Column]) -> bytes:
    """The columns as COPY … (FORMAT binary) reads them: a count, then length and value each."""
    fields: list[tuple] = [("fields", ">i2")]
    for column in columns:
        fields += [(f"{column.name}_length", ">i4"), (column.name, ">i8")]
    rows = np.empty(len(columns[0].values), dtype=fields)
    rows["fields"] = len(columns)
    for column in columns:
        rows[f"{column.name}_length"] = rows.dtype[column.name].itemsize
        rows[column.name] = column.values
    return SIGNATURE + rows.tobytes() + TRAILER


def _upsert_packed(table: str, key: str, columns: Sequence[Column]) -> None:
    names = ", ".join(column.name for column in columns)
    pairs = [(column.name, *column.sql()) for column in columns if column.name != key]
    with transaction.atomic(), connection.cursor() as cursor:
        _stage(cursor, columns)
        cursor.execute(
            f"UPDATE {table} t SET {', '.join(f'{name} = {value}' for name, value, _ in pairs)}"  # noqa: S608
            f" FROM fresh WHERE t.{key} = fresh.{key}",
            [value for _name, _value, given in pairs for value in given],
        )
        if cursor.rowcount < len(columns[0].values):
            values, params = _values(columns)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM fresh"  # noqa: S608
                " ON CONFLICT DO NOTHING",
                params,
            )
        cursor.execute("DROP TABLE fresh")


def _stage(cursor, columns: Sequence[Column]) -> None:
    """The columns as the table `fresh` of this transaction."""
    made = ", ".join(f"{column.name} bigint" for column in columns)
    names = ", ".join(column.name for column in columns)
    cursor.execute(f"CREATE TEMP TABLE fresh ({made}) ON COMMIT DROP")
    for start in range(0, len(columns[0].values), AT_ONCE):
        some = [
            replace(column, values=column.values[start : start + AT_ONCE]) for column in columns
        ]
        copied = io.BytesIO(packed(some))
        cursor.copy_expert(f"COPY fresh ({names}) FROM STDIN (FORMAT binary)", copied)


def _values(columns: Sequence[Column]) -> tuple[str, list]:
    """PostgreSQL's expressions for the values of a row of `fresh`, and their parameters."""
    values, params = zip(*(column.sql() for column in columns), strict=True)
    return ", ".join(values), [value for given in params for value in given]
