"""Tables as portable text: the same lines and digests on both engines."""

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps as current_apps
from django.conf import settings
from django.db import connection, models, transaction

BATCH = 2000
MODULUS = 2**256


@dataclass(frozen=True)
class Table:
    """A table as it stands in the backup."""

    name: str
    columns: list[str]
    rows: int
    digest: str


def plain(value: Any) -> Any:
    """A value as JSON; the same for both engines."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def line_of(row: Iterable[Any]) -> bytes:
    """Keys sorted: PostgreSQL does not keep the order of a JSON object."""
    values = [plain(value) for value in row]
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def value_of(field: models.Field, value: Any) -> Any:
    """What `plain` wrote, as the field wants it for saving."""
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    if isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


class Digest:
    def __init__(self) -> None:
        self.total, self.rows = 0, 0

    def add(self, line: bytes) -> None:
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % MODULUS
        self.rows += 1

    def text(self) -> str:
        return f"{self.total:064x}"


def overall(tables: Iterable[Table]) -> str:
    """One digest of all tables' names, counts and digests."""
    lines = sorted(f"{table.name} {table.rows} {table.digest}" for table in tables)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def session_table() -> str:
    return import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()._meta.db_table


def stored_models(apps=current_apps) -> list[type[models.Model]]:
    """Every table but the sessions', many-to-many tables included."""
    found, left_out = apps.get_models(include_auto_created=True), session_table()
    own = [m for m in found if m._meta.managed and not m._meta.proxy]
    kept = [m for m in own if m._meta.db_table != left_out]
    return sorted(kept, key=lambda model: model._meta.db_table)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """What is stored, by column; generated columns compute themselves."""
    stored = [field for field in model._meta.concrete_fields if not field.generated]
    return sorted(stored, key=lambda field: field.column)


def lines(model: type[models.Model]) -> Iterator[bytes]:
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield line_of(row)


def digest_of(model: type[models.Model]) -> Table:
    digest = Digest()
    for line in lines(model):
        digest.add(line)
    return described(model, digest)


def described(model: type[models.Model], digest: Digest) -> Table:
    columns = [field.column for field in fields_of(model)]
    return Table(model._meta.db_table, columns, digest.rows, digest.text())


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment; nobody who writes has to wait for us."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # atomic() would take the lock of writers
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
