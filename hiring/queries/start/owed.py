"""What an interviewer owes and where they are awaited, for whoever was asked, in any role."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import SessionState, SheetKind
from hiring.models import Observer, Session, Sheet
from hiring.queries.sessions import when
from people.models import User

LIVE = (SessionState.PLANNED, SessionState.RUNNING)
AHEAD = dt.timedelta(days=14)
STARTED_LATE = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Owed:
    """Scorecards of one round that are not in yet."""

    sentence: str
    evidence: str
    url: str
    number: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session the reader observes, or that is held for a vacancy of theirs."""

    session: Session
    when: str
    title: str
    url: str
    place: str
    video_link: str
    is_today: bool
    is_running: bool


def owed(user: User, now: dt.datetime | None = None) -> list[Owed]:
    """Oldest first; those of one session in one line. One query."""
    now = now or timezone.now()
    rows = Sheet.objects.within_window(user, now).filter(submitted_at=None, held_at__lte=now)
    rows = rows.exclude(candidacy__candidate=None).exclude(session__state=SessionState.CANCELLED)
    found = (
        rows.order_by()
        .values("session", "kind", "candidacy__vacancy__title")
        .annotate(number=Count("pk"), since=Min("held_at"), first=Min("pk"))
        .order_by("since", "first")
    )
    return [_owed(row, now) for row in found]


def _owed(row: dict, now: dt.datetime) -> Owed:
    number = row["number"]
    words = ngettext(
        "%(n)s scorecard is not in yet: %(round)s",
        "%(n)s scorecards are not in yet: %(round)s",
        number,
    ) % {"n": formats.number(number), "round": SheetKind(row["kind"]).label}
    url = "/hiring/mine/"
    if row["session"]:
        url = f"/hiring/sessions/{row['session']}/cockpit/"
    elif number == 1:
        url = f"/hiring/sheets/{row['first']}/"
    return Owed(
        sentence=words,
        evidence=_("%(vacancy)s, %(when)s")
        % {"vacancy": row["candidacy__vacancy__title"], "when": formats.moment(row["since"])},
        url=url,
        number=number,
        is_late=now - row["since"] > dt.timedelta(days=1),
    )


def meetings(user: User, now: dt.datetime | None = None) -> list[Meeting]:
    """Sessions the reader observes: under way now, and those of the next two weeks."""
    now = now or timezone.now()
    rows = Observer.objects.filter(
        user=user, session__state__in=LIVE,
        session__ends_at__gt=now - STARTED_LATE, session__starts_at__lte=now + AHEAD,
    )  # fmt: skip
    rows = rows.select_related("session__vacancy").order_by("session__starts_at")
    return [meeting(row.session, now) for row in rows if is_ahead(row.session, now)]


def hiring_of(user: User) -> dict:
    """Both, for anybody's start page; two queries."""
    return {"owed": owed(user), "meetings": meetings(user)}


def is_ahead(session: Session, now: dt.datetime) -> bool:
    return session.ends_at > now or session.state == SessionState.RUNNING


def meeting(session: Session, now: dt.datetime) -> Meeting:
    return Meeting(
        session=session,
        when=when(session),
        title=session.title or session.vacancy.title,
        url=f"/hiring/sessions/{session.pk}/",
        place=session.place,
        video_link=session.video_link,
        is_today=timezone.localdate(session.starts_at) == timezone.localdate(now),
        is_running=session.state == SessionState.RUNNING or session.starts_at <= now,
    )
