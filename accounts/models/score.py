"""What the night found: one row per account, and the dated history of its tier and of being key.

Filled by kpi; read here because account pages and the gate need it.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.choices import Basis, Tier
from accounts.models.account import Account
from common.dates import Span, SpanQuerySet, year_before
from common.money import AmountField


class AccountScore(models.Model):
    """What the night found that a reader may be shown: the row that lists read. What it slides
    besides is kept packed (kpi.queries.kept_scores).

    Sums are of the account with the children that count with it; a child that counts with its
    parent keeps its own sums and takes the parent's tier.
    """

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="score"
    )
    as_of = models.DateField(help_text="The night that last changed this row; see Scoring.as_of.")
    counts_with = models.ForeignKey(
        Account,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The parent or survivor its orders are added to; empty when it stands alone.",
    )
    revenue = AmountField(default=0, help_text="Net, trailing twelve months, own and children's.")
    margin = AmountField(default=0, help_text="Revenue less cost of the lines whose cost is known.")
    uncosted = AmountField(default=0, help_text="Part of revenue without a recorded cost.")
    revenue_before = AmountField(default=0, help_text="Net of the twelve months before those.")
    own_revenue = AmountField(default=0, help_text="Without children: what the night slides.")
    own_cost = AmountField(default=0)
    own_uncosted = AmountField(default=0)
    own_revenue_before = AmountField(default=0)
    lines = models.PositiveIntegerField(
        db_default=0, help_text="Service lines bought this month and in the three before."
    )
    most_lines = models.PositiveIntegerField(
        db_default=0, help_text="The most in any three of twelve months."
    )
    order_days = models.PositiveIntegerField(default=0)
    first_order = models.DateField(null=True)
    last_order = models.DateField(null=True)
    tier_of_day = models.CharField(max_length=1, choices=Tier, default=Tier.N)
    tier = models.CharField(max_length=1, choices=Tier, default=Tier.N)
    month_end_revenue = AmountField(default=0, help_text="As of the last month-end.")
    month_end_margin = AmountField(default=0)
    earlier_month_end_revenue = AmountField(default=0, help_text="As of the one before it.")
    earlier_month_end_margin = AmountField(default=0)
    is_key = models.BooleanField(default=False)
    key_reason = models.CharField(max_length=20, blank=True)
    gaps = models.PositiveIntegerField(db_default=0, help_text="Between order days of 36 months.")
    log_gaps = models.BigIntegerField(
        db_default=0, help_text="Sum of ln(days) of these gaps, each rounded to a billionth."
    )
    log_gaps_squared = models.BigIntegerField(db_default=0, help_text="Sum of their squares, too.")
    usual_gap = models.PositiveIntegerField(
        null=True, help_text="Days between orders, its own drawn to the book's; empty: too early."
    )
    amber_day = models.DateField(
        null=True, help_text="Silent until here: unusual; empty: too early."
    )
    alarm_day = models.DateField(null=True, help_text="Silent until here: alarm.")
    p_order = models.PositiveSmallIntegerField(
        null=True, help_text="Chance of an order in 90 days, whole percent; empty: not told."
    )
    rule_version = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-revenue", "account"], name="score_by_revenue"),
            models.Index(fields=["last_order", "account"], name="score_by_last_order"),
            models.Index(fields=["alarm_day"], name="score_by_alarm"),
            models.Index(fields=["tier", "-revenue"], name="score_by_tier"),
            models.Index(fields=["account"], name="score_key", condition=Q(is_key=True)),
            models.Index(
                fields=["counts_with"],
                name="score_counted_with",
                condition=Q(counts_with__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.tier}"


class ShownHealth(models.Model):
    """What lists show of the health of an open account; the others have no row.

    Beside its score, because most of it fades a little every night: a row as narrow as this one
    costs an eighth of what one of AccountScore costs to write.
    """

    is_computed = True

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="shown_health"
    )
    points = models.PositiveSmallIntegerField(null=True, help_text="0 to 100; empty: not known.")
    confidence = models.PositiveSmallIntegerField(
        help_text="Weight of the parts that are known and fresh, percent."
    )

    def __str__(self) -> str:
        return f"{self.account_id}: {self.points}"


class Scoring(models.Model):
    """As of which day all scores stand: one row, written last by the night.

    `whole` is false while a night is writing; after a crash it stays so, and the next night
    rebuilds the state from the daily facts instead of sliding it.
    """

    as_of = models.DateField(null=True)
    whole = models.BooleanField(default=False)
    first_day = models.DateField(null=True, help_text="Where the ledger begins.")
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.REVENUE)
    total = AmountField(default=0, help_text="Of all accounts above zero, in what basis says.")
    ranked = models.PositiveIntegerField(default=0, help_text="Accounts above zero.")
    cut_a = models.DecimalField(max_digits=5, decimal_places=2, default=80)
    cut_b = models.DecimalField(max_digits=5, decimal_places=2, default=95)
    degenerate = models.CharField(
        max_length=10, blank=True, help_text="Why this book has a curve but no tiers to speak of."
    )
    health_red = models.PositiveSmallIntegerField(
        null=True, help_text="Health below it is red, as the company's own losses say; empty: grey."
    )
    health_amber = models.PositiveSmallIntegerField(null=True)
    ledger_until = models.DateField(
        null=True, help_text="Newest day of the ledger when health was last scored."
    )
    contact_until = models.DateField(null=True, help_text="And of any talk that was told.")
    warned_until = models.DateField(null=True, help_text="The day warnings were last raised for.")
    warned_at = models.DateTimeField(null=True, help_text="When; empty while they are raised.")
    rule_version = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="accounts_scoring_is_one")]

    def __str__(self) -> str:
        return f"{self.as_of}"

    @classmethod
    def current(cls) -> "Scoring":
        """The row, or an unsaved one before the first night."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def health_tone(self, points: int | None) -> str:
        """ "dan", "cau", "pos"; "" where the company's past does not tell which health is bad."""
        if points is None or self.health_red is None:
            return ""
        if points < self.health_red:
            return "dan"
        return "cau" if self.health_amber is not None and points < self.health_amber else "pos"

    @property
    def compares(self) -> bool:
        """The ledger holds the whole twelve months before the last twelve."""
        if self.as_of is None or self.first_day is None:
            return False
        return self.first_day <= year_before(year_before(self.as_of)) + timedelta(days=1)


class TierSpan(Span):
    """The tier in force between two days, with the figures that made it so."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tier_spans")
    tier = models.CharField(max_length=1, choices=Tier)
    reason = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=40)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(fields=["account", "valid_from"], name="accounts_tier_from"),
        ]
        indexes = [models.Index(fields=["-valid_from"], name="tier_span_recent")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.tier} from {self.valid_from}"


class KeySpan(Span):
    """A time in which the account was key, and why."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="key_spans")
    reason = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=40)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(fields=["account", "valid_from"], name="accounts_key_from"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: key from {self.valid_from}"
