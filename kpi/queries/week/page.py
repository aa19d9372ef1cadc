"""The week put together: lines of a day in their order, days with their entries."""

import datetime as dt

from accounts.models import FieldSettings
from accounts.queries.confirm import confirm_list
from kpi.queries.start.silences import silent_among
from kpi.queries.week import dated, standing
from kpi.queries.week.book import Book, book_of
from kpi.queries.week.handovers import handover_lines
from kpi.queries.week.parts import Line, Week, WeekDay
from kpi.queries.week.trials import trial_lines
from kpi.rules import week as rules
from people.models import User

FACTS = 5
SILENT = 5
SATURDAY = 5


def week_of(
    user: User, *, shown: dt.date, today: dt.date, as_of: dt.date | None, settings: FieldSettings
) -> Week:
    """At most seven lines of `shown`, and the week that holds it; about seventeen queries."""
    first, last = span_of(shown, today)
    book = book_of(user)
    tasks, meetings = dated.tasks(user), dated.meetings(user, first, last)
    promises = dated.promises(user, max(last, today))
    lines = [
        *dated.task_lines(tasks, book, shown, today, dated.opened_accounts(user, tasks, book)),
        *dated.meeting_lines(meetings, book, shown),
        *dated.promise_lines(promises, book, shown, today),
    ]
    if shown == today:
        planned = {f"{task.account_id}:{task.cause}" for task in tasks if task.cause}
        lines += [
            line
            for line in _standing(user, book, today, as_of, planned, settings)
            if not line.account or f"{line.account.pk}:{line.cause}" not in planned
        ]
    lines = ranked(lines)
    entries = dated.calendar(tasks, meetings, promises, today)
    days = [
        WeekDay(day, day == today, day == shown, entries.get(day, []))
        for day in (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    ]
    week = dt.timedelta(days=7)
    monday = shown - dt.timedelta(days=shown.weekday())
    return Week(
        today, shown, days, lines[: rules.MOST], lines[rules.MOST :], monday - week, monday + week,
        overdue=sum(task.due is not None and task.due < today for task in tasks),
    )  # fmt: skip


def span_of(shown: dt.date, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the calendar: the week of `shown`; at its end the coming one too.

    On Saturday and Sunday a manager plans the next week: what has passed gives way to it.
    """
    monday = shown - dt.timedelta(days=shown.weekday())
    sunday = monday + dt.timedelta(days=6)
    if monday <= today <= sunday and today.weekday() >= SATURDAY:
        return min(today, shown), sunday + dt.timedelta(days=7)
    return monday, sunday


def _standing(
    user: User, book: Book, today: dt.date, as_of: dt.date | None, planned: set[str],
    settings: FieldSettings,
) -> list[Line]:  # fmt: skip
    facts, number = confirm_list(user, limit=FACTS, settings=settings)
    silent = silent_among(book.accounts, as_of)[:SILENT] if as_of else []
    return [
        *handover_lines(user, book, today),
        *trial_lines(user, today),
        *standing.cadence_lines(book, today, settings),
        *standing.silent_lines(silent, book),
        *standing.hole_lines(book, today, planned),
        *standing.confirm_line(facts, number, book),
    ]


def ranked(lines: list[Line]) -> list[Line]:
    """In their order; of one account the heaviest undated line only, so that no customer fills
    the day."""
    ordered = sorted(lines, key=lambda line: rules.order(line.claim))
    found, seen = [], set()
    for line in ordered:
        if line.kind in ("cadence", "silent", "hole", "never") and line.account:
            if line.account.pk in seen:
                continue
            seen.add(line.account.pk)
        found.append(line)
    return found
