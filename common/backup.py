"""One file that holds the database and the uploads, and proves itself when it is brought back.

A zip archive: tables/<table>.jsonl with one JSON array a row, files/<path>, and manifest.json with
every table's columns, row count and digest. Rows go through Django's fields, so that a backup made
on SQLite restores on PostgreSQL and the other way round, with equal digests. A digest is the sum of
the rows' SHA-256 modulo 2^256: the engines may read rows in different orders.

Sessions stay out: after a restore everybody signs in again.
"""

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from common import doctor
from common.errors import RuleBroken

FORMAT = 1
LEFT_OUT = {"django_session"}
# Made by Django itself in every new database; replaced by ours when restoring.
FRAMEWORK = ("auth_permission", "django_content_type")
BATCH = 2000
MODULUS = 2**256


@dataclass(frozen=True)
class Table:
    """A table as it stands in the backup."""

    name: str
    columns: list[str]
    rows: int
    digest: str


@dataclass(frozen=True)
class Report:
    """What was written or brought back."""

    tables: list[Table]
    files: int
    digest: str
    missing: list[str]
    warnings: list[str]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


# Rows as portable text


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


# Reading


def stored_models(apps=current_apps) -> list[type[models.Model]]:
    """Every table of ours, many-to-many tables included."""
    found = apps.get_models(include_auto_created=True)
    own = [m for m in found if m._meta.managed and not m._meta.proxy]
    kept = [m for m in own if m._meta.db_table not in LEFT_OUT]
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


def upload_folder() -> Path:
    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def upload_paths() -> list[Path]:
    folder = upload_folder()
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def linked_files() -> Iterator[str]:
    """Paths that rows refer to."""
    for model in stored_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                names = model._base_manager.exclude(**{field.name: ""})
                yield from names.values_list(field.name, flat=True).distinct().iterator()


# Backup


def back_up(target: Path) -> Report:
    """Write the backup beside `target` and move it there when it is whole."""
    part = target.with_name(target.name + ".part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            report = _write(raw)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    stamp = {"at": timezone.now().isoformat(), "digest": report.digest}
    doctor.backup_stamp().write_text(json.dumps(stamp))
    return report


def _write(raw: io.BufferedWriter) -> Report:
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with snapshot():
            tables = [_write_table(archive, model) for model in stored_models()]
            applied = sorted(MigrationRecorder(connection).applied_migrations())
            linked = set(linked_files())
        # Files are written before their row and deleted after it: those rows need are still here.
        files = [_write_file(archive, path) for path in upload_paths()]
        missing = sorted(linked - {entry["path"] for entry in files})
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(),
            "engine": connection.vendor,
            "key": key_fingerprint(),
            "migrations": applied,
            "tables": [asdict(table) for table in tables],
            "files": files,
            "digest": overall(tables),
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return Report(tables, len(files), manifest["digest"], missing, [])


def _write_table(archive: zipfile.ZipFile, model: type[models.Model]) -> Table:
    digest = Digest()
    with archive.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as target:
        for line in lines(model):
            digest.add(line)
            target.write(line + b"\n")
    return described(model, digest)


def _write_file(archive: zipfile.ZipFile, path: Path) -> dict:
    name = path.relative_to(upload_folder()).as_posix()
    archive.write(path, f"files/{name}")
    with path.open("rb") as source:
        return {"path": name, "sha256": hashlib.file_digest(source, "sha256").hexdigest()}


def key_fingerprint() -> str:
    """Tells whether a backup was made under the same SECRET_KEY, without telling the key."""
    return hashlib.sha256(b"kamhub.backup:" + settings.SECRET_KEY.encode()).hexdigest()[:16]


# Restore


def restore(source: Path) -> Report:
    """Bring a backup into an empty place; RuleBroken where that is impossible, nothing changed."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _refuse(manifest)
            return _restore(archive, manifest)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise RuleBroken(f"{source} cannot be read as a backup: {error}") from error


def _refuse(manifest: dict) -> None:
    if manifest["format"] > FORMAT:
        raise RuleBroken("This backup was made by a newer KAM Hub: update first.")
    known = {tuple(key) for key in MigrationExecutor(connection).loader.disk_migrations}
    unknown = [name for app, name in manifest["migrations"] if (app, name) not in known]
    if unknown:
        raise RuleBroken(f"This backup was made by another version of KAM Hub ({unknown[0]}).")
    if upload_paths():
        raise RuleBroken(f"There are files in {upload_folder()}. Restore into an empty place.")
    existing = connection.introspection.table_names()
    for model in stored_models():
        table = model._meta.db_table
        if table in existing and table not in FRAMEWORK and model._base_manager.exists():
            raise RuleBroken(f"The database has rows in {table}. Restore into an empty place.")


def _restore(archive: zipfile.ZipFile, manifest: dict) -> Report:
    apps = _migrate_as_in(manifest)
    here = {model._meta.db_table: model for model in stored_models(apps)}
    expected = [Table(**table) for table in manifest["tables"]]
    with transaction.atomic():
        for name in FRAMEWORK:
            here[name]._base_manager.all().delete()
        for table in expected:
            _load(archive, here[table.name], table)
        _reset_sequences(list(here.values()))
        restored = [digest_of(here[table.name]) for table in expected]
        if overall(restored) != manifest["digest"]:
            wrong = [a.name for a, b in zip(expected, restored, strict=True) if a != b]
            raise RuleBroken(f"Digests differ after restoring: {', '.join(wrong)}.")
        try:
            _bring_files(archive, manifest["files"])
        except BaseException:
            shutil.rmtree(upload_folder(), ignore_errors=True)  # it was empty
            raise
    call_command("migrate", verbosity=0, interactive=False)
    warnings = []
    if manifest["key"] != key_fingerprint():
        warnings.append(
            "SECRET_KEY differs from the one in use when this was made: set the old one, or open"
            " invitations and second factors must be made anew."
        )
    missing = sorted(set(linked_files()) - {entry["path"] for entry in manifest["files"]})
    return Report(restored, len(manifest["files"]), overall(restored), missing, warnings)


def _migrate_as_in(manifest: dict):
    """Bring the empty database to the state the backup was made in; the models of that state."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    applied = {(app, name) for app, name in manifest["migrations"]} & nodes.keys()
    targets = sorted(
        key for key in applied if not any(child.key in applied for child in nodes[key].children)
    )
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _load(archive: zipfile.ZipFile, model: type[models.Model], table: Table) -> None:
    fields = {field.column: field for field in fields_of(model)}
    ordered = [fields[column] for column in table.columns]
    with archive.open(f"tables/{table.name}.jsonl") as source:
        batch: list[list] = []
        for line in source:
            batch.append(_saved(ordered, json.loads(line)))
            if len(batch) == BATCH:
                _insert(table, batch)
                batch = []
        _insert(table, batch)


def _saved(fields: list[models.Field], values: list) -> list:
    return [
        field.get_db_prep_save(value_of(field, value), connection)
        for field, value in zip(fields, values, strict=True)
    ]


def _insert(table: Table, rows: list[list]) -> None:
    """Plain SQL: nothing may fill in or touch a value on the way, as save() would."""
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in table.columns)
    insert = f"INSERT INTO {quote(table.name)} ({columns}) VALUES "  # noqa: S608
    one = "(" + ", ".join(["%s"] * len(table.columns)) + ")"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(insert + one, rows)
        else:
            cursor.execute(insert + ", ".join([one] * len(rows)), [v for row in rows for v in row])


def _reset_sequences(found: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


def _bring_files(archive: zipfile.ZipFile, files: list[dict]) -> None:
    folder = upload_folder().resolve()
    for entry in files:
        target = (folder / entry["path"]).resolve()
        if not target.is_relative_to(folder):
            raise RuleBroken(f"The backup names a file outside its folder: {entry['path']}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(f"files/{entry['path']}") as source, target.open("wb") as copy:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() != entry["sha256"]:
            raise RuleBroken(f"A file of the backup is damaged: {entry['path']}.")
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
