"""An account changes hands: a road with gates, a signature, and a watch over what is kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import (
    HandoverCause,
    HandoverChoice,
    HandoverItemKind,
    HandoverState,
    Tier,
)
from accounts.models.account import Account, NamedInLanguages
from accounts.models.contact import Contact, OfAccount
from accounts.models.promise import Promise
from accounts.models.task import Task
from accounts.models.touchpoint import Touchpoint

LIVE = ("planned", "captured", "introduced", "joint", "watch")
BEFORE_ACCEPTANCE = ("planned", "captured", "introduced", "joint")


class HandoverPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Directors, and who is to receive the accounts."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self if user.is_director else self.filter(to_user=user)


class HandoverPlan(models.Model):
    """Several accounts for one manager, one after the other."""

    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handover_plans"
    )
    starts_on = models.DateField(_("first handover on"))
    spacing_days = models.PositiveSmallIntegerField(_("days between two"), default=14)
    joint_meetings = models.PositiveSmallIntegerField(_("joint meetings each"), default=2)
    note = models.CharField(_("note"), max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HandoverPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return f"{self.to_user}: {self.starts_on}"


class OfPlan(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=HandoverPlan.objects.visible_to(user).values("pk"))


class PlanStep(models.Model):
    """One account of a plan; its handover begins when the one before is accepted."""

    plan = models.ForeignKey(HandoverPlan, on_delete=models.CASCADE, related_name="steps")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="plan_steps")
    position = models.PositiveSmallIntegerField()
    planned_for = models.DateField(_("changes hands on"))
    handover = models.OneToOneField(
        "Handover", on_delete=models.SET_NULL, null=True, blank=True, related_name="step"
    )
    trouble = models.CharField(
        max_length=400, blank=True, help_text="Why it could not begin by itself."
    )

    objects = OfPlan.as_manager()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "account"],
                name="accounts_once_in_a_plan",
                violation_error_message=_("This account is in the plan already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.account}"


class HandoverQuerySet(OfAccount):
    def visible_to(self, user):
        """Managers who may open the account, and from the first day who is to receive it;
        assistants do not."""
        if not (user.is_authenticated and user.is_active and user.sells):
            return self.none()
        mine = Q(account__in=Account.objects.visible_to(user).values("pk"))
        return self.filter(mine | Q(to_user=user, state__in=LIVE))

    def live(self):
        return self.filter(state__in=LIVE)


class Handover(models.Model):
    """One account from one manager (or nobody) to another.

    `switched` is what acceptance changed, as undoing needs it; `baseline` the strength of every
    tie of the customer's people of power on that day ({contact: 0-100}), `kept` the same at the
    end of the watch without those who have left the customer; `result` what came out
    (accounts.queries.handover_watch.Result).
    """

    plan = models.ForeignKey(
        HandoverPlan, on_delete=models.SET_NULL, null=True, blank=True, related_name="handovers"
    )
    position = models.PositiveSmallIntegerField(default=0)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="handovers")
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers_given",
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_taken"
    )
    cause = models.CharField(_("why"), max_length=10, choices=HandoverCause)
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.PLANNED)
    tier = models.CharField(max_length=1, choices=Tier, help_text="Of the day it was planned.")
    planned_for = models.DateField(_("changes hands on"))
    joint_meetings = models.PositiveSmallIntegerField(_("joint meetings"), default=2)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(
        null=True, blank=True, help_text="By a director; a manager only proposes."
    )
    former_stays = models.BooleanField(
        _("the former manager stands in until the watch ends"), default=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True, help_text="The day ownership changed.")
    signature = models.CharField(_("signed as"), max_length=120, blank=True)
    watch_until = models.DateField(null=True, blank=True)
    switched = models.JSONField(default=dict)
    baseline = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=BEFORE_ACCEPTANCE),
                name="accounts_one_handover",
                violation_error_message=_("A handover of this account is under way."),
            ),
            models.CheckConstraint(
                condition=Q(from_user=None) | ~Q(from_user=F("to_user")),
                name="accounts_handover_to_another",
                violation_error_message=_("Choose somebody else: they have the account already."),
            ),
        ]
        indexes = [models.Index(fields=["to_user", "state"], name="handover_by_taker")]

    def __str__(self) -> str:
        return f"{self.account}: {self.from_user or '–'} → {self.to_user}"


class OfHandover(models.QuerySet):
    def visible_to(self, user):
        return self.filter(handover__in=Handover.objects.visible_to(user).values("pk"))


class HandoverMove(models.Model):
    """From state to state: who, when, and what was waived with which reason."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=10, choices=HandoverState, blank=True)
    to_state = models.CharField(max_length=10, choices=HandoverState)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=400, blank=True)

    objects = OfHandover.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class HandoverQuestion(NamedInLanguages):
    """What a checklist asks, by tier; the company changes the words and adds its own."""

    kind = models.CharField(
        max_length=8, choices=HandoverItemKind, default=HandoverItemKind.QUESTION
    )
    tiers = models.JSONField(default=list, help_text="Of which tiers' accounts it is asked.")
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "id"]


class HandoverItem(models.Model):
    """One line of the checklist: the old manager tells or does, the new one acknowledges."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=8, choices=HandoverItemKind)
    position = models.PositiveSmallIntegerField(default=0)
    question = models.ForeignKey(
        HandoverQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("what"), max_length=400, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    promise = models.ForeignKey(
        Promise, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(
        Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    touchpoint = models.ForeignKey(
        Touchpoint,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The introduction or joint meeting: both managers were there.",
    )
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    choice = models.CharField(
        _("what becomes of it"), max_length=8, choices=HandoverChoice, blank=True
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="To whom a promise or a task is passed, when not to the new manager.",
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When the new manager acknowledged it."
    )
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    waived_why = models.CharField(_("why it is not needed"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfHandover.as_manager()

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(waived_at=None) | ~Q(waived_why=""),
                name="accounts_waiver_has_a_reason",
                violation_error_message=_("Say why it is not needed."),
            ),
            models.UniqueConstraint(
                fields=["handover", "contact"],
                condition=Q(kind="person"),
                name="accounts_introduced_once",
            ),
            models.UniqueConstraint(
                fields=["handover", "promise"],
                condition=Q(kind="promise"),
                name="accounts_promise_gone_through_once",
            ),
            models.UniqueConstraint(
                fields=["handover", "task"],
                condition=Q(kind="task"),
                name="accounts_task_gone_through_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title or self.contact or self.promise or self.task}"


class Pulse(models.Model):
    """One question to one person of the customer's, by a link of its own."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="pulses")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="pulses"
    )
    day = models.PositiveSmallIntegerField(help_text="Of the watch: 30, 90.")
    seed = models.CharField(max_length=32, editable=False)
    digest = models.CharField(max_length=64, unique=True, help_text="Of the link's token.")
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5.")
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="Somebody chose not to ask this person."
    )

    objects = OfHandover.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "contact", "day"], name="accounts_pulse_once"
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(answer__range=(1, 5)), name="accounts_pulse_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}, day {self.day}: {self.answer or '–'}"
