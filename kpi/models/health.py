"""How an account is: last night's score, its history, and what people say to it.

Scores are in tenths, but of whole points; sets of parts are bits (kpi.rules.health.score). The rows
stay with the account they were made for; after a merge judgements and overrides of the absorbed one
are read for its survivor (accounts.Account.merged_into), so that undoing a merge needs nothing.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from kpi.rules.health import score


class Assessment(models.IntegerChoices):
    """How somebody of ours sees the relationship, in words that the customer could read."""

    LEAVING = 0, pgettext_lazy("customer", "about to leave")
    UNHAPPY = 25, pgettext_lazy("customer", "unhappy")
    UNDECIDED = 50, pgettext_lazy("customer", "could go either way")
    CONTENT = 75, pgettext_lazy("customer", "content")
    LOYAL = 100, pgettext_lazy("customer", "recommends us")


def first_weights() -> list[int]:
    return list(score.WEIGHTS)


class HealthWeights(models.Model):
    """What the six parts weigh, in the order of kpi.rules.health.score.PARTS; never edited."""

    weights = models.JSONField(default=first_weights)
    note = models.CharField(_("why"), max_length=400, blank=True)
    adopted_on = models.DateField()
    adopted_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-adopted_on", "-id"]

    def __str__(self) -> str:
        return " ".join(map(str, self.weights))

    @classmethod
    def on(cls, day) -> "HealthWeights":
        """Those in force on `day`; an unsaved row with ours before any was adopted."""
        return cls.objects.filter(adopted_on__lte=day).first() or cls(adopted_on=day)


class Reckoned(models.Model):
    """What a night found, as the next one needs it back; empty where there is no number.

    `mean` is before the cap, `ceiling` what it may not pass while parts are `missing`.
    """

    is_computed = True

    score = models.PositiveSmallIntegerField(null=True)
    mean = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField()
    known = models.PositiveSmallIntegerField()
    ceiling = models.PositiveSmallIntegerField(null=True)
    missing = models.PositiveSmallIntegerField()
    cap = models.CharField(max_length=10, blank=True)
    weights = models.ForeignKey(
        HealthWeights, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Health(Reckoned):
    """Last night's score of an account; of what it was made is read when somebody asks."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="health"
    )
    as_of = models.DateField(help_text="The night that last changed this row.")
    was_mean = models.PositiveSmallIntegerField(null=True, help_text="Of the night before it.")
    was_known = models.PositiveSmallIntegerField()
    was_ceiling = models.PositiveSmallIntegerField(null=True)
    was_missing = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.score}"


class HealthDay(Reckoned):
    """The score from a day on, until the next row: written only when it changed."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="health_days", db_index=False
    )
    day = models.DateField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="kpi_health_day_once")
        ]
        indexes = [models.Index(fields=["day"], name="health_day_by_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}: {self.score}"


class OfAccount(models.QuerySet):
    def visible_to(self, user):
        return self.filter(account__in=Account.objects.visible_to(user).values("pk"))

    def standing(self):
        """Not taken back."""
        return self.filter(removed_at=None)


class HealthOverride(models.Model):
    """Somebody knows better, for a while: the computed score stays visible beside it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="health_overrides")
    value = models.PositiveSmallIntegerField(_("health"))
    reason = models.CharField(_("why"), max_length=400)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), help_text=_("The first day without it."))
    computed = models.PositiveSmallIntegerField(
        null=True, help_text="What was computed that day, in tenths."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfAccount.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__lte=100),
                name="kpi_health_override_range",
                violation_error_message=_("Health is between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="kpi_health_override_forward",
                violation_error_message=_("The end must lie after the beginning."),
            ),
        ]
        indexes = [models.Index(fields=["valid_to"], name="health_override_by_end")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.value} until {self.valid_to}"


class Judgement(models.Model):
    """How a manager or director sees the account on a day; worth something for sixty days."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="judgements")
    value = models.PositiveSmallIntegerField(_("how the customer is"), choices=Assessment)
    note = models.CharField(_("what makes you think so"), max_length=400, blank=True)
    day = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfAccount.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["day"], name="judgement_by_day")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.value} on {self.day}"


class HealthRecord(models.Model):
    """Of each quarter what the scores before had said: kpi.rules.health.record.Record by lead."""

    day = models.DateField(unique=True, help_text="Until here it was seen what came of them.")
    leads = models.JSONField(default=dict, help_text="{days: figures}")
    red = models.PositiveSmallIntegerField(null=True, help_text="Tenths below which it is red.")
    amber = models.PositiveSmallIntegerField(null=True)
    version = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"
