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
    erased: int = 0

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def upload_folders() -> list[Path]:
    """Where people's files are: what rows link to, and the sources and reports of imports."""
    linked = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return [linked, Path(settings.DATA_DIR) / "imports"]


def upload_paths() -> list[Path]:
    found = (path for folder in upload_folders() if folder.exists() for path in folder.rglob("*"))
    return sorted(path for path in found if path.is_file())


def name_of(path: Path) -> str:
    """A file's name in the backup: its place in the data folder."""
    return path.relative_to(settings.DATA_DIR).as_posix()


def linked_files() -> Iterator[str]:
    """Names, as in the backup, of the files that rows refer to."""
    folder = upload_folders()[0]
    for model in stored_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                names = model._base_manager.exclude(**{field.name: ""})
                for name in names.values_list(field.name, flat=True).distinct().iterator():
                    yield name_of(folder / name)


def key_fingerprint() -> str:
    """Tells whether a backup was made under the same SECRET_KEY, without telling the key."""
    return hashlib.sha256(b"kamhub.backup:" + settings.SECRET_KEY.encode()).hexdigest()[:16]
