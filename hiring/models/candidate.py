"""Candidates: a person is one row, with a candidacy for each vacancy they were thought of for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import ReachKind
from common.files import StoredFile
from common.i18n import pick
from common.money import AmountField
from hiring.choices import CandidacyState, Source, StageKind
from hiring.models.sourcing import SearchTier
from hiring.models.vacancy import SEEN_AFTER, SEEN_BEFORE, Stage, Vacancy, recruits
from people.models import Membership, Team, company_day

# A director reads candidates from here on; before, they are the recruiter's.
SHORTLISTED = (
    StageKind.SESSION,
    StageKind.TASK,
    StageKind.DECISION,
    StageKind.OFFER,
    StageKind.HIRED,
)


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recruiters all; directors whom a recruiter has shortlisted; others whom they interview,
        from seven days before to fourteen after. Nobody's own line manager sees them apply."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_recruiter:
            return self.exclude(Candidate.hidden_from(user))
        seen = Candidacy.objects.seen_by(user).values("candidate")
        return self.filter(pk__in=seen).exclude(Candidate.hidden_from(user))

    def editable_by(self, user):
        return self.visible_to(user) if recruits(user) else self.none()

    def present(self):
        """Neither merged away nor erased."""
        return self.filter(merged_into=None)


class Candidate(models.Model):
    """No date of birth, photo, marital status or health: they are never asked for."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=160)
    other_name = models.CharField(_("name in another script"), max_length=160, blank=True)
    language = models.CharField(_("language of letters"), max_length=5, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    employer = models.CharField(_("present employer"), max_length=160, blank=True)
    plain_employer = models.CharField(max_length=200, editable=False, default="")
    manager = models.CharField(_("present manager"), max_length=160, blank=True)
    title = models.CharField(_("present position"), max_length=160, blank=True)
    years_in_sales = models.PositiveSmallIntegerField(_("years in sales"), null=True, blank=True)
    pay_wish = AmountField(_("wants, a month"), null=True, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    summary = models.TextField(_("in short"), max_length=4000, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.OTHER)
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recommended by"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        help_text="Somebody of our own staff.",
    )
    manager_may_know = models.DateTimeField(
        null=True, blank=True, help_text="When an internal candidate let their manager be told."
    )
    wants_no_letters = models.DateTimeField(null=True, blank=True, editable=False)
    wants_no_calls = models.DateTimeField(null=True, blank=True, editable=False)
    search_text = models.CharField(max_length=600, editable=False, default="")
    plain_name = models.CharField(max_length=200, editable=False, default="")
    plain_other = models.CharField(max_length=200, editable=False, default="")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
        db_index=False,  # nearly all are null: SQLite would take it before the order of a list
    )
    brought_by = models.ForeignKey(
        "common.Import",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["plain_name"], name="candidate_by_name"),
            models.Index(
                fields=["plain_other"], name="candidate_by_other_name", condition=~Q(plain_other="")
            ),
            models.Index(
                fields=["plain_employer"],
                name="candidate_by_employer",
                condition=~Q(plain_employer=""),
            ),
            models.Index(fields=["-created_at", "-id"], name="candidate_newest"),
            models.Index(fields=["name", "id"], name="candidate_in_order"),
            models.Index(
                fields=["merged_into"], name="candidate_merged", condition=~Q(merged_into=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def hidden_from(user) -> Q:
        """The user themselves, and members of the teams the user leads who have not let them know.

        A director is the line manager of leads and of people without a team.
        """
        today = company_day()
        teams = Team.objects.filter(lead=user)
        below = Membership.objects.on(today).filter(team__in=teams.values("pk"))
        hidden = Q(user__in=below.values("user"))
        if user.is_director:
            in_teams = Membership.objects.on(today).exclude(team__lead=None)
            leads = Team.objects.exclude(lead=None)
            own = ~Q(user__in=in_teams.values("user")) | Q(user__in=leads.values("lead"))
            hidden |= Q(user__isnull=False) & own
        return (hidden & Q(manager_may_know=None)) | Q(user=user)


class OfCandidate(models.QuerySet):
    """Rows of a candidate that only recruiters see: numbers, notes, letters, calls."""

    def visible_to(self, user):
        return self.filter(candidate__in=Candidate.objects.editable_by(user).values("pk"))

    def editable_by(self, user):
        return self.visible_to(user)


class CandidateReach(models.Model):
    """A phone, address or profile; the same shapes as of people at customers."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reaches")
    kind = models.CharField(_("kind"), max_length=10, choices=ReachKind)
    value = models.CharField(_("number or address"), max_length=300)
    normal = models.CharField(max_length=300, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_wrong = models.BooleanField(default=False, help_text="A call said so.")

    objects = OfCandidate.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["kind", "normal"], name="candidate_reach_by_normal")]

    def __str__(self) -> str:
        return self.value


class CandidacyQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not (user.is_authenticated and user.is_active):
            return self.none()
        rows = self if user.is_recruiter else self.seen_by(user)
        # Staff only: the index of `user` finds those few among all candidates.
        staff = Candidate.objects.filter(user__isnull=False)
        hidden = staff.filter(Candidate.hidden_from(user)).values("pk")
        return rows.exclude(candidate__in=hidden)

    def seen_by(self, user):
        """Shortlisted ones for directors, those one interviews for everybody else."""
        now = timezone.now()
        asked = Candidacy.objects.filter(
            sheets__rater=user,
            sheets__home_task=None,  # graders of a test task know a code, not a person
            sheets__held_at__lte=now + SEEN_BEFORE,
            sheets__held_at__gt=now - SEEN_AFTER,
        ).values("pk")
        if user.is_director:
            return self.filter(Q(shortlisted_at__isnull=False) | Q(pk__in=asked))
        return self.filter(pk__in=asked)

    def editable_by(self, user):
        return self.visible_to(user) if recruits(user) else self.none()

    def active(self):
        return self.filter(state=CandidacyState.ACTIVE)


class Candidacy(models.Model):
    """One person for one vacancy. When the person is erased the row stays, without them: the
    funnel's counts survive (docs/security.md)."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, related_name="candidacies"
    )
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="candidacies")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="candidacies")
    state = models.CharField(max_length=10, choices=CandidacyState, default=CandidacyState.ACTIVE)
    source = models.CharField(max_length=10, choices=Source, default=Source.OTHER)
    tier = models.ForeignKey(
        SearchTier, on_delete=models.SET_NULL, null=True, blank=True, related_name="candidacies"
    )
    entered_at = models.DateTimeField(default=timezone.now, help_text="This stage.")
    rank = models.IntegerField(default=0, help_text="Its place in the column, set by hand.")
    applied_at = models.DateTimeField(null=True, blank=True)
    shortlisted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reject_reason = models.ForeignKey(
        "hiring.RejectReason",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidacies",
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody is rejected by a machine.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "vacancy"],
                name="hiring_one_candidacy_per_vacancy",
                violation_error_message=_("This person stands for the vacancy already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidacyState.REJECTED) | Q(ended_at__isnull=False),
                name="hiring_rejection_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["vacancy", "stage", "rank", "-entered_at"],
                name="candidacy_board",
                condition=Q(state="active"),
            ),
            models.Index(fields=["vacancy", "state", "-entered_at"], name="candidacy_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate or '–'}: {self.vacancy}"


class Move(models.Model):
    """From stage to stage, in or out: the history every rate is counted from."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="moves")
    from_stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, related_name="+")
    to_stage = models.ForeignKey(Stage, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=CandidacyState, help_text="What the candidacy was after it."
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class RejectReason(models.Model):
    """Why people are not taken. `names`: {language: name}; a letter may go with it."""

    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    letter = models.ForeignKey(
        "hiring.LetterTemplate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_candidate = models.BooleanField(default=False, help_text="They withdrew, we did not refuse.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names) or self.code


class CandidateNoteQuerySet(OfCandidate):
    def visible_to(self, user):
        """Recruiters all; directors those of people on the short list."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_recruiter or not user.is_director:
            return super().visible_to(user)
        listed = Candidacy.objects.visible_to(user).filter(shortlisted_at__isnull=False)
        return self.filter(candidate__in=listed.values("candidate"))

    def editable_by(self, user):
        return self.filter(candidate__in=Candidate.objects.editable_by(user).values("pk"))


class CandidateNote(models.Model):
    """Internal: recruiters write them, directors read those of the short list."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="notes")
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    text = models.TextField(_("note"), max_length=4000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CandidateNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.at:%Y-%m-%d}"


class CandidateFile(StoredFile):
    """A CV or another paper of a candidate; served through an authorised view only."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="files")
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    is_cv = models.BooleanField(default=True)
    text = models.TextField(blank=True, help_text="What its words are, read by a child process.")
    trouble = models.CharField(max_length=10, blank=True, help_text="Why it could not be read.")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = OfCandidate.as_manager()


class CandidateMerge(models.Model):
    """Two rows of one person became one; what moved is kept so that it can be undone."""

    survivor = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="absorbed_in")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"
