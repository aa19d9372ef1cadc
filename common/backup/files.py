"""The uploads beside the database, and what ties a backup to its place."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models

from common.backup.tables import Table, stored_models

FORMAT = 1


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


def key_fingerprint() -> str:
    """Tells whether a backup was made under the same SECRET_KEY, without telling the key."""
    return hashlib.sha256(b"kamhub.backup:" + settings.SECRET_KEY.encode()).hexdigest()[:16]
