"""Make, change, plan, give on and complete tasks. Each records what undo needs to take it back."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import TaskState
from accounts.commands.account import locked as locked_account
from accounts.models import Account, Contact, Task, Touchpoint
from accounts.queries import notices
from accounts.queries import tasks as queries
from accounts.rules import search
from accounts.rules import task as rules
from common.errors import RuleBroken
from people import commands as people
from people import verbs
from people.models import Company, Event, User

verbs.register(
    {
        "task.created": gettext_lazy("Task made"),
        "task.edited": gettext_lazy("Task changed"),
        "task.planned": gettext_lazy("Task put on another day"),
        "task.postponed": gettext_lazy("Task postponed"),
        "task.delegated": gettext_lazy("Task given to %(name)s"),
        "task.completed": gettext_lazy("Task done"),
        "task.dropped": gettext_lazy("Task dropped"),
        "task.reopened": gettext_lazy("Task opened again"),
        "task.commented": gettext_lazy("Comment: %(text)s"),
        "task.undone": gettext_lazy("Taken back"),
    }
)
REPEAT_FIELDS = {"due", "repeat_every", "repeat_unit"}


class Conflict(RuleBroken):
    """Somebody saved first; `task` is what stands now."""

    def __init__(self, task: Task):
        super().__init__(_("Somebody else has changed this task since you opened it."))
        self.task = task


def locked(task_id: int, *, actor: User) -> Task:
    """The task, locked; Task.DoesNotExist when the actor may not touch it."""
    rows = Task.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related("owner", "account").get(pk=task_id)


def may_edit(task: Task, actor: User) -> bool:
    """More than completing, planning and commenting: who may change the account, or the giver."""
    if task.account_id is None:
        return actor.pk in (task.owner_id, task.created_by_id)
    return Account.objects.editable_by(actor).filter(pk=task.account_id).exists()


@transaction.atomic
def create_task(
    *,
    actor: User,
    title: str,
    owner: User | None = None,
    account_id: int | None = None,
    contact_id: int | None = None,
    due: dt.date | None = None,
    cause: str = "",
    touchpoint: Touchpoint | None = None,
    **fields,
) -> Task:
    """A new task; an open one of the same account and cause is returned instead.

    Account.DoesNotExist when the account is not the actor's to change.
    """
    account = locked_account(account_id, actor=actor) if account_id else None
    cause = cause.replace("\x00", "")
    known = _known(account, cause, actor)
    if known is not None:
        return known
    contact = _contact(contact_id, account_id)
    values = {**fields, "title": title, "owner": owner or actor, "due": due, "contact": contact}
    values = _checked(values, actor=actor, account=account)
    task = Task(account=account, cause=cause, touchpoint=touchpoint, created_by=actor, **values)
    task.repeat_from = task.due if task.repeat_every else None
    _save(task)
    people.record(actor=actor, verb="task.created", target=task, undo={}, version=task.version)
    _tell_owner(task, actor=actor)
    return task


def _known(account: Account | None, cause: str, actor: User) -> Task | None:
    if not cause:
        return None
    rows = Task.objects.open().filter(account=account, cause=cause)
    return (rows if account else rows.filter(created_by=actor)).first()


def _contact(contact_id: int | None, account_id: int | None) -> Contact | None:
    if contact_id is None:
        return None
    return Contact.objects.filter(positions__account=account_id).distinct().get(pk=contact_id)


def _checked(values: dict, *, actor: User, account: Account | None) -> dict:
    """The values as they may be stored; RuleBroken says which may not."""
    unknown = set(values) - rules.FIELDS
    if unknown:
        raise TypeError(f"not fields of a task that people fill in: {sorted(unknown)}")
    if "title" in values:
        values["title"] = " ".join(values["title"].replace("\x00", "").split())[:200]
        if not values["title"]:
            raise RuleBroken(_("Say what is to be done."))
    if "owner" in values and not queries.possible_owners(actor, account).filter(
        pk=values["owner"].pk
    ):
        words = _("%(name)s has nothing to do with this account; put them on its team first.")
        plain = _("%(name)s cannot be given this task.")
        raise RuleBroken((words if account else plain) % {"name": values["owner"]})
    if not rules.is_possible(values.get("due")):
        raise RuleBroken(_("Choose a day."))
    if not 1 <= values.get("minutes", 15) <= rules.MOST_MINUTES:
        raise RuleBroken(_("A task takes between one minute and eight hours."))
    return values


def _save(task: Task, fields: list[str] | None = None) -> None:
    if not rules.is_repeat(task.repeat_every, task.repeat_unit):
        raise RuleBroken(_("Say how often it is repeated: a number and days, weeks or months."))
    task.search_text = search.task_text(task.title, task.note)
    task.save(update_fields=fields and [*fields, "search_text"])


def _tell_owner(task: Task, *, actor: User) -> None:
    if task.owner_id != actor.pk:
        cause = f"task:{task.pk}:given:{task.version}"
        people.tell(user=task.owner, kind=notices.TASK_GIVEN, target=task, cause=cause)


@transaction.atomic
def edit_task(*, actor: User, task_id: int, version: int, **fields) -> Task:
    """Change fields. Raises Conflict when `version` is no longer the current one."""
    task = locked(task_id, actor=actor)
    if task.version != version:
        raise Conflict(task)
    return _change(task, actor=actor, verb="task.edited", fields=fields)


def _change(task: Task, *, actor: User, verb: str, fields: dict, is_free: bool = False) -> Task:
    """`is_free`: allowed to whoever may touch the task at all."""
    if not is_free and not may_edit(task, actor):
        raise RuleBroken(_("You may complete this task and comment on it, but not change it."))
    if "contact_id" in fields:
        fields["contact"] = _contact(fields.pop("contact_id"), task.account_id)
    changed = {name: value for name, value in fields.items() if getattr(task, name) != value}
    changed = _checked(changed, actor=actor, account=task.account)
    if not changed:
        return task
    before = {name: getattr(task, name) for name in changed}
    if REPEAT_FIELDS & set(changed) and verb == "task.edited":
        before["repeat_from"] = task.repeat_from
        repeats, due = changed.get("repeat_every", task.repeat_every), changed.get("due", task.due)
        task.repeat_from = due if repeats else None
    if "remind_at" in changed:
        before["reminded_at"], task.reminded_at = task.reminded_at, None
    for name, value in changed.items():
        setattr(task, name, value)
    store(task, actor=actor, verb=verb, before=before, shown=set(changed), name=str(task.owner))
    if "owner" in changed:
        _tell_owner(task, actor=actor)
    return task


def store(
    task: Task, *, actor: User, verb: str, before: dict, shown: Iterable[str] = (), **said
) -> Event:
    """Save a changed task and record it with what it was."""
    changes = {
        name: [_plain(before[name]), _plain(getattr(task, name))]
        for name in before
        if name in shown
    }
    undo = {name: _kept(value) for name, value in before.items()}
    task.version += 1
    _save(task, [*(name.removesuffix("_id") for name in before), "version"])
    return people.record(
        actor=actor, verb=verb, target=task, changes=changes, undo=undo, version=task.version,
        **said,
    )  # fmt: skip


def _plain(value):
    return value if value is None or isinstance(value, bool | int) else str(value)


def _kept(value):
    """A former value as JSON that undo can read back."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return getattr(value, "pk", value)


@transaction.atomic
def plan_task(*, actor: User, task_id: int, day: dt.date | None, rank: int | None = None) -> Task:
    """Put it on a day of its owner's week, or (None) take it off; its due day stays."""
    task = locked(task_id, actor=actor)
    if task.state != TaskState.OPEN:
        raise RuleBroken(_("This task is done already."))
    if rank is not None:
        Task.objects.filter(pk=task.pk).update(rank=rank)
    return _change(task, actor=actor, verb="task.planned", fields={"planned_on": day}, is_free=True)


@transaction.atomic
def postpone_task(*, actor: User, task_id: int, due: dt.date) -> Task:
    """A later due day; the repetition keeps its own days."""
    task = locked(task_id, actor=actor)
    if task.state != TaskState.OPEN:
        raise RuleBroken(_("This task is done already."))
    if due < timezone.localdate():
        raise RuleBroken(_("Choose today or a later day."))
    fields = {"due": due, "planned_on": None}
    return _change(task, actor=actor, verb="task.postponed", fields=fields)


@transaction.atomic
def delegate_task(*, actor: User, task_id: int, owner: User) -> Task:
    """Give it to somebody who answers for the account, assists there or is on its team."""
    task = locked(task_id, actor=actor)
    if task.state != TaskState.OPEN:
        raise RuleBroken(_("This task is done already."))
    fields = {"owner": owner, "planned_on": None}
    return _change(task, actor=actor, verb="task.delegated", fields=fields)


@transaction.atomic
def complete_task(*, actor: User, task_id: int, outcome: str = "") -> Task:
    """Done; of a repeated one the next is made. Done twice it stays as it is."""
    return _settle(actor, task_id, TaskState.DONE, "task.completed", outcome)


@transaction.atomic
def drop_task(*, actor: User, task_id: int, outcome: str = "") -> Task:
    """Not to be done any more, and with it its repetition."""
    return _settle(actor, task_id, TaskState.DROPPED, "task.dropped", outcome)


def _settle(actor: User, task_id: int, state: str, verb: str, outcome: str) -> Task:
    task = locked(task_id, actor=actor)
    if task.state == state:
        return task
    if task.state != TaskState.OPEN:
        raise RuleBroken(_("This task is settled already; open it again first."))
    if state == TaskState.DROPPED and not may_edit(task, actor):
        raise RuleBroken(_("Only who gave this task may drop it."))
    names = ("state", "settled_at", "settled_by", "outcome")
    before = {name: getattr(task, name) for name in names}
    task.state, task.settled_at, task.settled_by = state, timezone.now(), actor
    task.outcome = outcome.replace("\x00", "").strip()[:400]
    following = _follow(task) if state == TaskState.DONE and task.repeat_every else None
    made = [following.pk] if following else []
    store(task, actor=actor, verb=verb, before=before, outcome=task.outcome, made=made)
    return task


def _follow(task: Task) -> Task:
    """The next of a repeated task, made when this one is done: late ones are not made up for."""
    today = timezone.localdate()
    due = task.due or today
    start = task.repeat_from or due
    following = rules.next_due(start, task.repeat_every, task.repeat_unit, max(due, today))
    zone = ZoneInfo(task.owner.time_zone or Company.current().time_zone)
    days = (following - due).days
    remind_at = task.remind_at and rules.moved_moment(task.remind_at, days, zone)
    same = ("account", "contact", "title", "note", "owner", "created_by", "minutes",
            "repeat_every", "repeat_unit", "search_text")  # fmt: skip
    return Task.objects.create(
        **{name: getattr(task, name) for name in same},
        due=following, remind_at=remind_at, repeat_from=start, repeats=task.repeats or task,
    )  # fmt: skip


@transaction.atomic
def reopen_task(*, actor: User, task_id: int) -> Task:
    """Open again; the repetition that completing made goes if nobody has touched it."""
    task = locked(task_id, actor=actor)
    if task.state == TaskState.OPEN:
        return task
    names = ("state", "settled_at", "settled_by", "outcome")
    before = {name: getattr(task, name) for name in names}
    if task.cause and task.account.tasks.open().filter(cause=task.cause).exists():
        raise RuleBroken(_("There is another open task for the same thing by now."))
    done = Event.objects.about(task).filter(verb="task.completed").first()
    made = done.data.get("made", []) if done else []
    Task.objects.filter(pk__in=made, version=1, state=TaskState.OPEN).delete()
    task.state, task.settled_at, task.settled_by, task.outcome = TaskState.OPEN, None, None, ""
    store(task, actor=actor, verb="task.reopened", before=before)
    return task


@transaction.atomic
def comment_task(*, actor: User, task_id: int, text: str) -> Event:
    task = locked(task_id, actor=actor)
    if not text.strip():
        raise RuleBroken(_("Write a comment first."))
    return people.record(actor=actor, verb="task.commented", target=task, text=text.strip()[:1000])
