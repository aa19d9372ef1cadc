"""The account map: lines between the customer's people, and where cards were put by hand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import LineKind
from accounts.models.account import Account
from accounts.models.contact import Contact, ContactRole, OfAccount, SpanOfAccount
from common.dates import Span


class Line(Span):
    """Who reports to, influences or quarrels with whom, from a day to a day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("line"), max_length=10, choices=LineKind)
    start = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="lines_out")
    end = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="lines_in")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SpanOfAccount.as_manager()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            Span.forward(),
            models.CheckConstraint(
                condition=~Q(start=F("end")),
                name="accounts_line_two_people",
                violation_error_message=_("A line needs two people."),
            ),
            models.UniqueConstraint(
                fields=["account", "start"],
                condition=Q(kind="reports", valid_to=None),
                name="accounts_one_open_superior",
                violation_error_message=_("Somebody reports to one person at a time."),
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "start", "end"],
                condition=Q(valid_to=None),
                name="accounts_line_once",
                violation_error_message=_("This line is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} {self.kind} {self.end}"


class MapPlace(models.Model):
    """Where somebody put a card, in pixels of the drawing; the others are laid out."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="map_places")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="map_places")
    x = models.IntegerField()
    y = models.IntegerField()
    version = models.PositiveIntegerField(default=1)

    objects = OfAccount.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "contact"], name="accounts_one_map_place")
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.x}, {self.y}"


class CoverageRule(models.Model):
    """At least `people` of a role, within reach and tied to `colleagues` of ours."""

    tiers = models.JSONField(default=list)
    role = models.ForeignKey(
        ContactRole,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("role"),
        help_text=_("Empty: anybody with power."),
    )
    people = models.PositiveSmallIntegerField(_("how many people"), default=1)
    access = models.CharField(_("access at least"), max_length=1, default="3")
    strength = models.PositiveSmallIntegerField(
        _("tie at least"), default=30, help_text=_("0-100, from lived contact.")
    )
    colleagues = models.PositiveSmallIntegerField(_("with how many of ours"), default=1)
    importance = models.PositiveSmallIntegerField(_("importance"), default=1)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.people} x {self.role or 'power'}"
