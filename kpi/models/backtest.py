"""What the company's own past said about forecasting it: one row for each quarter that ended."""

from django.db import models


class Backtest(models.Model):
    """Forecasts of earlier quarters against what then happened, and whether chances are told.

    `learnt` holds the coefficients of every model as of the quarter's end, from which the nights
    of the following quarter tell chances while `shown` names one of them.
    """

    as_of = models.DateField(unique=True, help_text="The end of a quarter.")
    horizon = models.PositiveSmallIntegerField(help_text="Days ahead.")
    first_day = models.DateField(null=True, help_text="Where the ledger began.")
    known_until = models.DateField(null=True, help_text="How far it reached, at most as_of.")
    shown = models.CharField(max_length=20, blank=True, help_text="Model; empty: none is told.")
    reason = models.CharField(max_length=10, help_text="shown, short, few or no_signal.")
    report = models.JSONField(default=dict, help_text="Quarters tried, counts, tenths.")
    learnt = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return f"{self.as_of}: {self.shown or self.reason}"
