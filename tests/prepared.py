"""Test databases copied from one that was migrated before, while the migrations are the same."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import django
from django.apps import apps
from django.db import connection


def fingerprint() -> str:
    """Of every migration that would run, ours and the libraries'."""
    seen = hashlib.sha256(repr((django.VERSION, sqlite3.sqlite_version)).encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            seen.update(file.name.encode() + file.read_bytes())
    return seen.hexdigest()[:16]


@contextlib.contextmanager
def prepared_sqlite(name: str):
    """Put a migrated file at `name` if there is one, else keep what is made there meanwhile.

    Workers that start together wait for the first. Files of other fingerprints stay, and nobody
    waits for theirs: they belong to other checkouts.
    """
    folder = Path(tempfile.gettempdir(), f"kamhub-migrated-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = folder / f"{fingerprint()}.sqlite3"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = kept.exists()
        if found:
            shutil.copyfile(kept, name)
        yield
        if not found:
            half = kept.with_suffix(".half")
            with contextlib.closing(sqlite3.connect(half)) as copy:
                connection.connection.backup(copy)
            half.replace(kept)
