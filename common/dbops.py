"""What each engine does best behind one name each: bulk writes, packed reads, one at a time."""

import fcntl
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.migrations import RunSQL
from django.dispatch import receiver

from common.copied import numbers

AT_ONCE = 20_000  # rows that are fetched at once
AMPLE = "128MB"
ORDINAL_OF_JULIAN_ZERO = 1721424.5

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


@receiver(connection_created)
def compile_nothing(sender, **named) -> None:
    """PostgreSQL would compile our statements anew each time: that takes longer than it spares.

    Said by a statement: a pooler between us and the server may refuse options on connecting.
    """
    opened = named["connection"]
    if opened.vendor == "postgresql":
        with opened.cursor() as cursor:
            cursor.execute("SET jit = off")


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


def day_number(expression: str) -> str:
    """SQL for the proleptic ordinal (date.toordinal) of a date expression."""
    if is_postgres():
        return f"(({expression}) - DATE '0001-01-01' + 1)"
    return f"CAST(julianday({expression}) - {ORDINAL_OF_JULIAN_ZERO} AS INTEGER)"


def place_in(column: str, words: Iterable[str], otherwise: int | str = "NULL") -> str:
    """SQL for the place of a column's text among our own words."""
    cases = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"(CASE {column} {cases} ELSE {otherwise} END)"


def place_among(column: str, bounds: Sequence) -> tuple[str, list]:
    """SQL and parameters for how many of the ascending `bounds` (dates) a column has reached."""
    if is_postgres():
        return f"width_bucket({column}, %s::date[])", [list(bounds)]
    steps = " ".join(f"WHEN {column} >= %s THEN {place}" for place in range(len(bounds), 0, -1))
    return f"CASE {steps} ELSE 0 END", list(reversed(bounds))


def one_of(column: str, ids: Iterable[int]) -> tuple[str, list]:
    """SQL condition and its parameter for "column is one of ids", however many there are."""
    values = [int(pk) for pk in ids]
    if is_postgres():
        return f"{column} = ANY(%s)", [values]
    listed = "[" + ",".join(map(str, values)) + "]"
    return f"{column} IN (SELECT value FROM json_each(%s))", [listed]  # noqa: S608


def looked_up(few: str, table: str, alias: str, condition: str) -> str:
    """SQL source: rows of a large table that belong to a few others, looked up one by one.

    PostgreSQL would guess anew each night how few they are, and read all of the large table when it
    guesses wrong; the OFFSET keeps it from weighing that.
    """
    if is_postgres():
        inner = f"SELECT * FROM {table} {alias} WHERE {condition} OFFSET 0"  # noqa: S608
        return f"{few} CROSS JOIN LATERAL ({inner}) {alias}"
    return f"{few} JOIN {table} {alias} ON {condition}"


@contextmanager
def ample_memory() -> Iterator[None]:
    """For a reading that adds up very many groups: PostgreSQL would put them on its disk."""
    if not is_postgres():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = %s", [AMPLE])
        yield


def read_ints(columns: Sequence[str], source: str, params: Sequence = ()) -> np.ndarray:
    """int64 [rows, columns] of `SELECT columns source`; no expression may be null.

    PostgreSQL sends packed tuples through COPY, several times faster than rows of objects.
    """
    if is_postgres():
        return _read_packed(columns, source, params)
    wanted = ", ".join(f"CAST({column} AS INTEGER)" for column in columns)
    found = [np.zeros((0, len(columns)), dtype=np.int64)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} {source}", params)
        while rows := cursor.fetchmany(AT_ONCE):
            found.append(np.array(rows, dtype=np.int64))
    return np.concatenate(found)


def _read_packed(columns: Sequence[str], source: str, params: Sequence) -> np.ndarray:
    wanted = ", ".join(f"({column})::int8" for column in columns)
    return numbers(copied(f"SELECT {wanted} {source}", params), len(columns))


def copied(sql: str, params: Sequence) -> io.BytesIO:
    """What PostgreSQL answers, as the packed bytes of COPY."""
    found = io.BytesIO()
    with connection.cursor() as cursor:
        sql = cursor.mogrify(sql, params)
        if isinstance(sql, bytes):
            sql = sql.decode()
        cursor.copy_expert(f"COPY ({sql}) TO STDOUT (FORMAT binary)", found)
    return found


def side_by_side(*parts: tuple[str, int]) -> str:
    """SQL for one number that holds several, none below zero, in so many bits each, at most 63 in
    all: a packed read costs by the column. `apart` takes it apart."""
    (first, _bits), *others = parts
    found = f"CAST({first} AS bigint)"
    for expression, bits in others:
        found = f"(({found}) << {bits} | CAST({expression} AS bigint))"
    return found


def apart(column: np.ndarray, *bits: int) -> list[np.ndarray]:
    """The numbers that were put side by side, in their order."""
    found = []
    for width in reversed(bits):
        found.append(column & ((1 << width) - 1))
        column = column >> width
    return found[::-1]


def upsert_rows(table: str, key: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    """Write rows (plain values in the order of `columns`, which include `key`).

    PostgreSQL: COPY into a temporary table, UPDATE FROM, then INSERT what was not there. SQLite:
    upserts in short transactions. Columns that are not named keep their value, so they
    need a default in the database or no new rows.
    """
    if not rows:
        return
    others = [column for column in columns if column != key]
    names = ", ".join(columns)
    if is_postgres():
        _upsert_by_copy(table, key, columns, others, rows)
        return
    marks = ", ".join(["%s"] * len(columns))
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    sql = (
        f"INSERT INTO {table} ({names}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    for batch in batches(rows):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, batch)


def _upsert_by_copy(table, key, columns, others, rows) -> None:
    names = ", ".join(columns)
    changes = ", ".join(f"{column} = fresh.{column}" for column in others)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608
        )
        _copy("fresh", columns, rows)
        cursor.execute(f"UPDATE {table} t SET {changes} FROM fresh WHERE t.{key} = fresh.{key}")  # noqa: S608
        if cursor.rowcount < len(rows):
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM fresh ON CONFLICT DO NOTHING"  # noqa: S608
            )
        cursor.execute("DROP TABLE fresh")


def given_rows(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence]) -> tuple[str, list]:
    """SQL for a table of these rows, and its parameters: to join or to UPDATE … FROM.

    `columns` are names and PostgreSQL's types; values are plain (text, int, date, None).
    """
    names = [name for name, _type in columns]
    if is_postgres():
        given = ", ".join(f"%s::{kind}[]" for _name, kind in columns)
        lists = [list(values) for values in zip(*rows, strict=True)] or [[] for _name in columns]
        return f"(SELECT * FROM unnest({given}) AS given({', '.join(names)}))", lists  # noqa: S608
    taken = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(names))
    return f"(SELECT {taken} FROM json_each(%s))", [json.dumps(list(map(list, rows)), default=str)]  # noqa: S608


def batches(rows: Sequence, size: int = 2_000) -> Iterator[Sequence]:
    """Slices of `rows`, each fit for one short write transaction."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def chunks(items: Iterable, size: int) -> Iterator[list]:
    """Lists of `size`, the last one shorter, of anything that can be gone through."""
    chunk: list = []
    for item in items:
        chunk.append(item)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@contextmanager
def whole_write() -> Iterator[None]:
    """One transaction around a large write on PostgreSQL; on SQLite its batches commit apart.

    Only for writers that can tell a half-written result from a whole one.
    """
    if is_postgres():
        with transaction.atomic():
            yield
    else:
        yield


@contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """True for the one process that does `name` on this database now; its death frees the name.

    PostgreSQL holds an advisory lock of the session, SQLite (one machine) a lock on a file.
    """
    held = _lock_session(name) if is_postgres() else _lock_file(name)
    with held as taken:
        yield taken


def take_turn(name: str) -> None:
    """Whoever else takes this turn waits until our transaction ends; who only reads does not.

    SQLite has one writer, and in atomic() that is us.
    """
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


@contextmanager
def _lock_session(name: str) -> Iterator[bool]:
    number = _number(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        taken = cursor.fetchone()[0]
        try:
            yield taken
        finally:
            if taken and connection.connection and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _lock_file(name: str) -> Iterator[bool]:
    database = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:12]
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}-{database}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


class _OneEngineOnly(RunSQL):
    """A migration's statements for one engine; the other passes over them."""

    vendor: str

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class PostgresOnly(_OneEngineOnly):
    vendor = "postgresql"


class SqliteOnly(_OneEngineOnly):
    vendor = "sqlite"


def only_added(table: str, *, changes: str = "FALSE", goes: str = "FALSE") -> list[RunSQL]:
    """The database itself refuses to change or delete rows of `table`, but for what is named.

    `changes` is true of an allowed UPDATE, `goes` of an allowed DELETE: SQL over OLD and NEW that
    both engines read alike, and over no other table, for SQLite could not rebuild that one then.
    SQLite forgets the triggers of a table that a migration rebuilds: name them there once more.
    """
    words = f"Rows of {table} are only added to."
    drop = [f"DROP TRIGGER IF EXISTS {table}_{when} ON {table}" for when in ("changed", "gone")]
    postgres, sqlite = list(drop), []
    for when, event, allowed, answer in (
        ("changed", "UPDATE", changes, "NEW"), ("gone", "DELETE", goes, "OLD"),
    ):  # fmt: skip
        name = f"{table}_{when}"
        postgres += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {allowed} THEN RETURN {answer}; END IF;"
            f" RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
        sqlite += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN NOT ({allowed})"
            f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
        ]
    return [
        PostgresOnly(postgres, drop),
        SqliteOnly(sqlite, [line for line in sqlite if line.startswith("DROP")]),
    ]


def trigram_index(name: str, table: str, column: str) -> list[PostgresOnly]:
    """Find any part of a text at once.

    pg_trgm is a trusted extension, which the owner of a database may create; on a server without
    it, or that forbids it, the search works by reading all names.
    """
    make = f"""
        DO $$ BEGIN
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            CREATE INDEX {name} ON {table} USING gin ({column} gin_trgm_ops);
        EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
            RAISE WARNING 'Searching reads all names: the extension pg_trgm is missing';
        END $$
    """
    return [PostgresOnly(make, f"DROP INDEX IF EXISTS {name}")]
