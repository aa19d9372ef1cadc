"""Scorecards: given alone, combined by formula, opened to the others when all are in."""

import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.i18n import pick
from hiring.choices import HomeTaskState, SheetKind
from hiring.models.candidate import Candidacy
from hiring.models.profile import Competency, OfHirers, Profile
from hiring.models.session import Exercise, Session
from hiring.models.task import HomeTask
from hiring.models.vacancy import SEEN_AFTER, SEEN_BEFORE


class SheetQuerySet(models.QuerySet):
    """Blindness lives here: whatever shows marks of others starts from `visible_to`."""

    def visible_to(self, user, now: dt.datetime | None = None):
        """Sheets whose marks the reader may read: their own in the window, and others' once opened.

        A session's open together, when all are in or the chair says so; those of a test task when
        it is graded; others' of a round when they are handed in, for hirers and for raters who
        have handed in theirs. Whoever still owes a sheet of the same round sees no other of it:
        recruiter, director and chair are not exempt.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Sheet.objects.filter(rater=user, candidacy=OuterRef("candidacy"))
        single = Q(session=None, home_task=None, submitted_at__isnull=False)
        owes = Exists(own.filter(kind=OuterRef("kind"), submitted_at=None))
        gave = Q() if user.hires else Q(Exists(own.filter(submitted_at__isnull=False)))
        graded = Q(home_task__state=HomeTaskState.GRADED)
        opened = Q(session__revealed_at__isnull=False) | (single & ~owes & gave) | graded
        seen = Q(candidacy__in=Candidacy.objects.visible_to(user).values("pk"))
        own_now = Q(pk__in=Sheet.objects.within_window(user, now).values("pk"))
        return self.filter(own_now | (seen & opened))

    def within_window(self, user, now: dt.datetime | None = None):
        """Asked of this reader: seven days before `held_at` to fourteen after, to the minute."""
        now = now or timezone.now()
        return self.filter(rater=user, held_at__lte=now + SEEN_BEFORE, held_at__gt=now - SEEN_AFTER)

    def submitted(self):
        return self.filter(submitted_at__isnull=False)

    def opened(self):
        """Whose marks are no secret any more: what an export may tell, whoever asks for it."""
        single = Q(session=None, home_task=None, submitted_at__isnull=False)
        graded = Q(home_task__state=HomeTaskState.GRADED)
        return self.filter(Q(session__revealed_at__isnull=False) | single | graded)


class Sheet(models.Model):
    """What one rater was asked to judge of one person in one round; a row is made when they are
    asked, so that it is also the right to see the person."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="sheets")
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sheets"
    )
    kind = models.CharField(max_length=10, choices=SheetKind)
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="sheets"
    )
    home_task = models.ForeignKey(
        HomeTask, on_delete=models.CASCADE, null=True, blank=True, related_name="sheets"
    )
    held_at = models.DateTimeField(default=timezone.now, help_text="When the round takes place.")
    remark = models.TextField(_("remark"), max_length=4000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.CharField(_("reason"), max_length=300, blank=True)
    taken_away = models.JSONField(
        default=dict,
        editable=False,
        help_text='{"competency-exercise": when}: an older mark of that place may still arrive.',
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["held_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "rater", "session"],
                condition=Q(session__isnull=False),
                name="hiring_sheet_once_per_session",
            ),
            models.UniqueConstraint(
                fields=["rater", "home_task"],
                condition=Q(home_task__isnull=False),
                name="hiring_sheet_once_per_task",
            ),
        ]
        indexes = [models.Index(fields=["rater", "held_at"], name="sheet_by_rater")]

    def __str__(self) -> str:
        return f"{self.rater} on {self.candidacy}"


class MarkQuerySet(models.QuerySet):
    def visible_to(self, user, now: dt.datetime | None = None):
        return self.filter(sheet__in=Sheet.objects.visible_to(user, now).values("pk"))


class Mark(models.Model):
    """1 to 5 for a competency, in an exercise or overall; an unanswered one has no row."""

    key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="Made by the device, kept once."
    )
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    exercise = models.ForeignKey(
        Exercise, on_delete=models.SET_NULL, null=True, blank=True, related_name="marks"
    )
    value = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.CharField(_("seen"), max_length=400, blank=True)
    at = models.DateTimeField(default=timezone.now, help_text="By the device's clock.")

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "competency", "exercise"],
                condition=Q(exercise__isnull=False),
                name="hiring_mark_once_per_exercise",
            ),
            models.UniqueConstraint(
                fields=["sheet", "competency"],
                condition=Q(exercise=None),
                name="hiring_mark_once",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=5), name="hiring_mark_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.value}"


class MarkChange(models.Model):
    """A mark changed after it was handed in, with what it was before (None: not marked yet)."""

    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, related_name="changes")
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    after = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Decision(models.Model):
    """What was decided about a person after a round, by whom and why."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="decisions")
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    verdict = models.CharField(
        max_length=8,
        choices=[("take", _("take")), ("reserve", _("keep in reserve")), ("refuse", _("refuse"))],
    )
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.verdict}"


class KitQuestion(models.Model):
    """A question to ask for a competency in a round. `texts`, `looks_for`: {language: text}."""

    code = models.CharField(max_length=60, unique=True)
    round = models.CharField(max_length=10, choices=SheetKind)
    competency = models.ForeignKey(
        Competency, on_delete=models.CASCADE, null=True, blank=True, related_name="questions"
    )
    profile = models.ForeignKey(
        Profile,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        help_text="Empty: for every profile with this competency.",
    )
    texts = models.JSONField(default=dict)
    looks_for = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return pick(self.texts)
