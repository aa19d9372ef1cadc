"""Readings of measures: what a figure was on a day, from which numbers, by which formula."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.coverage import people_led
from kpi.choices import Scope
from kpi.models.one_to_one import Appraisal
from people.models import Team

JUDGED = "assessment"  # the measure whose readings are somebody's judgement of a person


class ReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Directors read everything, leads their teams and who is in them, managers their own.

        What directors think of somebody's work directors alone read, not of themselves, and the
        manager once it is shown.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_director:
            return self.exclude(code=JUDGED, scope=Scope.MANAGER, key=str(user.pk))
        if not user.is_kam:
            return self.none()
        people = {user.pk, *people_led(user).values_list("user", flat=True)}
        teams = Team.objects.filter(lead=user).values_list("pk", flat=True)
        theirs = Q(scope=Scope.MANAGER, key__in=[str(pk) for pk in people])
        theirs |= Q(scope=Scope.TEAM, key__in=[str(pk) for pk in teams])
        shown = Appraisal.objects.filter(manager=user, shared_at__isnull=False)
        judged = Q(scope=Scope.MANAGER, key=str(user.pk))
        judged &= Q(inputs__appraisal__in=list(shown.values_list("pk", flat=True)))
        return self.filter(theirs & (~Q(code=JUDGED) | judged))

    def as_was(self):
        return self.filter(is_restated=False)


class Reading(models.Model):
    """One figure on one day, for one group.

    `numerator` and `denominator` are exact: counts, or units of money (1/10,000). `value` is what
    they give, for order and drawings; empty where the figure says nothing. A closed day's first
    reading stays; what late corrections make of it stands beside it as restated.
    """

    code = models.CharField(max_length=30)
    version = models.CharField(max_length=40, help_text="Of the formula it was made by.")
    day = models.DateField()
    first = models.DateField()
    last = models.DateField()
    scope = models.CharField(max_length=10, choices=Scope)
    key = models.CharField(max_length=20, blank=True, help_text="Id or letter; 0: nobody, none.")
    is_restated = models.BooleanField(default=False)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    inputs = models.JSONField(default=dict)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["code", "scope", "key", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "code", "scope", "key", "is_restated"], name="kpi_reading_once"
            )
        ]
        indexes = [models.Index(fields=["code", "scope", "key", "day"], name="reading_of_measure")]

    def __str__(self) -> str:
        return f"{self.code} {self.scope} {self.key} {self.day}"


class ReadingDay(models.Model):
    """A day that is read whole; written after its readings.

    `digest` is of all that the readings are made of: another one later means corrections. `closed`:
    the day was over when it was first read, so that its first readings stay.
    """

    day = models.DateField(unique=True)
    digest = models.CharField(max_length=64)
    closed = models.BooleanField(default=False)
    first_made_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"
