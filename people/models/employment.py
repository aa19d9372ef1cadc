"""What somebody is to the company on a day, and when they are away or gone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.dates import Span, SpanQuerySet
from people.choices import AbsenceKind, DepartureKind, Grade
from people.models.company import company_day
from people.models.team import Membership


class OfStaff(models.QuerySet):
    """Rows about a colleague: read by that colleague, who leads their team, and directors."""

    def visible_to(self, user):
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_director:
            return self
        led = Membership.objects.on(company_day()).filter(team__lead=user).values("user")
        return self.filter(Q(user=user) | Q(user__in=led))


class SpanOfStaff(SpanQuerySet, OfStaff):
    pass


class EmploymentQuerySet(SpanOfStaff):
    def visible_to(self, user):
        """Administrators too: they enter what personnel tells them."""
        manages = user.is_authenticated and user.is_active and user.manages_people
        return self if manages else super().visible_to(user)


class AbsenceQuerySet(SpanOfStaff):
    def live(self):
        """Without those that were called off."""
        return self.filter(cancelled_at=None)

    def between(self, start, to):
        """With a day in [start, to)."""
        return self.filter(valid_from__lt=to, valid_to__gt=start)

    def known_to(self, user):
        """Also team mates': that they are away on these days, not why."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_director:
            return self
        today = Membership.objects.on(company_day())
        teams = today.filter(Q(user=user) | Q(team__lead=user)).values("team")
        mates = today.filter(team__in=teams).values("user")
        return self.filter(Q(user=user) | Q(user__in=mates))


class DepartureQuerySet(OfStaff):
    def open(self):
        """Noted, and they have not gone yet."""
        return self.filter(closed_at=None, cancelled_at=None)


class Employment(Span):
    """Grade and probation, dated: who became what on which day. Nobody without a row is graded."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="employments"
    )
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade, null=True, blank=True)
    on_probation = models.BooleanField(_("on probation"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["user"], condition=Q(valid_to=None), name="people_one_open_employment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.grade or '–'}"


class Absence(Span):
    """A time away that is known; `valid_to` is the first day back and always there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AbsenceKind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            Span.forward(),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False),
                name="people_absence_ends",
                violation_error_message=_("Say the first day back; it can be changed later."),
            ),
        ]
        indexes = [models.Index(fields=["user", "valid_from"], name="absence_by_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.valid_from} – {self.valid_to}"


class Departure(models.Model):
    """Somebody leaves: known beforehand, or from one day to the next."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departures"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DepartureKind)
    last_day = models.DateField(_("last day"))
    is_sudden = models.BooleanField(_("from one day to the next"), default=False)
    note = models.CharField(_("note"), max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="Rights, sessions and links have ended."
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-last_day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(closed_at=None, cancelled_at=None),
                name="people_one_open_departure",
                violation_error_message=_("This person's leaving is noted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.last_day}"
