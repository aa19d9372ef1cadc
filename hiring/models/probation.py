"""Probation as a measured experiment: accounts, goals, a control group, check-ins, evidence."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, HandoverPlan
from common.files import StoredFile
from common.money import AmountField
from hiring.choices import CheckInState, EvidenceKind, GoalKind, ProbationState
from hiring.models.candidate import Candidacy
from people.choices import Grade
from people.models.employment import OfStaff

OPEN = ("draft", "offered", "running")


class ProbationLimit(models.Model):
    """What a country's law allows, as of a day: the longest trial and the notice to end it."""

    country = models.CharField(_("country"), max_length=2)
    case = models.CharField(_("case"), max_length=60, blank=True)
    most_days = models.PositiveSmallIntegerField(_("longest, days"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice, days"), null=True, blank=True)
    in_writing = models.BooleanField(_("reasons in writing"), default=True)
    source = models.CharField(_("source"), max_length=200)
    on = models.DateField(_("as of"))
    is_shipped = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["country", "case"]
        constraints = [
            models.UniqueConstraint(fields=["country", "case"], name="hiring_limit_by_case")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.case}: {self.most_days or '–'}"


class ProbationQuerySet(OfStaff):
    def visible_to(self, user):
        """Mentor, lead, directors and recruiters; the newcomer from the offer on."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.hires:
            return self
        own = Q(user=user) & ~Q(state="draft") & ~Q(state="cancelled", offered_at=None)
        return self.filter(own | (~Q(user=user) & (Q(mentor=user) | Q(lead=user))))

    def open(self):
        return self.filter(state__in=OPEN)


class Probation(models.Model):
    """One newcomer's trial. What was agreed is frozen when they accept it, before the first day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="probations"
    )
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="probations"
    )
    state = models.CharField(max_length=10, choices=ProbationState, default=ProbationState.DRAFT)
    grade = models.PositiveSmallIntegerField(_("grade on passing"), choices=Grade)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    country = models.CharField(_("country"), max_length=2)
    limit = models.ForeignKey(
        ProbationLimit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="probations_mentored",
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="probations_led",
    )
    criteria = models.TextField(_("how it is judged"), max_length=4000, blank=True)
    former_helps = models.BooleanField(_("who had the accounts stays in their team"), default=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    frozen_on = models.DateField(
        null=True, blank=True, help_text="The last ledger day the baselines hold."
    )
    season = models.JSONField(
        default=list, help_text="Of a year's revenue the share of each month; empty: evenly."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reasons = models.TextField(_("reasons"), max_length=4000, blank=True)
    notice_on = models.DateField(_("notice given on"), null=True, blank=True)
    leaves_on = models.DateField(_("last day of work"), null=True, blank=True)
    extensions = models.JSONField(default=list, help_text="[{on, from, to, reasons, by}]")
    handover_plan = models.ForeignKey(
        HandoverPlan, on_delete=models.SET_NULL, null=True, blank=True, related_name="probations"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProbationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=OPEN),
                name="hiring_one_open_probation",
                violation_error_message=_("This person is on probation already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="hiring_probation_forward",
                violation_error_message=_("The end must lie after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.starts_on} – {self.ends_on}"


class OfProbation(models.QuerySet):
    def visible_to(self, user):
        return self.filter(probation__in=Probation.objects.visible_to(user).values("pk"))


class ProbationAccount(models.Model):
    """An account given for the trial, or one like it that nobody touches, to compare with.

    `baseline` is net revenue of the window that ended on `frozen_on`, `before` that of the window
    before it; `frozen` what else is compared later: {"orders": how many order days, "squares" and
    "largest" of their net, "coverage": 0-1 or null}. `why` are the rules it met:
    [{code, figure, other, gap}].
    """

    probation = models.ForeignKey(Probation, on_delete=models.CASCADE, related_name="accounts")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="probations")
    matched_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="controls"
    )
    distance = models.FloatField(null=True, blank=True, help_text="Of a control: 0 is a twin.")
    baseline = AmountField(default=0)
    before = AmountField(default=0)
    window_days = models.PositiveSmallIntegerField(default=365)
    frozen = models.JSONField(default=dict)
    why = models.JSONField(default=list)
    former_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="It became key, closed or was merged: no longer counted."
    )
    left_why = models.CharField(max_length=200, blank=True)

    objects = OfProbation.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["probation", "account"], name="hiring_probation_account_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}"

    @property
    def is_control(self) -> bool:
        return self.matched_to_id is not None


class ProbationGoal(models.Model):
    """One thing to be reached: a number with a date, or in own words."""

    probation = models.ForeignKey(Probation, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(max_length=10, choices=GoalKind)
    title = models.CharField(_("goal"), max_length=300, blank=True)
    target = models.DecimalField(_("target"), max_digits=9, decimal_places=2, null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(_("within, days"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    must = models.BooleanField(_("must be reached"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    judged = models.BooleanField(_("reached"), null=True, help_text="Of a free goal, by the lead.")
    judged_note = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfProbation.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class ProbationDay(models.Model):
    """A goal as one night found it, with what was expected by then and how sure the figure is."""

    goal = models.ForeignKey(ProbationGoal, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    expected = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    control = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    data = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["goal", "day"], name="hiring_probation_day")]

    def __str__(self) -> str:
        return f"{self.goal_id} on {self.day}: {self.value}"


class CheckIn(models.Model):
    """A week's talk: what each of the three says, and what follows."""

    probation = models.ForeignKey(Probation, on_delete=models.CASCADE, related_name="check_ins")
    week = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=CheckInState, default=CheckInState.PLANNED)
    held_on = models.DateField(null=True, blank=True)
    newcomer_words = models.TextField(_("the newcomer"), max_length=2000, blank=True)
    mentor_words = models.TextField(_("the mentor"), max_length=2000, blank=True)
    lead_words = models.TextField(_("the lead"), max_length=2000, blank=True)
    mark = models.PositiveSmallIntegerField(_("on course, 1-5"), null=True, blank=True)
    agreed = models.TextField(_("agreed"), max_length=2000, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="Read by the newcomer.")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfProbation.as_manager()

    class Meta:
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["probation", "week"], name="hiring_check_in_once"),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__range=(1, 5)), name="hiring_check_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.probation_id}, week {self.week}"


class Evidence(models.Model):
    """What was seen, on a day, by whom: only added, shown to the newcomer."""

    probation = models.ForeignKey(Probation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    on = models.DateField(_("day"))
    text = models.TextField(_("what was seen"), max_length=4000)
    goal = models.ForeignKey(
        ProbationGoal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    objects = OfProbation.as_manager()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.text[:60]}"


class EvidenceFile(StoredFile):
    """A paper that belongs to what was seen; served to those who may see the trial."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="files")
