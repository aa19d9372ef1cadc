"""Files people attach: kept under a name nobody can guess, described by what their bytes are."""

import datetime as dt
import uuid
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# States of quarantine; empty is free. A virus is followed by its name.
WAITING, AWAY, REFUSED, VIRUS = "waiting", "away", "refused", "virus"


def first_state() -> str:
    return WAITING if settings.CLAMD_URL else ""


def stored_name(instance: "StoredFile", filename: str) -> str:
    """Where the bytes lie; nothing of the sender's name gets into a path."""
    return f"files/{uuid.uuid4().hex}"


class StoredFile(models.Model):
    """A file with its sender's name as mere text; the app's table says what it belongs to."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file"), max_length=255)
    content = models.FileField(upload_to=stored_name)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="Out of sight; the bytes go some nights later."
    )
    quarantine = models.CharField(
        max_length=200, blank=True, default=first_state, help_text="Why nobody may have it yet."
    )

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def virus(self) -> str:
        """The name of the virus that was found in it."""
        state, _colon, name = self.quarantine.partition(":")
        return name if state == VIRUS else ""

    @property
    def is_shut(self) -> bool:
        """Not to be handed out; what only waits is free again where the scanner was given up."""
        return bool(self.quarantine) and bool(self.virus or settings.CLAMD_URL)


FOLDER = "files"
# Bytes are written before their row is: what is younger may still get one.
YOUNG = dt.timedelta(hours=12)


def served(file: StoredFile) -> FileResponse:
    """A download that no browser shows, runs or keeps; 404 when it is shut, or its bytes gone."""
    if file.is_shut:
        raise Http404
    try:
        stream = file.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(stream, content_type=file.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def file_tables() -> list[type[StoredFile]]:
    """Every table of files, whichever app it belongs to."""
    return [model for model in apps.get_models() if issubclass(model, StoredFile)]


def kept_names() -> set[str]:
    """What the rows of every table of files name."""
    rows = (table._base_manager.values_list("content", flat=True) for table in file_tables())
    return {name for names in rows for name in names.iterator()}


def delete_orphans(*, now: dt.datetime) -> int:
    """Delete bytes that no row of any table of files names any more."""
    names = kept_names()
    try:
        _folders, found = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    gone = 0
    for name in found:
        path = f"{FOLDER}/{name}"
        if path not in names and default_storage.get_modified_time(path) < now - YOUNG:
            default_storage.delete(path)
            gone += 1
    return gone
