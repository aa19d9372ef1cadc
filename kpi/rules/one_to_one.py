"""What a talk between a manager and who leads them may be recorded as, and in how many words."""

import datetime as dt

BACK = dt.timedelta(days=366)
POINTS = 10
MARKS = (1, 2, 3, 4, 5)


def is_day_of_talk(held_on: dt.date, today: dt.date) -> bool:
    """It has taken place, within a year: older ones are remembered too badly to be of use."""
    return today - BACK <= held_on <= today


def says_something(notes: str, points: list[str]) -> bool:
    return bool(notes.strip()) or any(point.strip() for point in points)


def is_period(first: dt.date, last: dt.date, today: dt.date) -> bool:
    """A time that has begun and is at most two years long."""
    return first <= last and first <= today and last - first <= 2 * BACK


def points_of(text: str) -> list[str]:
    """One agreed point a line, without blank lines and bullets.

    >>> points_of("- Call Hansa\\n\\n  • Plan Q1 ")
    ['Call Hansa', 'Plan Q1']
    """
    lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
    return [line for line in lines if line]
