"""Work that must not be lost, and files that were read: the only tables of common."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.choices import ImportState, JobState


class JobQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def abandoned(self, now):
        """Running, but the worker has not renewed its lease: it died."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)

    def forgotten(self, now, after):
        """Queued for longer than `after` with nobody woken: the broker lost the message."""
        return self.filter(state=JobState.QUEUED, wake_at__lte=now - after)

    def visible_to(self, user):
        """Directors and administrators see all work; others what they started."""
        if user.is_director or user.is_administrator:
            return self
        return self.filter(created_by=user)


class Job(models.Model):
    """One piece of background work: a row first, a message second."""

    name = models.CharField(_("job"), max_length=120)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  null = no key
    kwargs = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.CharField(max_length=32, blank=True)
    cancel_asked = models.BooleanField(default=False)
    again = models.BooleanField(default=False, help_text="Asked for once more while running.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    wake_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["state", "wake_at"],
                name="job_unfinished",
                condition=Q(state__in=["queued", "running"]),
            ),
            models.Index(fields=["name", "-id"], name="job_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def percent(self) -> int | None:
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def is_finished(self) -> bool:
        return self.state not in (JobState.QUEUED, JobState.RUNNING)


class ImportQuerySet(models.QuerySet):
    def applied(self):
        return self.filter(state=ImportState.APPLIED)

    def visible_to(self, user):
        """Imports are company business: directors read them, administrators see their state."""
        return self if user.is_director or user.is_administrator else self.none()


class Import(models.Model):
    """One file somebody brought, from upload to undo. What it brings is told by its kind."""

    kind = models.CharField(max_length=20)
    source = models.CharField(_("source"), max_length=60, blank=True)
    filename = models.CharField(max_length=255)
    path = models.CharField(max_length=500, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    dialect = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    counts = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    report = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"
