"""Files people attach: kept under a name nobody can guess, described by what their bytes are."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
