"""News about sessions for recruiters, and the lines of places in a candidate's timeline."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from hiring.choices import SeatState
from hiring.models import Candidate, Seat, Session
from hiring.queries.sessions import hours, local_day
from hiring.queries.timeline_line import Entry, candidacies_of
from people import notices
from people.models import User

PLACE_GIVEN_BACK = "place_given_back"
COMES_LATE = "comes_late"


def _own(user: User, ids: Collection[int]) -> dict[int, Session]:
    return Session.objects.editable_by(user).in_bulk(ids)


def _words(session: Session) -> dict[str, str]:
    return {"day": formats.day(local_day(session), "short"), "hours": hours(session)}


def _given_back(session: Session, data: dict) -> str:
    """Without the person's name: the bell is read over shoulders."""
    return _("A place was given back: %(day)s, %(hours)s") % _words(session)


def _late(session: Session, data: dict) -> str:
    return _("Somebody will be late: %(day)s, %(hours)s") % _words(session)


def _url(session: Session) -> str:
    return reverse("hiring:session_page", args=[session.pk])


notices.register(
    {
        PLACE_GIVEN_BACK: notices.Kind("calendar3", _own, _given_back, _url),
        COMES_LATE: notices.Kind("clock", _own, _late, _url),
    }
)


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """Invited, answered, came or not, for each session."""
    candidacies = candidacies_of(candidate, reader)
    rows = Seat.objects.filter(candidacy__in=candidacies).select_related("session")
    found = []
    for seat in rows:
        words = _words(seat.session)
        url = _url(seat.session) if reader.hires else ""
        told = [
            (seat.invited_at, "envelope", _("Invited to a session: %(day)s, %(hours)s"), ""),
            (seat.booked_at, "calendar-check", _("Booked a place: %(day)s, %(hours)s"), ""),
            (seat.confirmed_at, "check2", _("Confirmed: %(day)s, %(hours)s"), "pos"),
            (seat.settled_at, *ENDS.get(seat.state, ("", "", ""))),
        ]
        found += [
            Entry(at, icon, str(words_of) % words, url=url, tone=tone)
            for at, icon, words_of, tone in told
            if at is not None and icon
        ]
    return found


ENDS = {
    SeatState.CAME: ("person-check", gettext_lazy("Came: %(day)s, %(hours)s"), "pos"),
    SeatState.LATE: ("clock", gettext_lazy("Came late: %(day)s, %(hours)s"), "cau"),
    SeatState.NO_SHOW: ("x-circle", gettext_lazy("Did not come: %(day)s, %(hours)s"), "dan"),
    SeatState.DECLINED: ("x", gettext_lazy("Will not come: %(day)s, %(hours)s"), ""),
    SeatState.CANCELLED: ("x-circle", gettext_lazy("Called off: %(day)s, %(hours)s"), ""),
    SeatState.MOVED: (
        "arrow-left-right", gettext_lazy("Moved to another time: %(day)s, %(hours)s"), "",
    ),
}  # fmt: skip
