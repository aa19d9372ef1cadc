"""The calling list of a vacancy: whom to ring next, by whom it is held, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.choices import CallOutcome, CallState
from hiring.models.candidate import Candidacy, Candidate
from hiring.models.vacancy import OfVacancy, Vacancy


class CallList(models.Model):
    """One per vacancy: the script and the rules of its calls."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="call_list")
    script = models.TextField(_("script"), max_length=8000, blank=True)
    most_attempts = models.PositiveSmallIntegerField(_("attempts at most"), default=4)
    hours_between = models.PositiveSmallIntegerField(_("hours between attempts"), default=6)
    quiet_from = models.PositiveSmallIntegerField(_("no calls from, hour"), default=20)
    quiet_to = models.PositiveSmallIntegerField(_("no calls until, hour"), default=9)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfVacancy.as_manager()

    def __str__(self) -> str:
        return str(self.vacancy)


class CallEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(candidacy__in=Candidacy.objects.editable_by(user).values("pk"))

    def editable_by(self, user):
        return self.visible_to(user)


class CallEntry(models.Model):
    """A candidacy's place in the queue; taken by a conditional update, given back after a time."""

    list = models.ForeignKey(CallList, on_delete=models.CASCADE, related_name="entries")
    candidacy = models.OneToOneField(Candidacy, on_delete=models.CASCADE, related_name="call_entry")
    state = models.CharField(max_length=8, choices=CallState, default=CallState.WAITING)
    order = models.PositiveIntegerField(
        default=0, help_text="The tier first, then who is freshest."
    )
    due_at = models.DateTimeField(default=timezone.now, help_text="Not before.")
    is_callback = models.BooleanField(default=False, help_text="They were promised this time.")
    attempts = models.PositiveSmallIntegerField(default=0)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    held_until = models.DateTimeField(null=True, blank=True)

    objects = CallEntryQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        indexes = [
            models.Index(
                fields=["list", "-is_callback", "order", "due_at"],
                name="call_entry_next",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return str(self.candidacy)


class Call(models.Model):
    """One attempt to reach somebody."""

    key = models.UUIDField(unique=True, editable=False, help_text="Made by the page, kept once.")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, related_name="calls"
    )
    entry = models.ForeignKey(CallEntry, on_delete=models.SET_NULL, null=True, related_name="calls")
    outcome = models.CharField(max_length=12, choices=CallOutcome)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    call_back_at = models.DateTimeField(_("call back"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.get_outcome_display()}"
