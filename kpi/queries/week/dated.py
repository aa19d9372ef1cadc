"""What has a day: tasks, planned meetings and calls, promises of both sides."""

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Channel
from accounts.models import (
    Account,
    Promise,
    Task,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from common import formats
from kpi.queries.start import places
from kpi.queries.week.book import Book
from kpi.queries.week.parts import Entry, Line
from kpi.rules.week import MINUTES, Claim
from people.models import User

MOST = 300
ICONS = {
    Channel.MEETING: "people", Channel.VIDEO: "camera-video", Channel.CALL: "telephone",
    Channel.MESSAGE: "chat", Channel.MAIL: "envelope", Channel.EVENT: "calendar-event",
    Channel.INFORMAL: "cup-hot",
}  # fmt: skip


def tasks(user: User) -> list[Task]:
    """The reader's own open tasks, the earliest first."""
    rows = Task.objects.visible_to(user).open().filter(owner=user)
    return list(
        rows.select_related("account", "contact", "created_by").order_by("due", "pk")[:MOST]
    )


def opened_accounts(user: User, found: list[Task], book: Book) -> set[int]:
    """Of the tasks' accounts those whose card the reader may open; the book's are known."""
    known = {account.pk for account in book.accounts}
    others = {task.account_id for task in found if task.account_id} - known
    if not others:
        return known
    rows = Account.objects.visible_to(user).filter(pk__in=others)
    return known | set(rows.values_list("pk", flat=True))


def task_lines(
    found: list[Task], book: Book, day: dt.date, today: dt.date, opened: set[int]
) -> list[Line]:
    """Of one day: those planned or due on it; of today also what is late and what has no day."""
    return [_task_line(task, book, today, opened) for task in found if _belongs(task, day, today)]


def _belongs(task: Task, day: dt.date, today: dt.date) -> bool:
    at = task.planned_on or task.due
    if day != today:
        return at == day
    is_late = task.due is not None and task.due < today
    return is_late or at is None or at <= today


def _task_line(task: Task, book: Book, today: dt.date, opened: set[int]) -> Line:
    """Of an account the reader only helps with, its name and nothing else."""
    may_open = task.account_id in opened
    late = max(0, (today - task.due).days) if task.due else 0
    kind = "undated" if task.due is None and task.planned_on is None else "task"
    reasons = [_task_reason(task, late, today)]
    if task.created_by_id and task.created_by_id != task.owner_id:
        reasons.append(_("given by %(name)s") % {"name": task.created_by.name})
    if task.account and not may_open:
        reasons.append(task.account.name)
    if may_open and task.contact and task.contact.name:
        reasons.append(task.contact.name)
    return Line(
        key=f"task:{task.pk}", kind="task", sentence=task.title, reasons=reasons,
        claim=Claim(kind, book.share(task.account_id), task.minutes, late),
        icon="check2", url=reverse("accounts:task_page", args=[task.pk]),
        account=task.account if may_open else None, stake=book.stake(task.account_id),
        late_days=late, log_url=book.log_url(task.account_id if may_open else None),
    )  # fmt: skip


def _task_reason(task: Task, late: int, today: dt.date) -> str:
    if late:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", late) % {"n": late}
    if task.due == today:
        return _("due today")
    if task.planned_on and task.due:
        return _("planned by you, due %(day)s") % {"day": formats.day(task.due, "short")}
    if task.planned_on:
        return _("planned by you")
    if task.due:
        return _("due %(day)s") % {"day": formats.day(task.due, "short")}
    return _("no day set")


def meetings(user: User, first: dt.date, last: dt.date) -> list[Touchpoint]:
    """Planned ones of these days that the reader takes part in or has planned; `is_movable` says
    whether they may change it."""
    zone = timezone.get_current_timezone()
    begin = dt.datetime.combine(first, dt.time.min, zone)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, zone)
    taking_part = TouchpointColleague.objects.filter(touchpoint=OuterRef("pk"), colleague=user)
    rows = Touchpoint.objects.visible_to(user).planned().filter(at__gte=begin, at__lt=end)
    rows = rows.filter(Q(author=user) | Exists(taking_part)).select_related("account")
    own = Touchpoint.objects.editable_by(user).filter(pk=OuterRef("pk"))
    rows = rows.annotate(is_movable=Exists(own))
    people = TouchpointContact.objects.select_related("contact")
    return list(rows.prefetch_related(Prefetch("presences", people)).order_by("at", "pk")[:MOST])


def meeting_lines(found: list[Touchpoint], book: Book, day: dt.date) -> list[Line]:
    return [
        Line(
            key=f"meeting:{row.pk}", kind="meeting", sentence=meeting_words(row),
            reasons=_meeting_reasons(row), icon=ICONS.get(row.channel, "calendar-event"),
            claim=Claim("meeting", book.share(row.account_id), MINUTES["meeting"]),
            url=places.account(row.account_id), account=row.account,
            stake=book.stake(row.account_id), brief_url=book.brief_url(row),
            log_url=book.log_url(row.account_id, row), is_movable=row.is_movable,
        )
        for row in found
        if timezone.localdate(row.at) == day
    ]  # fmt: skip


def meeting_words(row: Touchpoint) -> str:
    words = {
        Channel.MEETING: _("%(time)s: meeting with %(account)s"),
        Channel.VIDEO: _("%(time)s: video call with %(account)s"),
        Channel.CALL: _("%(time)s: call with %(account)s"),
        Channel.EVENT: _("%(time)s: event with %(account)s"),
    }
    plain = _("%(time)s: contact with %(account)s")
    time = timezone.localtime(row.at).strftime("%H:%M")
    return words.get(row.channel, plain) % {"time": time, "account": row.account.name}


def _meeting_reasons(row: Touchpoint) -> list[str]:
    names = [presence.contact.name for presence in row.presences.all() if presence.contact.name]
    return [text for text in (row.subject, ", ".join(names[:4]), row.place) if text]


def promises(user: User, last: dt.date) -> list[Promise]:
    """Open ones the reader gave or was given, due up to `last` or without a day."""
    rows = Promise.objects.visible_to(user).open().filter(colleague=user)
    rows = rows.filter(Q(due__lte=last) | Q(due=None)).select_related("account", "contact")
    return list(rows.order_by("due", "pk")[:MOST])


def promise_lines(found: list[Promise], book: Book, day: dt.date, today: dt.date) -> list[Line]:
    lines = []
    for row in found:
        late = max(0, (today - row.due).days) if row.due else 0
        if not (row.due == day or (late and day == today)):
            continue
        kind = "promise_ours" if row.is_ours else "promise_theirs"
        lines.append(
            Line(
                key=f"promise:{row.pk}", kind=kind, sentence=_promise_words(row),
                reasons=[_promise_reason(row, late)], icon="flag",
                claim=Claim(kind, book.share(row.account_id), MINUTES[kind], late),
                url=places.account(row.account_id), account=row.account,
                stake=book.stake(row.account_id), late_days=late,
                log_url=book.log_url(row.account_id),
                title=row.text[:200], cause=f"promise:{row.pk}",
            )
        )  # fmt: skip
    return lines


def _promise_words(row: Promise) -> str:
    words = {"who": (row.contact and row.contact.name) or row.account.name, "what": row.text}
    if row.is_ours:
        return _("You promised: %(what)s (%(who)s)") % words
    return _("Promised to you: %(what)s (%(who)s)") % words


def _promise_reason(row: Promise, late: int) -> str:
    if late:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", late) % {"n": late}
    return _("due %(day)s") % {"day": formats.day(row.due, "short")}


def calendar(
    found_tasks: list[Task], found_meetings: list[Touchpoint], found_promises: list[Promise],
    today: dt.date,
) -> dict[dt.date, list[Entry]]:  # fmt: skip
    """By day, those with an hour first."""
    days: dict[dt.date, list[Entry]] = {}
    for row in found_meetings:
        at = timezone.localtime(row.at)
        entry = Entry(
            f"meeting:{row.pk}", row.subject or str(row.get_channel_display()),
            places.account(row.account_id), at, row.account.name, ICONS.get(row.channel, ""),
            is_movable=row.is_movable,
        )  # fmt: skip
        days.setdefault(at.date(), []).append(entry)
    for task in found_tasks:
        day = task.planned_on or task.due
        if day:
            url = reverse("accounts:task_page", args=[task.pk])
            late = task.due is not None and task.due < today
            entry = Entry(
                f"task:{task.pk}", task.title, url, account=_name(task.account), icon="check2",
                is_late=late, is_movable=True,
            )  # fmt: skip
            days.setdefault(day, []).append(entry)
    for row in found_promises:
        if row.due:
            url = places.account(row.account_id)
            entry = Entry(
                f"promise:{row.pk}", row.text, url, account=row.account.name, icon="flag",
                is_late=row.due < today,
            )  # fmt: skip
            days.setdefault(row.due, []).append(entry)
    return days


def _name(account: Account | None) -> str:
    return account.name if account else ""
