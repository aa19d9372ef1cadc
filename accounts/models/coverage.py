"""Who answers for an account, and when: dated, so that the past keeps its answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import AssignmentRole
from common.dates import Span, SpanQuerySet
from people.models import Attachment, Membership, company_day


def people_led(user) -> models.QuerySet:
    """Ids of those who today belong to a team that `user` leads."""
    return Membership.objects.on(company_day()).filter(team__lead=user).values("user")


def people_served(user) -> models.QuerySet:
    """Ids of the managers whom `user` assists today."""
    return Attachment.objects.on(company_day()).filter(assistant=user).values("manager")


def team_mates(user) -> models.QuerySet:
    """Ids of those who today share a team with `user`."""
    today = Membership.objects.on(company_day())
    return today.filter(team__in=today.filter(user=user).values("team")).values("user")


class AssignmentQuerySet(SpanQuerySet):
    def today(self):
        return self.on(company_day()).unexpired()

    def unexpired(self):
        """Without those that an override carried until a minute now past."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))

    def answering(self):
        """Of those who answer for the account; its team from other departments only helps."""
        return self.exclude(role=AssignmentRole.TEAM)

    def owners(self):
        return self.filter(role=AssignmentRole.OWNER)


class Assignment(Span):
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.CASCADE, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(_("role"), max_length=10, choices=AssignmentRole)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    function = models.CharField(
        _("function"), max_length=60, blank=True, help_text=_("In the account team: logistics.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Held by an override of the gate: no right from then on.",
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(role="owner", valid_to=None),
                name="accounts_one_open_owner",
                violation_error_message=_("An account has one owner at a time."),
            ),
        ]
        indexes = [models.Index(fields=["user", "account"], name="assignment_by_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.account}"
