from django.conf import settings
from django.db import models
from django.utils import timezone

from common import tokens


class EmailChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def pending(self, now):
        return self.filter(confirmed_at=None, undone_at=None, expires_at__gt=now)


class EmailChange(models.Model):
    """From an old address to a new one: confirmed from the new, undone from the old."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_changes"
    )
    old = models.EmailField()
    new = models.EmailField()
    seed = models.CharField(max_length=32)
    confirm_digest = models.CharField(max_length=64, unique=True)
    undo_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @property
    def confirm_token(self) -> str:
        return tokens.derive("people.email.confirm", self.seed)

    @property
    def undo_token(self) -> str:
        return tokens.derive("people.email.undo", self.seed)
