"""Where to look, in order, and where not to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from hiring.choices import OffLimitsKind, TierKind
from hiring.models.profile import OfHirers
from hiring.models.vacancy import OfVacancy, Vacancy


class SearchTier(models.Model):
    """One circle of the search; it opens when the one before is exhausted, or by a reason."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="search_tiers")
    kind = models.CharField(max_length=12, choices=TierKind)
    position = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(_("which niche, whose customers"), max_length=300, blank=True)
    exhausted_at_percent = models.PositiveSmallIntegerField(
        _("exhausted when so many % are reached"), default=80
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_because = models.CharField(_("why early"), max_length=300, blank=True)

    objects = OfVacancy.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "position"], name="hiring_tier_order"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class TargetCompany(models.Model):
    """A company of a tier whose people are wanted. `plain` is what names are compared by."""

    tier = models.ForeignKey(SearchTier, on_delete=models.CASCADE, related_name="companies")
    name = models.CharField(_("company"), max_length=160)
    plain = models.CharField(max_length=200, editable=False, default="")
    domain = models.CharField(_("web site"), max_length=160, blank=True)
    why = models.CharField(_("why there"), max_length=300, blank=True)

    objects = OfVacancy.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "plain"],
                name="hiring_target_once",
                violation_error_message=_("This company stands in the tier already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OffLimitsQuerySet(OfHirers):
    def in_force(self, day):
        """Not lifted and not past its end."""
        return self.filter(Q(until=None) | Q(until__gte=day), lifted_at=None)


class OffLimits(models.Model):
    """A company whose people are not approached, or not wanted; by name, aliases, web site."""

    kind = models.CharField(_("why"), max_length=10, choices=OffLimitsKind)
    name = models.CharField(_("company"), max_length=160)
    aliases = models.JSONField(_("also called"), default=list, blank=True)
    domain = models.CharField(_("web site"), max_length=160, blank=True)
    plain_names = models.JSONField(
        default=list, editable=False, help_text="Name and aliases as they are compared."
    )
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=400)
    until = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(_("why it was lifted"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OffLimitsQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
