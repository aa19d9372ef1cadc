"""The company's own figures for hiring."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def remind_hours() -> list[int]:
    """Three days, one day and three hours before a session."""
    return [72, 24, 3]


class HiringSettings(models.Model):
    """One row; without it the defaults hold."""

    keep_days = models.PositiveSmallIntegerField(
        _("keep candidates after the vacancy closes, days"), default=180
    )
    pool_months = models.PositiveSmallIntegerField(
        _("keep candidates for later vacancies, months"), default=12
    )
    link_days = models.PositiveSmallIntegerField(_("personal links live, days"), default=60)
    prior_came = models.DecimalField(max_digits=5, decimal_places=1, default=2)
    prior_missed = models.DecimalField(max_digits=5, decimal_places=1, default=3)
    remind_hours = models.JSONField(_("reminders before a session, hours"), default=remind_hours)
    seats = models.PositiveSmallIntegerField(_("seats of a session"), default=8)
    cost_empty = models.DecimalField(
        _("an empty seat costs"), max_digits=6, decimal_places=2, default=2
    )
    cost_over = models.DecimalField(
        _("a person too many costs"), max_digits=6, decimal_places=2, default=1
    )
    hold_minutes = models.PositiveSmallIntegerField(_("a call is held, minutes"), default=10)
    attrition_percent = models.PositiveSmallIntegerField(
        _("who leaves or fails in probation, %"), default=50
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="hiring_settings_is_one")]

    def __str__(self) -> str:
        return "hiring settings"

    @classmethod
    def current(cls) -> "HiringSettings":
        """The row, or an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
