"""What the night found about the whole company."""

from django.db import models

from common.money import AmountField


class PortfolioDay(models.Model):
    """The book on one day: totals, where the cuts fell, how concentrated it is."""

    day = models.DateField(unique=True)
    basis = models.CharField(max_length=8)
    net = AmountField()
    positive = AmountField()
    accounts = models.PositiveIntegerField()
    key_accounts = models.PositiveIntegerField(default=0)
    key_revenue = AmountField(default=0)
    tiers = models.JSONField(default=dict, help_text="Per tier: accounts and units; of the day.")
    tiers_in_force = models.JSONField(default=dict)
    degenerate = models.CharField(max_length=10, blank=True)
    concentration = models.JSONField(default=dict)
    curve = models.JSONField(default=dict, help_text="Cumulative line thinned, largest accounts.")
    rhythm = models.JSONField(
        default=dict, help_text="What all accounts' gaps have in common: see kpi.rules.rhythm."
    )
    moves = models.JSONField(default=dict, help_text="Since last month's and last year's end.")
    levels = models.BinaryField(null=True, help_text="Month-ends: every account's tier, packed.")
    policy = models.ForeignKey("accounts.Policy", on_delete=models.PROTECT, null=True)
    rule_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"
