"""Warnings, what people answered to them, and pauses that were agreed.

Rows stay with the account they were said of. Whoever reads them for an account reads those of the
accounts merged into it as well, so a merge moves nothing and its undo brings nothing back.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Task
from common.dates import Span, SpanQuerySet
from common.money import AmountField
from kpi.choices import AlertCause, AlertEnd, AlertLevel, AnswerVerb

SURVIVOR = Coalesce("account__merged_into", "account")


class AlertQuerySet(models.QuerySet):
    def visible_to(self, user):
        accounts = Account.objects.visible_to(user)
        sees_all = not accounts.query.has_filters()  # to join every account would be dear
        return self if sees_all else self.filter(account__in=accounts)

    def editable_by(self, user):
        return self.filter(account__in=Account.objects.editable_by(user))

    def open(self):
        return self.filter(cleared_on=None)


class Alert(models.Model):
    """One warning of one cause about one account, from the day it became true to its end.

    `since` is the day it stands on: the last order, or the last contact. The same silence is one
    row, whatever happens to it; the next silence is another.
    """

    is_computed = True  # an answer to it is told in the record, of the account

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="alerts", db_index=False
    )
    cause = models.CharField(max_length=10, choices=AlertCause)
    level = models.CharField(max_length=5, choices=AlertLevel)
    since = models.DateField()
    raised_on = models.DateField(help_text="When it became true, whichever night saw it.")
    red_on = models.DateField(null=True, help_text="When it became an alarm.")
    seen_on = models.DateField(help_text="The day of the night that saw it.")
    data = models.JSONField(default=dict, help_text="The evidence of the day it was seen.")
    stake = AmountField(default=0, help_text="Money at risk in 90 days, company currency.")
    cleared_on = models.DateField(null=True)
    why = models.CharField(max_length=10, choices=AlertEnd, blank=True)
    answer = models.ForeignKey(
        "kpi.AlertAnswer", on_delete=models.SET_NULL, null=True, related_name="cleared",
        db_index=False,
    )  # fmt: skip

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-stake", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "cause", "since"], name="kpi_alert_once"),
            models.UniqueConstraint(
                fields=["account", "cause"],
                condition=Q(cleared_on=None),
                name="kpi_alert_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["-stake"], name="alert_open", condition=Q(cleared_on=None)),
            models.Index(fields=["red_on"], name="alert_red", condition=Q(red_on__isnull=False)),
            models.Index(
                fields=["answer"], name="alert_answered", condition=Q(answer__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.cause} since {self.since}"


class AgreedPause(Span):
    """Between two days the customer is expected to order nothing."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="agreed_pauses")
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["valid_to", "pk"]
        constraints = [Span.forward()]
        indexes = [models.Index(fields=["valid_to"], name="agreed_pause_end")]

    def __str__(self) -> str:
        return f"{self.account_id}: until {self.valid_to}"


class AlertAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(alert__account__in=Account.objects.visible_to(user))

    def valid(self):
        return self.filter(undone_at=None)

    def hiding(self, day: dt.date):
        """Calls to come: until their day an account waits outside the inbox."""
        return self.valid().filter(verb=AnswerVerb.PLANNED, until__gte=day)


class AlertAnswer(models.Model):
    """What a person said to a warning; taken back, it stays with its time."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="answers")
    verb = models.CharField(max_length=8, choices=AnswerVerb)
    reason = models.CharField(max_length=12, blank=True, help_text="A LostReason or WrongReason.")
    note = models.CharField(_("note"), max_length=400, blank=True)
    until = models.DateField(null=True, help_text="Day of the call, or end of the pause.")
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    pause = models.ForeignKey(AgreedPause, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = AlertAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="alert_answer_recent")]

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.verb}"
