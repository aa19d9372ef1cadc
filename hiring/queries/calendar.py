"""A session as an entry of a calendar (RFC 5545), and its day and hours in words.

The entry is one per person and vacancy: moving to another session moves it, because its UID stays
and its SEQUENCE grows. Its title names nobody: calendars are shown on locked screens.
"""

import datetime as dt
from dataclasses import dataclass
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import formats, tokens
from hiring.choices import SeatState
from hiring.models import Letter, Seat, Session
from hiring.models.session import ATTENDED, HOLDING
from hiring.rules import calendar as rule

MIME = "text/calendar"
SETTLED = (*ATTENDED, SeatState.NO_SHOW)


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mime: str


def when(session: Session) -> str:
    """Wednesday, 2 December 2026, 10:00–13:00, in the session's own zone, with its name."""
    zone = ZoneInfo(session.time_zone)
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    locale = formats.locale_of(formats.language())
    return _("%(day)s, %(from)s–%(until)s (%(zone)s)") % {
        "day": format_date(start, "full", locale=locale),
        "from": format_time(start, "short", locale=locale),
        "until": format_time(end, "short", locale=locale),
        "zone": formats.zone(session.time_zone),
    }


def where(session: Session) -> str:
    parts = [session.place, session.video_link]
    return ", ".join(part for part in parts if part) or pgettext("place", "we will tell you")


def uid_of(seat: Seat) -> str:
    """The same while somebody has not been to a session; another for the time after."""
    been = Seat.objects.filter(candidacy=seat.candidacy_id, state__in=SETTLED, pk__lt=seat.pk)
    name = tokens.digest(f"seat:{seat.candidacy_id}:{been.count()}")[:32]
    host = settings.BASE_URL.partition("://")[2].partition(":")[0] or "localhost"
    return f"{name}@{host}"


def sequence_of(seat: Seat) -> int:
    """Grows with every change of any of the person's places and of their sessions."""
    rows = Seat.objects.filter(candidacy=seat.candidacy_id).select_related("session")
    return sum(row.version + row.session.sequence for row in rows)


def calendar_of(seat: Seat) -> str:
    """The file as it stands now: the entry of a place that is held, else that it is off."""
    session = seat.session
    holds = seat.state in HOLDING
    return rule.calendar(
        rule.Entry(
            uid=uid_of(seat),
            sequence=sequence_of(seat),
            stamp=timezone.now(),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            title=_("Appointment"),
            place=where(session),
            link=session.video_link,
            organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            is_cancelled=not holds,
            alarm=dt.timedelta(hours=3) if holds else None,
        )
    )


def attachment_of(letter: Letter) -> Attachment | None:
    """What goes with a letter about a place: cause "seat:12:booked:3"."""
    parts = letter.cause.split(":")
    if parts[0] != "seat" or len(parts) < 3 or parts[2] == "invited":
        return None
    rows = Seat.objects.select_related("session")
    seat = rows.filter(pk=int(parts[1])).first()
    if seat is None:
        return None
    seat = rows.filter(candidacy=seat.candidacy_id, state__in=HOLDING).first() or seat
    if seat.booked_at is None:  # there is nothing in their calendar
        return None
    with translation.override(letter.language):
        content = calendar_of(seat).encode()
    method = "PUBLISH" if seat.state in HOLDING else "CANCEL"
    return Attachment("appointment.ics", content, f"{MIME}; method={method}; charset=utf-8")
