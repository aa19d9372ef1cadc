"""Who may answer for a key account: what the company asks, and what a director lets through."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.contact import OfAccount
from people.choices import Grade


def pulse_days() -> list[int]:
    return [30, 90]


def hours_by_tier() -> dict[str, float]:
    return {"A": 4, "B": 2, "C": 1, "N": 0.5}


def fixed_by_tier() -> dict[str, float]:
    return {"A": 6, "B": 2, "C": 0.5, "N": 0}


class OverrideQuerySet(OfAccount):
    def at(self, moment):
        """Those that let somebody through at this moment."""
        running = self.filter(valid_from__lte=moment, valid_until__gt=moment)
        return running.filter(Q(ended_at=None) | Q(ended_at__gt=moment))


class GateOverride(models.Model):
    """A director lets one person answer for one key account until a minute, and says why."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="overrides")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="overrides"
    )
    valid_from = models.DateTimeField(_("from"), default=timezone.now)
    valid_until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=400)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Taken back before its time.")

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="accounts_override_forward",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="accounts_override_has_a_reason",
                violation_error_message=_("Say why this person may do it now."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], name="override_running", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.account} until {self.valid_until:%Y-%m-%d %H:%M}"


class CareSettings(models.Model):
    """The company's own figures for the gate, handovers, control and load; one row."""

    key_grade = models.PositiveSmallIntegerField(
        _("grade a key account asks for"), choices=Grade, default=Grade.PRACTISED
    )
    watch_days = models.PositiveSmallIntegerField(_("watch after a handover, days"), default=90)
    undo_days = models.PositiveSmallIntegerField(_("reversible for, days"), default=30)
    joint_meetings = models.PositiveSmallIntegerField(_("joint meetings"), default=2)
    spacing_days = models.PositiveSmallIntegerField(_("between two handovers, days"), default=14)
    retention_target = models.PositiveSmallIntegerField(
        _("relationship to be kept at the end of the watch, %"), default=80
    )
    pulse_days = models.JSONField(_("the customer is asked on day"), default=pulse_days)
    accompanied_calls = models.PositiveSmallIntegerField(
        _("first calls with a director or lead"), default=3
    )
    control_days = models.PositiveSmallIntegerField(_("personal control, days"), default=60)
    hours_a_month = models.PositiveSmallIntegerField(_("hours with customers a month"), default=120)
    hours_by_tier = models.JSONField(
        _("hours a month for one relationship, by tier"),
        default=hours_by_tier,
    )
    fixed_by_tier = models.JSONField(
        _("hours a month for the account itself, by tier"),
        default=fixed_by_tier,
    )
    most_key = models.PositiveSmallIntegerField(_("key accounts of one manager"), default=3)
    most_regular = models.PositiveSmallIntegerField(_("other accounts of one manager"), default=25)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="accounts_care_is_one")]

    def __str__(self) -> str:
        return "care settings"

    @classmethod
    def current(cls) -> "CareSettings":
        """The row, or an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
