"""Talks between a manager and who leads them, and what the director thinks of the work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Task
from kpi.choices import Mark


class OneToOneQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two who spoke and nobody else, whatever their role."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(manager=user) | Q(held_by=user))

    def standing(self):
        return self.filter(removed_at=None)


class OneToOne(models.Model):
    """`readings` keep what the manager's figures were when it was recorded: code to numbers."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_to_ones"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="one_to_ones_held"
    )
    held_on = models.DateField(_("day"))
    notes = models.TextField(_("notes"), max_length=8000, blank=True)
    points = models.ManyToManyField(Task, related_name="one_to_ones")
    figures_of = models.DateField(null=True, help_text="The day the readings stand for.")
    readings = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["manager", "-held_on"], name="one_to_one_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(manager=F("held_by")),
                name="kpi_one_to_one_is_of_two",
                violation_error_message=_("A one-to-one is between two people."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} {self.held_on}"


class AppraisalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Directors all; managers what was shared with them of their own."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_director:
            return self.filter(~Q(manager=user) | Q(shared_at__isnull=False))
        return self.filter(manager=user, shared_at__isnull=False)


class Appraisal(models.Model):
    """A judgement of a period in a word and a note; a new one of the same days stands before it."""

    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appraisals"
    )
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    mark = models.PositiveSmallIntegerField(_("in a word"), choices=Mark)
    note = models.TextField(_("why"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appraisals_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-id"]
        indexes = [models.Index(fields=["manager", "-last"], name="appraisal_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="kpi_appraisal_forward",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(mark__gte=1, mark__lte=5), name="kpi_appraisal_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} {self.first} {self.mark}"
