"""What was planned: a version is changed while it is a draft and never afterwards."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.coverage import people_led
from common.dates import on
from common.money import AmountField
from kpi.choices import PlanMeasure, PlanState


class PlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts are the director's; what is adopted everybody who has a plan may read."""
        if not user.is_active:
            return self.none()
        if user.is_director:
            return self
        return self.adopted() if user.is_kam else self.none()

    def drafts(self):
        return self.filter(state=PlanState.DRAFT)

    def adopted(self):
        return self.filter(state=PlanState.ADOPTED)

    def in_force(self, day: dt.date):
        return self.adopted().filter(on(day))


class PlanVersion(models.Model):
    """The plan of a year as somebody once wrote it; adopted, it holds until the next one does."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    adopted_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="kpi_plan_version_once"),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state=PlanState.DRAFT),
                name="kpi_plan_one_draft",
                violation_error_message=_("There is a draft of this year already."),
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state=PlanState.ADOPTED, valid_to=None),
                name="kpi_plan_one_in_force",
                violation_error_message=_("A year has one plan in force."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="kpi_plan_forward",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.ADOPTED, valid_from__isnull=False)
                | (~Q(state=PlanState.ADOPTED) & Q(valid_from=None, valid_to=None)),
                name="kpi_plan_adopted_has_days",
                violation_error_message=_("An adopted plan holds from a day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


class PlanLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Directors all, leads their team's, managers their own."""
        rows = self.filter(version__in=PlanVersion.objects.visible_to(user))
        if user.is_director:
            return rows
        return rows.filter(Q(user=user) | Q(user__in=people_led(user)))


class PlanLine(models.Model):
    """What one manager shall reach in one month.

    A line with an account is that account's part; the line without one is all the rest, so that
    the lines of a manager add up.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="lines")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_lines"
    )
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.CASCADE, null=True, related_name="plan_lines"
    )
    measure = models.CharField(max_length=8, choices=PlanMeasure)
    month = models.PositiveSmallIntegerField(_("month"))
    value = AmountField(_("value"))

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["user", "measure", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "user", "measure", "month"],
                condition=Q(account=None),
                name="kpi_plan_line_rest_once",
            ),
            models.UniqueConstraint(
                fields=["version", "user", "measure", "month", "account"],
                condition=Q(account__isnull=False),
                name="kpi_plan_line_account_once",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="kpi_plan_line_month",
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="kpi_plan_line_not_negative",
                violation_error_message=_("A plan is not below zero."),
            ),
            models.CheckConstraint(
                condition=Q(account=None) | Q(measure=PlanMeasure.SALES),
                name="kpi_plan_line_accounts_sell",
                violation_error_message=_("Only sales are planned account by account."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.user_id} {self.measure} {self.month}: {self.value}"
