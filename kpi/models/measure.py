"""What a company wants of a measure; every change is a row, the newest is in force."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class MeasureSetting(models.Model):
    code = models.CharField(max_length=30)
    target = models.DecimalField(
        max_digits=18, decimal_places=4, null=True, blank=True,
        help_text="Percent of a share, the amount of money, or a count.",
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_shown = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["code", "-id"], name="measure_setting_newest")]

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"
