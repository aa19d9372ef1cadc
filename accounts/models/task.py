"""What is to be done, by whom and when; and how often an account or a person wants to be met."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import AssignmentRole, RepeatUnit, TaskState
from accounts.models.account import Account
from accounts.models.contact import Contact, SpanOfAccount
from accounts.models.coverage import Assignment
from accounts.models.touchpoint import Touchpoint
from accounts.rules import field
from common.dates import Span


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of accounts whose card one may open, one's own of no account, and those given to
        one who helps with the account today. Who no longer has to do with it sees none of it."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        opened = Account.objects.visible_to(user).values("pk")
        return self._reached_by(user, opened)

    def editable_by(self, user):
        """Those one may complete, plan and comment; rules decide who may change the rest."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self._reached_by(user, Account.objects.editable_by(user).values("pk"))

    def _reached_by(self, user, accounts):
        helped = Assignment.objects.today().filter(user=user, role=AssignmentRole.TEAM)
        personal = Q(account=None) & (Q(owner=user) | Q(created_by=user))
        given = Q(owner=user, account__in=helped.values("account"))
        # For a director the same as account__in, without a look at every account there is.
        reached = Q(account__isnull=False) if user.is_director else Q(account__in=accounts)
        return self.filter(reached | personal | given)

    def open(self):
        return self.filter(state=TaskState.OPEN)

    def overdue(self, day):
        return self.open().filter(due__lt=day)


class Task(models.Model):
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("who"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="tasks_given"
    )
    created_at = models.DateTimeField(default=timezone.now)
    due = models.DateField(_("due"), null=True, blank=True)
    remind_at = models.DateTimeField(_("remind me"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    planned_on = models.DateField(
        _("day in my week"), null=True, blank=True, help_text=_("Where its owner has put it.")
    )
    rank = models.IntegerField(default=0, help_text="Its place in that day, set by hand.")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    repeat_every = models.PositiveSmallIntegerField(_("every"), null=True, blank=True)
    repeat_unit = models.CharField(max_length=5, choices=RepeatUnit, blank=True)
    repeat_from = models.DateField(
        null=True,
        blank=True,
        help_text="The day repetitions are counted from; postponing keeps it.",
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repetitions"
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_steps",
        help_text="The touchpoint it is the next step of.",
    )
    cause = models.CharField(
        max_length=60, blank=True, help_text="What made it, so that it is made once: hole:finance."
    )
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(_("what came of it"), max_length=400, blank=True)
    search_text = models.CharField(max_length=600, editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "cause"],
                condition=Q(state="open") & ~Q(cause=""),
                name="accounts_one_task_per_cause",
                violation_error_message=_("This task is there already."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due"], name="task_by_owner"),
            models.Index(fields=["account", "state", "due"], name="task_by_account"),
            models.Index(
                fields=["remind_at"],
                name="task_to_remind",
                condition=Q(state="open", reminded_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Cadence(Span):
    """How often an account, or one of its people, is to be met, as agreed from a day on."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="cadences")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="cadences"
    )
    days = models.PositiveSmallIntegerField(
        _("every how many days"), null=True, blank=True, help_text=_("Empty: none is agreed.")
    )
    note = models.CharField(_("what was agreed"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SpanOfAccount.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(contact=None, valid_to=None),
                name="accounts_one_open_cadence",
            ),
            models.UniqueConstraint(
                fields=["account", "contact"],
                condition=Q(contact__isnull=False, valid_to=None),
                name="accounts_one_open_cadence_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact or self.account}: {self.days}"


class FieldSettings(models.Model):
    """The company's own figures for work in the field; by tier, in days."""

    cadence_days = models.JSONField(default=field.default_cadence)
    half_life_days = models.JSONField(default=field.default_half_life)
    shelf_days = models.JSONField(default=field.default_shelf_life)
    late_after_hours = models.PositiveSmallIntegerField(_("late after"), default=24)
    bow_tie_target = models.PositiveSmallIntegerField(default=60)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="accounts_field_settings_is_one")
        ]

    def __str__(self) -> str:
        return "field settings"

    @classmethod
    def current(cls) -> "FieldSettings":
        """The row, or an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
