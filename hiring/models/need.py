"""Why a vacancy was asked for: managers that will be missing, as it was reckoned that day."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from hiring.models.vacancy import Vacancy


class NeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who hires; the reckoning tells what managers carry only in sum."""
        hires = user.is_authenticated and user.is_active and user.hires
        return self if hires else self.none()


class Need(models.Model):
    """`reckoning`: the figures behind it as the page showed them (kpi.queries.capacity)."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="need")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    months = models.PositiveSmallIntegerField(help_text="How far ahead it looked.")
    certainty = models.PositiveSmallIntegerField(help_text="Percent.")
    missing = models.SmallIntegerField(help_text="Managers, in the middle of the band.")
    hires = models.PositiveSmallIntegerField()
    invited = models.PositiveIntegerField()
    reckoning = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=40)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.vacancy}: {self.hires}"
