"""The life of a probation: which step leads where, who may take it, and what the dates allow.

Nobody decides about their own trial, and only they themselves accept it. What was accepted is
frozen: another plan goes back to a draft and is accepted anew.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

DRAFT, OFFERED, RUNNING = "draft", "offered", "running"
PASSED, FAILED, CANCELLED = "passed", "failed", "cancelled"
STATES = (DRAFT, OFFERED, RUNNING, PASSED, FAILED, CANCELLED)

DIRECTOR, RECRUITER, LEAD, NEWCOMER = "director", "recruiter", "lead", "newcomer"
MACHINE = "machine"
ACTORS = (DIRECTOR, RECRUITER, LEAD, NEWCOMER, MACHINE)


@dataclass(frozen=True, slots=True)
class Step:
    leads: dict[str, str]
    by: frozenset[str]


STEPS: dict[str, Step] = {
    "edit": Step({DRAFT: DRAFT}, frozenset({DIRECTOR, RECRUITER, LEAD})),
    "choose": Step({DRAFT: DRAFT}, frozenset({DIRECTOR})),
    "offer": Step({DRAFT: OFFERED}, frozenset({DIRECTOR})),
    "revise": Step({OFFERED: DRAFT}, frozenset({DIRECTOR, RECRUITER})),
    "send_back": Step({OFFERED: DRAFT}, frozenset({NEWCOMER})),
    "accept": Step({OFFERED: OFFERED}, frozenset({NEWCOMER})),
    "start": Step({OFFERED: RUNNING}, frozenset({MACHINE})),
    "judge": Step({RUNNING: RUNNING}, frozenset({DIRECTOR, LEAD})),
    "extend": Step({RUNNING: RUNNING}, frozenset({DIRECTOR, LEAD})),
    "pass": Step({RUNNING: PASSED}, frozenset({DIRECTOR, LEAD})),
    "fail": Step({RUNNING: FAILED}, frozenset({DIRECTOR, LEAD})),
    "cancel": Step(dict.fromkeys((DRAFT, OFFERED, RUNNING), CANCELLED), frozenset({DIRECTOR})),
}
OWN = frozenset({"accept", "send_back"})


def next_state(state: str, action: str) -> str | None:
    """Where the action leads; None where it does not exist."""
    return STEPS[action].leads.get(state)


def may_do(state: str, action: str, roles: Collection[str]) -> bool:
    """Whether somebody who is all this to the probation may take the step now.

    >>> may_do("running", "pass", {"lead"})
    True
    >>> may_do("running", "pass", {"lead", "newcomer"})
    False
    """
    step = STEPS[action]
    if state not in step.leads or not step.by & set(roles):
        return False
    return action in OWN or NEWCOMER not in roles


def actions(state: str, roles: Collection[str]) -> list[str]:
    """The steps open to somebody, in the order of the road."""
    return [name for name in STEPS if may_do(state, name, roles)]


class DateRefusal(StrEnum):
    BACKWARDS = "backwards"
    PAST = "past"
    TOO_LONG = "too_long"
    NOT_LATER = "not_later"
    NOTICE = "notice"


def latest_end(starts_on: dt.date, most_days: int | None) -> dt.date | None:
    """The last day the law allows; None without a limit. First and last day count both.

    >>> latest_end(dt.date(2026, 2, 1), 89)
    datetime.date(2026, 4, 30)
    """
    return starts_on + dt.timedelta(days=most_days - 1) if most_days else None


def end_of(starts_on: dt.date, weeks: int) -> dt.date:
    """The last day of so many weeks.

    >>> end_of(dt.date(2026, 6, 1), 2)
    datetime.date(2026, 6, 14)
    """
    return starts_on + dt.timedelta(weeks=weeks) - dt.timedelta(days=1)


def plan_refusal(
    *, starts_on: dt.date, ends_on: dt.date, today: dt.date, most_days: int | None
) -> DateRefusal | None:
    """Why a plan cannot have these dates."""
    if ends_on <= starts_on:
        return DateRefusal.BACKWARDS
    if starts_on < today:
        return DateRefusal.PAST
    last = latest_end(starts_on, most_days)
    return DateRefusal.TOO_LONG if last and ends_on > last else None


def extension_refusal(
    *, starts_on: dt.date, ends_on: dt.date, to: dt.date, today: dt.date, most_days: int | None
) -> DateRefusal | None:
    """Why a running trial cannot go on until `to`; the limit holds from the first day on."""
    if to <= ends_on:
        return DateRefusal.NOT_LATER
    if to < today:
        return DateRefusal.PAST
    last = latest_end(starts_on, most_days)
    return DateRefusal.TOO_LONG if last and to > last else None


def earliest_leave(notice_on: dt.date, notice_days: int | None) -> dt.date:
    """The first day that may be the last of work when notice is given on `notice_on`.

    >>> earliest_leave(dt.date(2026, 6, 1), 3)
    datetime.date(2026, 6, 4)
    """
    return notice_on + dt.timedelta(days=notice_days or 0)


def leave_refusal(
    *, notice_on: dt.date, leaves_on: dt.date, notice_days: int | None
) -> DateRefusal | None:
    return DateRefusal.NOTICE if leaves_on < earliest_leave(notice_on, notice_days) else None


def weeks_of(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    """The day each week's talk is due: every seventh day, and the last day of a broken week.

    >>> [day.day for day in weeks_of(dt.date(2026, 6, 1), dt.date(2026, 6, 16))]
    [7, 14, 16]
    """
    days = (ends_on - starts_on).days + 1
    full = [starts_on + dt.timedelta(days=7 * week - 1) for week in range(1, days // 7 + 1)]
    return full if days % 7 == 0 else [*full, ends_on]
