"""Group interviews: seats that are full but not overfull, who booked them and who came."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.i18n import pick
from hiring.choices import ExerciseKind, SeatState, SessionKind, SessionState
from hiring.models.candidate import Candidacy
from hiring.models.vacancy import SEEN_AFTER, SEEN_BEFORE, Vacancy, recruits

# Who holds a chair: what `Session.booked` counts.
HOLDING = (SeatState.BOOKED, SeatState.CONFIRMED)
ATTENDED = (SeatState.CAME, SeatState.LATE)
# Who was asked and has not said no: somebody else could not be invited in their stead.
OPEN = (SeatState.INVITED, SeatState.WAITING, *HOLDING)


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recruiters and directors all; others those they observe, within the window."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.hires:
            return self
        return self.filter(pk__in=Observer.objects.within_window(user).values("session"))

    def editable_by(self, user):
        return self if recruits(user) else self.none()

    def coming(self, now: dt.datetime):
        return self.filter(state=SessionState.PLANNED, starts_at__gt=now)

    def bookable(self, now: dt.datetime):
        """Coming, and booking has not ended; whether a place is free is asked by taking it."""
        return self.coming(now).filter(Q(closes_at=None) | Q(closes_at__gt=now))


class Session(models.Model):
    """`limit` is how many may book (seats and the overbooking); `booked` never exceeds it."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=6, choices=SessionKind, default=SessionKind.GROUP)
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=60)
    seats = models.PositiveSmallIntegerField(_("seats"), default=8)
    minimum = models.PositiveSmallIntegerField(_("a group has at least"), default=4)
    limit = models.PositiveSmallIntegerField(_("may book at most"), default=8)
    booked = models.PositiveSmallIntegerField(default=0, editable=False)
    closes_at = models.DateTimeField(_("booking ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.URLField(_("video link"), max_length=300, blank=True)
    cost_empty = models.DecimalField(
        _("an empty seat costs"), max_digits=6, decimal_places=2, default=2
    )
    cost_over = models.DecimalField(
        _("a person too many costs"), max_digits=6, decimal_places=2, default=1
    )
    spare = models.PositiveSmallIntegerField(_("spare chairs"), default=2)
    too_many_percent = models.PositiveSmallIntegerField(_("too many, at most, %"), default=5)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    revealed_at = models.DateTimeField(
        null=True, blank=True, help_text="When observers saw each other's scores."
    )
    debrief = models.TextField(
        _("what was said afterwards"), max_length=4000, blank=True, help_text="Of the round."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="Of its ICS file.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="hiring_session_forward",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(booked__lte=F("limit")),
                name="hiring_session_not_overfull",
                violation_error_message=_("This session is full."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("seats")), name="hiring_session_group_fits"
            ),
        ]
        indexes = [models.Index(fields=["vacancy", "starts_at"], name="session_by_vacancy")]

    def __str__(self) -> str:
        return self.title or f"{self.vacancy}, {self.starts_at:%Y-%m-%d %H:%M}"


class ObserverQuerySet(models.QuerySet):
    def within_window(self, user, now: dt.datetime | None = None):
        """From seven days before the session to fourteen after it, to the minute."""
        now = now or timezone.now()
        return self.filter(
            user=user,
            session__starts_at__lte=now + SEEN_BEFORE,
            session__ends_at__gt=now - SEEN_AFTER,
        )


class Observer(models.Model):
    """Who scores at a session; the chair leads it and is not exempt from scoring blind."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="observers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="observed_sessions"
    )
    is_chair = models.BooleanField(_("leads"), default=False)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="All own scores are in.")
    seen_at = models.DateTimeField(null=True, blank=True, help_text="The cockpit was last open.")

    objects = ObserverQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="hiring_observer_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.session}"


class Exercise(models.Model):
    """A part of the session with a clock. `names`: {language: name}."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="exercises")
    kind = models.CharField(max_length=10, choices=ExerciseKind)
    names = models.JSONField(default=dict)
    instructions = models.TextField(_("what is read out"), max_length=4000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    task = models.ForeignKey(
        "hiring.TestTaskVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exercises",
        help_text="Of the bank: its text is read out, unless one is written here.",
    )
    position = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    spent_seconds = models.PositiveIntegerField(default=0, help_text="Before the last start.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def name(self) -> str:
        own = pick(self.names)
        return own or (self.task.task.name if self.task else self.get_kind_display())

    @property
    def read_out(self) -> str:
        return self.instructions or (self.task.text if self.task else "")

    @property
    def guide(self) -> str:
        return self.task.guide if self.task else ""


class SeatQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(session__in=Session.objects.visible_to(user).values("pk"))

    def editable_by(self, user):
        return self.filter(session__in=Session.objects.editable_by(user).values("pk"))

    def holding(self):
        return self.filter(state__in=HOLDING)

    def open(self):
        return self.filter(state__in=OPEN)


class Seat(models.Model):
    """One person and one session, from invitation to attendance. Moving to another session ends
    this row and begins one there."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats_taken")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.INVITED)
    badge = models.PositiveSmallIntegerField(_("badge"), null=True, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    waiting_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    late_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="They said beforehand that they will be late."
    )
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was known: came or not, declined, called off."
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["badge", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "candidacy"], name="hiring_seat_once_per_session"
            ),
            models.UniqueConstraint(
                fields=["session", "badge"],
                condition=Q(badge__isnull=False),
                name="hiring_badge_once",
            ),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(state__in=["booked", "confirmed"]),
                name="hiring_one_booking_at_a_time",
                violation_error_message=_("This person has a seat in another session."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.session}"
