"""Bringing a file back into an empty place: all of it, proven by digest, or nothing."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from common import tombstones
from common.backup.files import (
    FORMAT,
    Report,
    key_fingerprint,
    linked_files,
    upload_folders,
    upload_paths,
)
from common.backup.tables import (
    BATCH,
    Table,
    digest_of,
    fields_of,
    overall,
    stored_models,
    value_of,
)
from common.errors import RuleBroken

# Made by Django itself in every new database; replaced by ours when restoring.
FRAMEWORK = ("auth_permission", "django_content_type")


def restore(source: Path, *, erased: Path | None = None) -> Report:
    """Bring a backup into an empty place; RuleBroken where that is impossible, nothing changed.

    What stands in the lists of the erased (`erased`, the one beside the backup, this place's own)
    is erased again.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _refuse(manifest)
            _join_lists(erased, source.with_name(tombstones.NAME))
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
        folder = upload_paths()[0].parent
        raise RuleBroken(f"There are files in {folder}. Restore into an empty place.")
    existing = connection.introspection.table_names()
    for model in stored_models():
        table = model._meta.db_table
        if table in existing and table not in FRAMEWORK and model._base_manager.exists():
            raise RuleBroken(f"The database has rows in {table}. Restore into an empty place.")


def _join_lists(named: Path | None, beside: Path) -> None:
    """One list of all erased; without any, somebody might come back whom we promised to forget."""
    if named and not named.exists():
        raise RuleBroken(f"There is no list of the erased at {named}.")
    lists = [path for path in (named, beside, settings.ERASED_LIST) if path and path.exists()]
    if not lists:
        raise RuleBroken(
            f"There is no {tombstones.NAME} beside the backup. Name the list of the place that was"
            " lost by --erased; an empty file where nobody was ever erased."
        )
    for path in lists:
        tombstones.join(path, settings.ERASED_LIST)


def _restore(archive: zipfile.ZipFile, manifest: dict) -> Report:
    apps = _migrate_as_in(manifest)
    here = {model._meta.db_table: model for model in stored_models(apps)}
    # Rows come in the order of their tables' names; while SQLite counted the links that do not lead
    # anywhere yet, each insert would search whole tables for them.
    with connection.constraint_checks_disabled(), transaction.atomic():
        restored = _load_all(archive, manifest, here)
        try:
            _bring_files(archive, manifest["files"])
        except BaseException:
            for folder in upload_folders():  # they were empty
                shutil.rmtree(folder, ignore_errors=True)
            raise
    call_command("migrate", verbosity=0, interactive=False)
    again = tombstones.erase_again()
    warnings = []
    if manifest["key"] != key_fingerprint():
        warnings.append(
            "SECRET_KEY differs from the one in use when this was made: set the old one, or open"
            " invitations and second factors must be made anew."
        )
    missing = sorted(set(linked_files()) - {entry["path"] for entry in manifest["files"]})
    return Report(restored, len(manifest["files"]), overall(restored), missing, warnings, again)


def _load_all(archive: zipfile.ZipFile, manifest: dict, here: dict) -> list[Table]:
    """All rows into the empty tables of `here`, compared with the manifest afterwards."""
    expected = [Table(**table) for table in manifest["tables"]]
    for name in FRAMEWORK:
        here[name]._base_manager.all().delete()
    for table in expected:
        _load(archive, here[table.name], table)
    _reset_sequences(list(here.values()))
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise RuleBroken("The backup has rows that link to rows it does not have.") from error
    restored = [digest_of(here[table.name]) for table in expected]
    if overall(restored) != manifest["digest"]:
        wrong = [a.name for a, b in zip(expected, restored, strict=True) if a != b]
        raise RuleBroken(f"Digests differ after restoring: {', '.join(wrong)}.")
    return restored


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
    allowed = [folder.resolve() for folder in upload_folders()]
    for entry in files:
        target = (Path(settings.DATA_DIR) / entry["path"]).resolve()
        if not any(target.is_relative_to(folder) for folder in allowed):
            raise RuleBroken(f"The backup names a file outside its folder: {entry['path']}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(f"data/{entry['path']}") as source, target.open("wb") as copy:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() != entry["sha256"]:
            raise RuleBroken(f"A file of the backup is damaged: {entry['path']}.")
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
