"""The kinds of news that accounts bring, and what a digest says of what is due."""

import datetime as dt
from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, Promise, Task, Touchpoint
from accounts.queries import handover_notices
from accounts.queries.cadence import OPEN, CadenceNow, Standing, cadences_of
from accounts.queries.tasks import in_order, overdue_rows
from people import notices
from people.models import User
from people.notices import Item, Kind, Section

MOST = 10
TASK_GIVEN, TASK_REMINDER, TASK_OVERDUE = "task_given", "task_reminder", "task_overdue"
PROMISE_DUE, ACCOUNT_GIVEN = "promise_due", "account_given"
MEETING_TOMORROW = "meeting_tomorrow"


def _tasks(user: User, ids: Collection[int]) -> dict[int, Task]:
    return Task.objects.visible_to(user).filter(owner=user).in_bulk(ids)


def _open_tasks(user: User, ids: Collection[int]) -> dict[int, Task]:
    return Task.objects.visible_to(user).open().filter(owner=user).in_bulk(ids)


def _promises(user: User, ids: Collection[int]) -> dict[int, Promise]:
    rows = Promise.objects.visible_to(user).open().filter(colleague=user)
    return rows.select_related("account", "contact").in_bulk(ids)


def _accounts(user: User, ids: Collection[int]) -> dict[int, Account]:
    return Account.objects.visible_to(user).in_bulk(ids)


def _meetings(user: User, ids: Collection[int]) -> dict[int, Touchpoint]:
    rows = Touchpoint.objects.visible_to(user).planned().select_related("account")
    return rows.in_bulk(ids)


def _task_url(task: Task) -> str:
    return reverse("accounts:task_page", args=[task.pk])


def _account_url(row) -> str:
    pk = row.pk if isinstance(row, Account) else row.account_id
    return reverse("accounts:account_page", args=[pk])


def _promise_words(row: Promise, data: dict) -> str:
    who = (row.contact and row.contact.name) or row.account.name
    if row.is_ours:
        return _("Due now, you promised: %(what)s (%(who)s)") % {"who": who, "what": row.text}
    return _("Due now, promised to you: %(what)s (%(who)s)") % {"who": who, "what": row.text}


def _meeting_words(row: Touchpoint, data: dict) -> str:
    at = timezone.localtime(row.at)
    words = {"time": at.strftime("%H:%M"), "account": row.account.name, "what": row.subject}
    if row.subject:
        return _("Tomorrow at %(time)s with %(account)s: %(what)s") % words
    return _("Tomorrow at %(time)s with %(account)s") % words


def _given(task: Task, data: dict) -> str:
    return _("A task was given to you: %(title)s") % {"title": task.title}


def _reminded(task: Task, data: dict) -> str:
    return _("Reminder: %(title)s") % {"title": task.title}


def _overdue(task: Task, data: dict) -> str:
    return _("Overdue: %(title)s") % {"title": task.title}


def _assigned(account: Account, data: dict) -> str:
    return _("%(account)s was assigned to you") % {"account": account.name}


def due_tasks(user: User, day: dt.date) -> Section | None:
    """The reader's own tasks that are due on the day or late."""
    rows = Task.objects.visible_to(user).open().filter(owner=user, due__lte=day)
    found = list(in_order(rows)[: MOST + 1])
    items = [Item(_due_words(task, day), _task_url(task)) for task in found[:MOST]]
    if len(found) > MOST:
        items.append(Item(_("and more"), reverse("accounts:task_list") + "?scope=overdue"))
    return Section(_("Due today or overdue"), items) if items else None


def _due_words(task: Task, day: dt.date) -> str:
    late = (day - task.due).days
    if not late:
        return task.title
    words = ngettext("%(title)s (%(n)s day overdue)", "%(title)s (%(n)s days overdue)", late)
    return words % {"title": task.title, "n": late}


def due_contacts(user: User, day: dt.date) -> Section | None:
    """Accounts the reader owns whose rhythm of contact is due; those never met are left out."""
    rows = Account.objects.visible_to(user).filter(owner=user, status__in=OPEN)
    rows = rows.select_related("score", "rhythm").exclude(rhythm__last_two_way_on=None)
    by_id = {account.pk: account for account in rows}
    found = cadences_of(by_id.values(), day).values()
    due = [now for now in found if now.standing == Standing.DUE and not _is_arranged(now, day)]
    due.sort(key=lambda now: now.due_on)
    items = [
        Item(_contact_words(by_id[now.account_id], now.last_on, day), _account_url(now))
        for now in due[:MOST]
    ]
    return Section(_("Contact is due"), items) if items else None


def _is_arranged(now: CadenceNow, day: dt.date) -> bool:
    return now.next_on is not None and now.next_on >= day


def _contact_words(account: Account, last: dt.date, day: dt.date) -> str:
    days = (day - last).days
    return ngettext(
        "Last spoke with %(account)s %(n)s day ago.",
        "Last spoke with %(account)s %(n)s days ago.",
        days,
    ) % {"account": account.name, "n": days}


notices.register(
    {
        TASK_GIVEN: Kind("list-check", _tasks, _given, _task_url),
        TASK_REMINDER: Kind("bell", _open_tasks, _reminded, _task_url),
        TASK_OVERDUE: Kind("clock", _open_tasks, _overdue, _task_url),
        PROMISE_DUE: Kind("flag", _promises, _promise_words, _account_url),
        ACCOUNT_GIVEN: Kind("building", _accounts, _assigned, _account_url),
        MEETING_TOMORROW: Kind("calendar-event", _meetings, _meeting_words, _account_url),
    }
)
notices.register(handover_notices.KINDS)
notices.register_section(due_tasks)
notices.register_section(due_contacts)
notices.register_count("/", overdue_rows)
