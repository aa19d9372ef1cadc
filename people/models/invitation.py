from django.conf import settings
from django.db import models
from django.utils import timezone

from common import tokens
from people.models.team import Team


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who manage people see who has been asked in."""
        return self if user.is_active and user.manages_people else self.none()

    def unanswered(self):
        """Neither accepted nor withdrawn; may have expired."""
        return self.filter(accepted_by=None, withdrawn_at=None)

    def usable(self, now):
        return self.unanswered().filter(expires_at__gt=now)


class Invitation(models.Model):
    """A way in for one person. Of its link only the digest and half of the seed are kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    seed = models.CharField(max_length=32, default="")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email

    @property
    def token(self) -> str:
        return tokens.derive("people.invitation", self.seed)

    @property
    def is_open(self) -> bool:
        unused = self.accepted_by_id is None and self.withdrawn_at is None
        return unused and self.expires_at > timezone.now()
