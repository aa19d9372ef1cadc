"""Which accounts are key: the adopted policy, what was scored by hand, what was pinned."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Basis, PinKind, PolicyState
from accounts.models.account import Account
from common.dates import Span, SpanQuerySet
from common.i18n import pick

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class PolicyQuerySet(models.QuerySet):
    def adopted_on(self, day):
        return self.filter(adopted_on__lte=day).order_by("-adopted_on", "-id")


class Policy(models.Model):
    """The rules; adopted ones follow each other and are never edited."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=80)
    basis = models.CharField(_("measured by"), max_length=8, choices=Basis, default=Basis.REVENUE)
    cut_a = models.DecimalField(
        _("tier A ends at"), max_digits=5, decimal_places=2, default=80, validators=PERCENT
    )
    cut_b = models.DecimalField(
        _("tier B ends at"), max_digits=5, decimal_places=2, default=95, validators=PERCENT
    )
    tier_a_is_key = models.BooleanField(_("tier A is key"), default=True)
    single_share = models.DecimalField(
        _("key by itself from a share of"),
        max_digits=5,
        decimal_places=2,
        default=10,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Empty: the share alone makes nobody key."),
    )
    criteria_threshold = models.PositiveSmallIntegerField(
        _("key by strategic criteria from"), null=True, blank=True
    )
    criteria_weights = models.JSONField(
        default=dict, help_text="Code of a criterion → weight; one that is not named has its own."
    )
    cap = models.PositiveIntegerField(_("at most this many key accounts"), null=True, blank=True)
    accounts_per_kam = models.DecimalField(
        _("key accounts per manager"), max_digits=4, decimal_places=1, default=3
    )
    state = models.CharField(max_length=8, choices=PolicyState, default=PolicyState.DRAFT)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cut_a__lt=F("cut_b")),
                name="accounts_policy_cuts",
                violation_error_message=_("Tier A must end before tier B does."),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="adopted"),
                name="accounts_one_adopted_policy",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def weight_of(self, criterion: "Criterion") -> int:
        return int(self.criteria_weights.get(criterion.code, criterion.weight))


class Criterion(models.Model):
    """A reason other than money for which a customer is key, with its written scale."""

    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    scale = models.JSONField(default=list, help_text="Per mark from 0 up: words per language.")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names) or self.code


class CriterionMark(models.Model):
    """Somebody's mark on a day, with the reason; the newest one on or before a day counts."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="marks")
    mark = models.PositiveSmallIntegerField(_("mark"))
    reason = models.CharField(_("reason"), max_length=400)
    day = models.DateField(_("day"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["account", "criterion", "-day"], name="mark_newest")]

    def __str__(self) -> str:
        return f"{self.account}: {self.criterion} {self.mark}"


class Pin(Span):
    """A person decided otherwise than the rule: why, and until when."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pins")
    kind = models.CharField(_("what"), max_length=8, choices=PinKind)
    reason = models.CharField(_("reason"), max_length=400)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [Span.forward()]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_kind_display()}"
