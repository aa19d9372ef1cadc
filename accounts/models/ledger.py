"""What customers bought: versions of lines, and two exact roll-ups kept beside them.

A line is live while the import that brought it is applied and no applied import supersedes it.
So an import, or its undo, becomes visible by changing one row: its own state.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import LineStatus
from accounts.models.account import Account, NamedInLanguages, Source
from common.choices import COUNTING
from common.money import AmountField


class ServiceLine(NamedInLanguages):
    """A family of products or services; code "" gathers what has none."""

    brought_by = models.ForeignKey(
        "common.Import", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["code"]


class Product(models.Model):
    code = models.CharField(_("code"), max_length=80, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=200, blank=True)
    service_line = models.ForeignKey(ServiceLine, on_delete=models.PROTECT, related_name="products")
    brought_by = models.ForeignKey(
        "common.Import", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code


class LedgerLineQuerySet(models.QuerySet):
    def live(self):
        return self.filter(batch__state__in=COUNTING).exclude(superseded_by__state__in=COUNTING)

    def unconverted(self):
        return self.filter(net=None)


class LedgerLine(models.Model):
    """One version of one line of an invoice, order or credit note; never edited."""

    batch = models.ForeignKey("common.Import", on_delete=models.PROTECT, related_name="lines")
    superseded_by = models.ForeignKey(
        "common.Import",
        on_delete=models.PROTECT,
        null=True,
        related_name="superseded",
        db_index=False,
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    document = models.CharField(_("document"), max_length=80)
    line = models.CharField(_("line"), max_length=40)
    day = models.DateField(_("day"))
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    # Without an index each product that is deleted would cost the database a scan of the ledger to
    # check a constraint; the only command that deletes products looks once for all of them.
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False
    )
    service_line = models.ForeignKey(ServiceLine, on_delete=models.PROTECT, db_index=False)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    currency = models.CharField(max_length=3)
    amount = AmountField(_("amount"))
    cost = AmountField(_("cost"), null=True)
    net = AmountField(null=True, help_text="Amount in company currency; empty without a rate.")
    net_cost = AmountField(null=True, help_text="Cost in company currency.")
    status = models.CharField(max_length=10, choices=LineStatus, default=LineStatus.INVOICED)
    digest = models.BigIntegerField(help_text="Of the content, to recognise an unchanged line.")

    objects = LedgerLineQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source", "document", "line"], name="ledger_by_key"),
            models.Index(fields=["account", "-day"], name="ledger_by_account"),
            models.Index(
                fields=["superseded_by"],
                name="ledger_superseded",
                condition=Q(superseded_by__isnull=False),
            ),
            models.Index(
                fields=["currency", "day"], name="ledger_unconverted", condition=Q(net__isnull=True)
            ),
            models.Index(
                fields=["day"], name="ledger_credits", condition=Q(status=LineStatus.CREDIT)
            ),
            models.Index(
                fields=["account"], name="ledger_open", condition=Q(status=LineStatus.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"


class LedgerClaim(models.Model):
    """Who may change the ledger now: the one row, taken by a conditional update.

    `holder` says machine, process and a random mark; `until` is the end of the lease.
    """

    holder = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True)
    batch = models.ForeignKey(
        "common.Import", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="accounts_claim_is_one")]

    def __str__(self) -> str:
        return self.holder or "free"


class Totals(models.Model):
    """Exact sums in company currency over converted live lines; a row with no lines is removed."""

    net = AmountField(default=0)
    positive = AmountField(default=0, help_text="Sum of the lines above zero.")
    cost = AmountField(default=0)
    uncosted = AmountField(default=0, help_text="Part of net whose cost nobody recorded.")
    lines = models.IntegerField(default=0)

    class Meta:
        abstract = True


class AccountDay(Totals):
    """One account on one day."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="days", db_index=False
    )
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="accounts_account_day")
        ]
        indexes = [models.Index(fields=["day"], name="account_day_by_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"


class ServiceMonth(Totals):
    """One account, one service line, one month (its first day)."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="service_months", db_index=False
    )
    service_line = models.ForeignKey(ServiceLine, on_delete=models.PROTECT, db_index=False)
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "service_line", "month"], name="accounts_service_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.service_line_id} {self.month}"


class LedgerDelta(Totals):
    """What an import (or an undo, or new rates) will add to the roll-ups once it is switched on."""

    batch = models.ForeignKey("common.Import", on_delete=models.CASCADE, related_name="deltas")
    account_id = models.BigIntegerField()
    service_line_id = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "account_id", "service_line_id", "day"], name="accounts_delta_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.account_id} {self.day}"


SINCE_EVER = dt.date(1900, 1, 1)


class DirtyAccountQuerySet(models.QuerySet):
    def touch(self, account_ids: Iterable[int]) -> None:
        """The whole history of these accounts changed (a merge, a new parent, an undo)."""
        rows = [self.model(account_id=pk, since=SINCE_EVER) for pk in account_ids]
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=["since", "claimed"],
        )


class DirtyAccount(models.Model):
    """Its facts changed from day `since` on: the night computes it anew, unless the day is new.

    The night claims the rows it has read; when it has written, it passes them on to the measures
    (kpi.models.CorrectedAccount) and deletes them. Whoever touches an account meanwhile must clear
    the claim. Write through `DirtyAccount.objects.touch`, or in SQL
    ON CONFLICT (account_id) DO UPDATE SET claimed = false, since = the earlier of both.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    since = models.DateField(default=SINCE_EVER)
    claimed = models.BooleanField(default=False)

    objects = DirtyAccountQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.account_id)


class Rate(models.Model):
    """From `day` on, one unit of `currency` is worth `rate` units of the company's currency."""

    currency = models.CharField(_("currency"), max_length=3)
    day = models.DateField(_("from"))
    rate = models.DecimalField(_("rate"), max_digits=20, decimal_places=10)

    class Meta:
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day"],
                name="accounts_rate_once",
                violation_error_message=_("There is already a rate for this day."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="accounts_rate_positive",
                violation_error_message=_("A rate is above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day}: {self.rate}"
