"""What the pages of sessions show: days in a row, who has which place, who observes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_time
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import SeatState, SessionState
from hiring.models import Candidacy, Observer, Seat, Session, Vacancy
from hiring.models.session import ATTENDED, HOLDING, OPEN
from hiring.queries.colleagues import possible_raters
from people.models import User

FEWEST_OBSERVERS = 2
MOST_OVER = 30
TONES = {
    SeatState.CONFIRMED: "pos", SeatState.CAME: "pos", SeatState.LATE: "cau",
    SeatState.BOOKED: "inf", SeatState.WAITING: "cau", SeatState.NO_SHOW: "dan",
}  # fmt: skip
SESSION_TONES = {
    SessionState.PLANNED: "inf", SessionState.RUNNING: "pos", SessionState.CANCELLED: "dan",
}  # fmt: skip
# Who has a place first, then who may still get one, then who will not come.
ORDER = (
    *ATTENDED, SeatState.NO_SHOW, SeatState.CONFIRMED, SeatState.BOOKED, SeatState.WAITING,
    SeatState.INVITED, SeatState.DECLINED, SeatState.CANCELLED, SeatState.MOVED,
)  # fmt: skip
# What a recruiter does for somebody on the phone, by what stands.
ACTS = {
    SeatState.INVITED: ("book", "decline", "cancel"),
    SeatState.WAITING: ("book", "decline", "cancel"),
    SeatState.BOOKED: ("confirm", "decline", "cancel"),
    SeatState.CONFIRMED: ("decline", "cancel"),
    SeatState.DECLINED: ("book",),
}


def hours(session: Session) -> str:
    """10:00–13:00, in the session's own zone."""
    zone, locale = ZoneInfo(session.time_zone), formats.locale_of(formats.language())
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return _("%(from)s–%(until)s") % {
        "from": format_time(start, "short", locale=locale),
        "until": format_time(end, "short", locale=locale),
    }


def local_day(session: Session) -> dt.date:
    return session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()


def zone_name(session: Session) -> str:
    return formats.zone(session.time_zone)


def when(session: Session) -> str:
    """22 Nov 2026, 16:00–19:00 (Moscow): by the clock of the place, for readers elsewhere too."""
    return f"{formats.day(local_day(session))}, {hours(session)} ({zone_name(session)})"


@dataclass(frozen=True, slots=True)
class SessionRow:
    session: Session
    day: dt.date
    hours: str
    zone: str
    tone: str
    url: str
    asked: int
    confirmed: int
    came: int
    observers: int
    is_over: bool
    lacks_observers: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Sessions that lie in one calendar week."""

    monday: dt.date
    rows: list[SessionRow]


def with_counts(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.annotate(
        asked=Count("seats_taken", filter=Q(seats_taken__state__in=OPEN), distinct=True),
        confirmed=Count(
            "seats_taken", filter=Q(seats_taken__state=SeatState.CONFIRMED), distinct=True
        ),
        came=Count("seats_taken", filter=Q(seats_taken__state__in=ATTENDED), distinct=True),
        watched=Count("observers", distinct=True),
    )


def row_of(session: Session, now: dt.datetime) -> SessionRow:
    is_over = session.ends_at <= now or session.state in (
        SessionState.FINISHED, SessionState.CANCELLED,
    )  # fmt: skip
    return SessionRow(
        session=session, day=local_day(session), hours=hours(session), zone=zone_name(session),
        tone=SESSION_TONES.get(session.state, ""),
        url=reverse("hiring:session_page", args=[session.pk]),
        asked=session.asked, confirmed=session.confirmed, came=session.came,
        observers=session.watched, is_over=is_over,
        lacks_observers=not is_over and session.watched < FEWEST_OBSERVERS,
    )  # fmt: skip


def sessions_of(vacancy: Vacancy) -> tuple[list[Week], list[SessionRow]]:
    """Those to come by weeks, and those that are over or called off, the newest first."""
    return _in_weeks(vacancy.sessions.all())


def all_sessions(reader: User) -> tuple[list[Week], list[SessionRow]]:
    """Of every vacancy; of those that are over the last thirty."""
    rows = Session.objects.visible_to(reader)
    now = timezone.now()
    over = Q(ends_at__lte=now) | Q(state__in=(SessionState.FINISHED, SessionState.CANCELLED))
    last = list(rows.filter(over).order_by("-starts_at").values_list("pk", flat=True)[:MOST_OVER])
    return _in_weeks(rows.filter(~over | Q(pk__in=last)))


def _in_weeks(sessions: QuerySet[Session]) -> tuple[list[Week], list[SessionRow]]:
    now = timezone.now()
    sessions = with_counts(sessions).select_related("vacancy").order_by("starts_at", "pk")
    rows = [row_of(one, now) for one in sessions]
    coming = [row for row in rows if not row.is_over]
    weeks = [
        Week(monday, list(of_week))
        for monday, of_week in groupby(
            coming, key=lambda row: row.day - dt.timedelta(days=row.day.weekday())
        )
    ]
    return weeks, [row for row in reversed(rows) if row.is_over]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody and their place; `name` is empty for whom the reader may not know, or nobody can."""

    seat: Seat
    name: str
    url: str
    tone: str
    state: str
    when: dt.datetime | None
    acts: tuple[str, ...]
    is_erased: bool


def seat_rows(session: Session, reader: User) -> list[SeatRow]:
    rows = Seat.objects.filter(session=session).select_related("candidacy__candidate")
    known = set(
        Candidacy.objects.visible_to(reader)
        .filter(seats__session=session)
        .values_list("pk", flat=True)
    )
    seats = sorted(rows, key=lambda seat: (ORDER.index(seat.state), seat.badge or 0, seat.pk))
    may_act = reader.is_recruiter and session.state == SessionState.PLANNED
    return [_seat_row(seat, known, may_act) for seat in seats]


def _seat_row(seat: Seat, known: set[int], may_act: bool) -> SeatRow:
    candidate = seat.candidacy.candidate
    is_known = candidate is not None and seat.candidacy_id in known
    when = {
        SeatState.INVITED: seat.invited_at, SeatState.BOOKED: seat.booked_at,
        SeatState.WAITING: seat.waiting_at, SeatState.CONFIRMED: seat.confirmed_at,
    }.get(seat.state, seat.settled_at)  # fmt: skip
    return SeatRow(
        seat=seat,
        name=candidate.name if is_known else "",
        url=f"/hiring/candidates/{candidate.pk}/" if is_known else "",
        tone=TONES.get(seat.state, ""),
        state=seat.get_state_display(),
        when=when,
        acts=ACTS.get(seat.state, ()) if may_act and is_known else (),
        is_erased=candidate is None,
    )


def tally(rows: Iterable[SeatRow]) -> dict[str, int]:
    """How many are asked, have a place, confirmed, wait, said no."""
    states = [row.seat.state for row in rows]
    return {
        "asked": sum(state in OPEN for state in states),
        "held": sum(state in HOLDING for state in states),
        "confirmed": states.count(SeatState.CONFIRMED),
        "waiting": states.count(SeatState.WAITING),
        "no": states.count(SeatState.DECLINED) + states.count(SeatState.CANCELLED),
        "came": sum(state in ATTENDED for state in states),
    }


def possible_observers(session: Session | None = None) -> QuerySet[User]:
    rows = possible_raters()
    if session is not None:
        rows = rows.exclude(pk__in=session.observers.values("user"))
    return rows


@dataclass(frozen=True, slots=True)
class Choice:
    """A session as the candidate's own page offers it; never how many or who else."""

    session: Session
    day: dt.date
    hours: str
    zone: str
    place: str
    is_own: bool = False
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class OwnVacancy:
    """One vacancy of a candidate: the place they have or were asked to, and what else is open."""

    vacancy: Vacancy
    candidacy: Candidacy
    seat: Seat | None
    own: Choice | None
    choices: list[Choice] = field(default_factory=list)
    full: list[Choice] = field(default_factory=list)
    waits_for: list[int] = field(default_factory=list)
    is_today: bool = False
    holds: bool = False

    @property
    def title(self) -> str:
        """As the world reads it, not as we call it among ourselves."""
        return self.vacancy.text("title")


def choice_of(session: Session, *, is_own: bool = False) -> Choice:
    parts = [session.place, _("by video") if session.video_link else ""]
    return Choice(
        session=session, day=local_day(session), hours=hours(session), zone=zone_name(session),
        place=", ".join(part for part in parts if part), is_own=is_own,
        is_full=session.booked >= session.limit,
    )  # fmt: skip


def attendance(session: Session, reader: User) -> list[SeatRow]:
    """Who is expected, by name, for a list on paper."""
    rows = [row for row in seat_rows(session, reader) if row.seat.state in (*HOLDING, *ATTENDED)]
    return sorted(rows, key=lambda row: row.name.casefold())


def observers_of(session: Session) -> QuerySet[Observer]:
    return session.observers.select_related("user").order_by("-is_chair", "user__name")


def observer_words(number: int) -> str:
    return ngettext("%(n)s observer", "%(n)s observers", number) % {"n": formats.number(number)}


def bookable_of(vacancy: Vacancy, now: dt.datetime) -> QuerySet[Session]:
    rows = Session.objects.bookable(now).filter(vacancy=vacancy)
    return rows.annotate(free=F("limit") - F("booked")).order_by("starts_at", "pk")


def with_own_seats(candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    seats = Seat.objects.select_related("session").order_by("session__starts_at")
    return candidacies.select_related("vacancy").prefetch_related(Prefetch("seats", seats))
