"""News of absences, departures and personal control, each for whom it concerns by then."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import CoverState
from accounts.models import Assignment, Control
from common import formats
from people import notices
from people.models import Absence, Departure, User
from people.notices import Kind

COVER_ASKED, COVER_AGREED, COVER_DECLINED = "cover_asked", "cover_agreed", "cover_declined"
COVER_LOST, COVER_MISSING = "cover_lost", "cover_missing"
COVER_BACK, COVER_WORDS = "cover_back", "cover_words"
ACCOUNTS_LEFT, DEPARTURE_NEAR = "accounts_left", "departure_near"
CONTROL_WEEK, CONTROL_ENDS = "control_week", "control_ends"


def _near(user: User, ids: Collection[int]) -> dict[int, Absence]:
    rows = Absence.objects.visible_to(user).live()
    return rows.select_related("user").in_bulk(ids)


def _asked(user: User, ids: Collection[int]) -> dict[int, Absence]:
    live = (CoverState.PROPOSED, CoverState.AGREED, CoverState.ENDED)
    rows = Absence.objects.live().filter(covers__substitute=user, covers__state__in=live)
    return rows.select_related("user").distinct().in_bulk(ids)


def _departures(user: User, ids: Collection[int]) -> dict[int, Departure]:
    """Directors, and whoever was given some of the accounts and has them still."""
    rows = Departure.objects.filter(cancelled_at=None).select_related("user")
    if not user.is_director:
        has = Assignment.objects.today().owners().filter(user=user).exists()
        rows = rows if has else rows.none()
    return rows.in_bulk(ids)


def _controls(user: User, ids: Collection[int]) -> dict[int, Control]:
    rows = Control.objects.visible_to(user).filter(director=user, ended_at=None)
    return rows.select_related("account").in_bulk(ids)


def _watching(user: User, ids: Collection[int]) -> dict[int, User]:
    has = Control.objects.filter(director=user, ended_at=None).exists()
    return {user.pk: user} if has and user.pk in ids else {}


def _absence_url(row: Absence) -> str:
    return reverse("accounts:absence_page", args=[row.pk])


def _departure_url(row: Departure) -> str:
    return reverse("accounts:departure_page", args=[row.user_id])


def _owned_url(row: Departure) -> str:
    return reverse("accounts:account_list")


def _control_url(row) -> str:
    return reverse("accounts:control_list")


def _days(row: Absence) -> dict:
    return {"name": row.user, "start": formats.day(row.valid_from), "to": formats.day(row.valid_to)}


def _asked_words(row: Absence, data: dict) -> str:
    return _("%(name)s asks you to stand in from %(start)s; first day back %(to)s") % _days(row)


def _agreed_words(row: Absence, data: dict) -> str:
    return _("Somebody agreed to stand in for %(name)s from %(start)s") % _days(row)


def _declined_words(row: Absence, data: dict) -> str:
    return _("Somebody cannot stand in for %(name)s from %(start)s: ask another") % _days(row)


def _lost_words(row: Absence, data: dict) -> str:
    return _("Whoever was to stand in for %(name)s from %(start)s no longer does") % _days(row)


def _missing_words(row: Absence, data: dict) -> str:
    number = data.get("n", 1)
    return ngettext(
        "%(name)s is away from %(start)s: nobody stands in for %(n)s key account",
        "%(name)s is away from %(start)s: nobody stands in for %(n)s key accounts",
        number,
    ) % {**_days(row), "n": number}


def _back_words(row: Absence, data: dict) -> str:
    return _("Read what happened at your accounts while you were away")


def _words_wanted(row: Absence, data: dict) -> str:
    return _("%(name)s is back: write in a sentence what they should know") % _days(row)


def _left_words(row: Departure, data: dict) -> str:
    number = data.get("n", 1)
    return ngettext(
        "%(name)s has left: %(n)s account is yours now, with its open work",
        "%(name)s has left: %(n)s accounts are yours now, with their open work",
        number,
    ) % {"name": row.user, "n": number}


def _near_words(row: Departure, data: dict) -> str:
    words = _("Last day of %(name)s: %(day)s. Hand over what they still answer for")
    return words % {"name": row.user, "day": formats.day(row.last_day)}


def _week_words(row: User, data: dict) -> str:
    number = data.get("n", 1)
    return ngettext(
        "%(n)s account is under your personal control: call, and say how it goes on",
        "%(n)s accounts are under your personal control: call, and say how they go on",
        number,
    ) % {"n": number}


def _ends_words(row: Control, data: dict) -> str:
    words = _("Personal control of %(account)s ends on %(day)s: hand over, keep or prolong")
    return words % {"account": row.account.name, "day": formats.day(row.valid_to)}


notices.register(
    {
        COVER_ASKED: Kind("calendar-event", _asked, _asked_words, _absence_url),
        COVER_AGREED: Kind("check2", _near, _agreed_words, _absence_url),
        COVER_DECLINED: Kind("calendar-event", _near, _declined_words, _absence_url),
        COVER_LOST: Kind("calendar-event", _near, _lost_words, _absence_url),
        COVER_MISSING: Kind("exclamation-triangle", _near, _missing_words, _absence_url),
        COVER_BACK: Kind("calendar-event", _near, _back_words, _absence_url),
        COVER_WORDS: Kind("pencil", _asked, _words_wanted, _absence_url),
        ACCOUNTS_LEFT: Kind("building", _departures, _left_words, _owned_url),
        DEPARTURE_NEAR: Kind("person-dash", _departures, _near_words, _departure_url),
        CONTROL_WEEK: Kind("telephone", _watching, _week_words, _control_url),
        CONTROL_ENDS: Kind("clock", _controls, _ends_words, _control_url),
    }
)
