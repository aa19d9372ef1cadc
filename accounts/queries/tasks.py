"""Tasks of an account and of a person, and to whom one may be given."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.choices import TaskState
from accounts.models import Account, Assignment, Task
from accounts.models.coverage import people_led
from people.choices import Role
from people.models import Attachment, RoleGrant, User, company_day

MOST = 50


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with what its line shows; `is_mine`: the reader is to do it."""

    task: Task
    overdue_days: int
    is_mine: bool
    may_settle: bool

    @property
    def is_overdue(self) -> bool:
        return self.overdue_days > 0


def possible_owners(giver: User, account: Account | None) -> QuerySet[User]:
    """Who may be given a task: of an account those who answer for it, their assistants, its team
    and directors; of none oneself, assistants, managers and team, for a director everybody."""
    active = User.objects.active()
    if account is None:
        if giver.is_director:
            return active
        today = Attachment.objects.on(company_day())
        near = Q(pk__in=today.filter(manager=giver).values("assistant"))
        near |= Q(pk__in=today.filter(assistant=giver).values("manager"))
        near |= Q(pk__in=people_led(giver))
        return active.filter(near | Q(pk=giver.pk))
    assigned = Assignment.objects.today().filter(account=account)
    helpers = Attachment.objects.on(company_day()).filter(
        manager__in=assigned.answering().values("user")
    )
    return active.filter(
        Q(pk__in=assigned.values("user"))
        | Q(pk__in=helpers.values("assistant"))
        | Q(pk__in=RoleGrant.objects.filter(role=Role.DIRECTOR).values("user"))
    )


def in_order(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The longest overdue first, those without a day last."""
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def tasks_of(
    reader: User, account: Account, most: int = MOST, may_edit: bool | None = None
) -> list[TaskLine]:
    """Open tasks of an account whose card the reader may open; one query besides their right,
    where `may_edit` does not say it."""
    rows = Task.objects.visible_to(reader).open().filter(account=account)
    may = may_edit
    if may is None:
        may = Account.objects.editable_by(reader).filter(pk=account.pk).exists()
    rows = in_order(rows).select_related("owner", "contact", "account")[:most]
    return [line(task, reader, may_settle=may) for task in rows]


def line(task: Task, reader: User, *, may_settle: bool, day: dt.date | None = None) -> TaskLine:
    day = day or timezone.localdate()
    is_open = task.state == TaskState.OPEN
    late = (day - task.due).days if task.due and is_open else 0
    is_mine = task.owner_id == reader.pk
    return TaskLine(task, max(0, late), is_mine, may_settle or is_mine)


def overdue_rows(reader: User, day: dt.date | None = None) -> dict[str, QuerySet]:
    """The reader's own overdue tasks; the navigation counts them on every page."""
    own = Task.objects.filter(owner=reader).overdue(day or timezone.localdate())
    return {"overdue": own.visible_to(reader)}
