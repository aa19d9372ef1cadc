"""Who may give which role, when a session is over, and how a browser is called."""

import datetime as dt
import re
from enum import StrEnum

DIRECTOR, ADMINISTRATOR = "director", "administrator"
EVERY_ROLE = frozenset({DIRECTOR, "kam", "assistant", "recruiter", "interviewer", ADMINISTRATOR})
IRREPLACEABLE = frozenset({DIRECTOR, ADMINISTRATOR})


def grantable_roles(roles: frozenset[str]) -> frozenset[str]:
    """Roles that somebody with `roles` may give and take: nobody gives above their own."""
    if DIRECTOR in roles:
        return EVERY_ROLE
    if ADMINISTRATOR in roles:
        return EVERY_ROLE - {DIRECTOR}
    return frozenset()


def may_manage(roles: frozenset[str], theirs: frozenset[str]) -> bool:
    """May somebody with `roles` close, open or sign out a person who holds `theirs`?"""
    return bool(roles & {DIRECTOR, ADMINISTRATOR}) and theirs <= grantable_roles(roles)


def needs_second_factor(roles: frozenset[str], required: list[str]) -> bool:
    return bool(roles & set(required))


DIGEST_HOURS = 4  # after its hour a digest waits for the next day


def digest_date(local: dt.datetime, *, how_often: str, hour: int) -> dt.date | None:
    """The day whose digest is due at this local time, or None.

    A machine that was off at the hour still sends it within some hours; weekly ones on Mondays.
    """
    if how_often == "never" or not hour <= local.hour < hour + DIGEST_HOURS:
        return None
    if how_often == "weekly" and local.weekday() != 0:
        return None
    return local.date()


def is_session_over(
    *, now: float, started: float, seen: float, idle_seconds: float, age_seconds: float
) -> bool:
    """Seconds since the epoch: too long without a request, or too long since sign-in."""
    return now - seen > idle_seconds or now - started > age_seconds


def initials(name: str) -> str:
    """First letters of the first and the last word: "Anna Lindqvist" is AL, "Ёлкин" is Ё."""
    words = [word for word in re.split(r"[\s.@_-]+", name) if word]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper()


BROWSERS = [  # the order matters: most browsers also claim to be others
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]


def device_name(user_agent: str) -> str:
    """Like "Firefox, Windows", the same in every language; empty when neither is known."""
    found = [
        next((name for mark, name in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)


NOTED_BACK = dt.timedelta(days=31)
LONGEST_ABSENCE = dt.timedelta(days=731)


class AbsenceRefusal(StrEnum):
    NO_LENGTH = "no_length"
    TOO_LONG = "too_long"
    LONG_PAST = "long_past"
    BEGUN = "begun"
    PAST = "past"
    OVER = "over"


def absence_refusal(
    *, start: dt.date, to: dt.date, today: dt.date, was: tuple[dt.date, dt.date] | None = None
) -> AbsenceRefusal | None:
    """Why an absence in [start, to) cannot be noted, or changed into from `was`; None if it can.

    Illness is often told late, so a new one may begin up to a month ago. What has begun keeps its
    beginning, and ends today or later; what is over stays as it was.
    """
    if to <= start:
        return AbsenceRefusal.NO_LENGTH
    if to - start > LONGEST_ABSENCE:
        return AbsenceRefusal.TOO_LONG
    if was is None:
        return AbsenceRefusal.LONG_PAST if start < today - NOTED_BACK else None
    if was[1] <= today:
        return AbsenceRefusal.OVER
    if was[0] <= today:
        if start != was[0]:
            return AbsenceRefusal.BEGUN
        return AbsenceRefusal.PAST if to < today else None
    return AbsenceRefusal.PAST if start < today else None
