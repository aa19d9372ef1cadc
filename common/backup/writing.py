"""Making the file: rows of one moment, then the files they refer to."""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from common import doctor, tombstones
from common.backup import files as uploads
from common.backup.files import FORMAT, Report, key_fingerprint, linked_files
from common.backup.tables import Digest, Table, described, lines, overall, snapshot, stored_models


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
    tombstones.join(settings.ERASED_LIST, target.with_name(tombstones.NAME))
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
        files = list(filter(None, (_write_file(archive, path) for path in uploads.upload_paths())))
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


def _write_file(archive: zipfile.ZipFile, path: Path) -> dict | None:
    """None for a file that was deleted meanwhile, because its row was."""
    name = uploads.name_of(path)
    try:
        archive.write(path, f"data/{name}")
        with path.open("rb") as source:
            return {"path": name, "sha256": hashlib.file_digest(source, "sha256").hexdigest()}
    except FileNotFoundError:
        return None
