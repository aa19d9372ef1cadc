"""The list of tasks: mine, those I gave, my accounts', overdue; what each row may link to."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.choices import TaskState
from accounts.models import Account, Task
from accounts.queries.tasks import in_order, line
from common import folding
from people.models import User

SCOPES = ("mine", "given", "accounts", "overdue", "done")
PAGE = 50


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of the list; `may_open`: the account's card is the reader's to open."""

    task: Task
    overdue_days: int
    is_mine: bool
    may_settle: bool
    may_open: bool

    @property
    def is_overdue(self) -> bool:
        return self.overdue_days > 0


def _scopes(reader: User, day: dt.date) -> dict[str, Q]:
    is_open = Q(state=TaskState.OPEN)
    of_accounts = Q(account__in=Account.objects.visible_to(reader).values("pk"))
    return {
        "mine": is_open & Q(owner=reader),
        "given": is_open & Q(created_by=reader) & ~Q(owner=reader),
        "accounts": is_open & of_accounts,
        "overdue": is_open & Q(due__lt=day),
        "done": ~is_open,
    }


def tasks_in(reader: User, scope: str, text: str = "", owner: int | None = None) -> QuerySet[Task]:
    """Of one scope and one owner, matching every word of the text, the longest overdue first."""
    rows = _in_scope(reader, scope)
    if owner is not None:
        rows = rows.filter(owner=owner)
    for word in folding.words(text):
        found = Q(search_text__contains=word)
        rows = rows.filter(found | Q(account__search_text__contains=word))
    rows = rows.select_related("owner", "account", "contact", "created_by", "settled_by")
    return rows.order_by("-settled_at", "-pk") if scope == "done" else in_order(rows)


def _in_scope(reader: User, scope: str) -> QuerySet[Task]:
    return Task.objects.visible_to(reader).filter(_scopes(reader, timezone.localdate())[scope])


def owners_in(reader: User, scope: str) -> QuerySet[User]:
    """Whose tasks the scope holds, by name."""
    ids = _in_scope(reader, scope).order_by().values("owner")
    return User.objects.filter(pk__in=ids).order_by("name", "pk")


def counts(reader: User) -> dict[str, int]:
    """How many of each open scope, in one query."""
    wanted = _scopes(reader, timezone.localdate())
    wanted.pop("done")
    parts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    return Task.objects.visible_to(reader).order_by().aggregate(**parts)


def page_of(
    reader: User, scope: str, text: str, number: str | None, owner: int | None = None
) -> Page:
    """One page; its object_list are TaskRows."""
    page = Paginator(tasks_in(reader, scope, text, owner), PAGE).get_page(number)
    page.object_list = rows_of(reader, list(page.object_list))
    return page


def rows_of(reader: User, tasks: list[Task], day: dt.date | None = None) -> list[TaskRow]:
    """Two queries whatever their number: which accounts one may open, and change."""
    ids = {task.account_id for task in tasks if task.account_id}
    opened = _ids(Account.objects.visible_to(reader), ids)
    editable = _ids(Account.objects.editable_by(reader), ids)
    found = []
    for task in tasks:
        may = task.account_id in editable or task.account_id is None
        drawn = line(task, reader, may_settle=may, day=day)
        found.append(
            TaskRow(task, drawn.overdue_days, drawn.is_mine, drawn.may_settle,
                    task.account_id in opened)
        )  # fmt: skip
    return found


def _ids(rows: QuerySet[Account], ids: set[int]) -> set[int]:
    return set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
