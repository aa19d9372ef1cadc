"""Test tasks: a bank with versions, and what was sent to whom and handed in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.account import NamedInLanguages
from common.i18n import pick
from hiring.choices import ExerciseKind, HomeTaskState, TaskPlace
from hiring.models.candidate import Candidacy
from hiring.models.profile import OfHirers


class TestTask(NamedInLanguages):
    __test__ = False  # no test case, whatever pytest makes of the name
    kind = models.CharField(_("kind"), max_length=10, choices=ExerciseKind)
    place = models.CharField(_("where"), max_length=4, choices=TaskPlace)
    hours = models.PositiveSmallIntegerField(_("hours to hand it in"), default=72)
    minutes = models.PositiveSmallIntegerField(_("minutes in the room"), default=20)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["place", "code"]


class TestTaskVersion(models.Model):
    """What is sent: never edited once it was. `texts`, `guides`: {language: text}."""

    __test__ = False
    task = models.ForeignKey(TestTask, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField(_("task"), default=dict)
    guides = models.JSONField(_("how it is graded"), default=dict)
    leaked_at = models.DateTimeField(null=True, blank=True, help_text="Known outside: not used.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["task", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="hiring_task_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.number}"

    @property
    def text(self) -> str:
        return pick(self.texts)

    @property
    def guide(self) -> str:
        return pick(self.guides)


class HomeTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recruiters; graders only by their sheets, without a name (hiring.queries)."""
        return self.filter(candidacy__in=Candidacy.objects.editable_by(user).values("pk"))

    def editable_by(self, user):
        return self.visible_to(user)

    def overdue(self, now):
        return self.filter(state=HomeTaskState.SENT, due_at__lt=now)


class HomeTask(models.Model):
    """One task given to one candidate; two graders see it without a name, a third settles."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="home_tasks")
    version = models.ForeignKey(TestTaskVersion, on_delete=models.PROTECT, related_name="given")
    state = models.CharField(max_length=10, choices=HomeTaskState, default=HomeTaskState.SENT)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    due_at = models.DateTimeField(_("due"))
    time_zone = models.CharField(max_length=60)
    reminded_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(_("answer"), max_length=20_000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    files = models.ManyToManyField("hiring.CandidateFile", blank=True, related_name="home_tasks")
    code = models.CharField(max_length=12, help_text="What graders see instead of a name.")
    version_number = models.PositiveIntegerField(default=1, editable=False)

    objects = HomeTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "version"],
                condition=~Q(state="cancelled"),
                name="hiring_task_given_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.code}"
