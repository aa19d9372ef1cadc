"""What acceptance changes at once (owner, stand-ins, promises, tasks) and how it is put back.

Callers hold the handover and its account locked and have asked whether their actor may do it.
"""

import datetime as dt
from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AssignmentRole, HandoverChoice
from accounts.commands import placing
from accounts.commands import promise as promises
from accounts.commands import task as tasks
from accounts.models import Account, Assignment, Handover, Promise, Task
from accounts.queries.gate import gate_answer
from accounts.queries.handover_lines import Lines, Passed
from accounts.queries.ties import kept_ties
from accounts.rules import assignment as rules
from common.errors import RuleBroken
from people.models import User


def hand_over(handover: Handover, lines: Lines, *, actor: User, today: dt.date) -> None:
    """Ownership, promises and tasks go to whom the lines say; `switched` keeps what they were.
    RuleBroken in the gate's words, or when a task was passed to somebody who may not have it."""
    account, taker = handover.account, handover.to_user
    ended = _end_deputy(account, taker, today, reading=end_reading(handover, day=today))
    own = Task.objects.open().filter(account=account, owner=taker).order_by("pk")
    handover.switched["own"] = list(own.values_list("pk", flat=True))  # theirs before, and after
    row, undo = placing.place(
        account, user=taker, role=AssignmentRole.OWNER, start=today, actor=actor,
        reason=_("handover"),
    )  # fmt: skip
    undo.ended += ended
    undo.made += _keep_former(handover, actor=actor, today=today)
    handover.switched |= {
        "owner": row.pk, "place": asdict(undo),
        "promises": [_pass_promise(line, taker, actor) for line in _going(lines.promises)],
        "tasks": [_pass_task(line, taker, actor) for line in _going(lines.tasks)],
    }  # fmt: skip


def end_reading(handover: Handover, *, day: dt.date) -> int | None:
    """The right to read that planning gave ends; the row's number where there is one."""
    number = handover.switched.get("reading")
    row = Assignment.objects.filter(pk=number).select_related("account", "user").first()
    if row is not None and (row.valid_to is None or row.valid_to > day):
        placing.shorten(row, day=day)
    return number


def _end_deputy(account: Account, taker: User, today: dt.date, *, reading: int | None) -> list:
    """Who becomes the owner no longer stands in beside: [row, the end it had], for undo."""
    rows = account.assignments.on(today).filter(user=taker, role=AssignmentRole.DEPUTY)
    ended = []
    for row in rows.filter(valid_from__lt=today).exclude(pk=reading):
        ended.append([row.pk, row.valid_to and row.valid_to.isoformat()])
        placing.shorten(row, day=today)
    return ended


def _keep_former(handover: Handover, *, actor: User, today: dt.date) -> list[int]:
    """The former manager stands in until the watch ends, if that was wished; one whom the gate
    does not let helps on in the account's team."""
    giver, account = handover.from_user, handover.account
    if giver is None or not giver.is_active or not handover.former_stays or giver.is_director:
        return []
    role = AssignmentRole.DEPUTY
    answer = gate_answer(account, giver, role=role, day=today, at=timezone.now())
    if not (answer.allowed and rules.may_hold(role, roles=giver.roles)):
        role = AssignmentRole.TEAM
    row, _undo = placing.place(
        account, user=giver, role=role, start=today, to=handover.watch_until, actor=actor,
        reason=_("handover"), function=_("former manager") if role == AssignmentRole.TEAM else "",
    )  # fmt: skip
    return [row.pk]


def _going(lines: tuple[Passed, ...]) -> list[Passed]:
    """Open ones, in the order in which their rows are locked."""
    return sorted((line for line in lines if line.is_open), key=lambda line: line.row.pk)


def _whom(line: Passed, taker: User) -> User:
    return line.item.taker if line.choice == HandoverChoice.TO else taker


def _pass_promise(line: Passed, taker: User, actor: User) -> list[int]:
    """[promise, of whom it was, of whom it is]"""
    row, new = line.row, _whom(line, taker)
    promises.edit_promise(actor=actor, promise_id=row.pk, version=row.version, colleague=new)
    return [row.pk, row.colleague_id, new.pk]


def _pass_task(line: Passed, taker: User, actor: User) -> list:
    """[task, whose it was, whose it is, the day it was planned on]"""
    row, new = line.row, _whom(line, taker)
    tasks.delegate_task(actor=actor, task_id=row.pk, owner=new)
    return [row.pk, row.owner_id, new.pk, row.planned_on and row.planned_on.isoformat()]


def strengths(account: Account, lines: Lines, day: dt.date) -> dict[str, float]:
    """{contact: 0-100} of everybody of power: what the watch measures against."""
    ties = {tie.contact_id: tie for tie in kept_ties(account, day) if tie.colleague_id is None}
    ids = [line.contact.pk for line in lines.people]
    return {str(pk): round(ties[pk].strength, 1) if pk in ties else 0.0 for pk in ids}


def hand_back(handover: Handover, *, actor: User, today: dt.date) -> None:
    """Everything as it was before `hand_over`. RuleBroken when the account has been assigned
    again since, or when the former manager has left or may not own it any more."""
    account, switched = handover.account, handover.switched
    _check_untouched(handover, today)
    entry = switched["place"]
    made = Assignment.objects.filter(pk__in=entry["made"]).values_list("pk", flat=True)
    placing.take_back(account, {**entry, "made": list(made)})
    placing.ask_owned(account, since=today)
    former = handover.from_user or actor
    _promises_back(handover, former, actor)
    _tasks_back(handover, former, actor)


def _check_untouched(handover: Handover, today: dt.date) -> None:
    account, giver = handover.account, handover.from_user
    owner = account.assignments.owners().on(today).first()
    if owner is None or owner.pk != handover.switched["owner"] or owner.valid_to is not None:
        words = _("“%(name)s” has been assigned again since; nothing was taken back.")
        raise RuleBroken(words % {"name": account})
    if giver is not None and not giver.is_active:
        words = _("%(name)s has left: hand the account over to somebody else instead.")
        raise RuleBroken(words % {"name": giver})


def _promises_back(handover: Handover, former: User, actor: User) -> None:
    """Those passed on, unless somebody has passed them further; and open ones made since."""
    passed = {pk: (old, new) for pk, old, new in handover.switched["promises"]}
    rows = Promise.objects.filter(account=handover.account).order_by("pk")
    people = User.objects.in_bulk([old for old, _new in passed.values()])
    for row in rows.filter(pk__in=passed) | rows.open().filter(colleague=handover.to_user_id):
        old, new = passed.get(row.pk, (former.pk, handover.to_user_id))
        if row.colleague_id == new and old != new:
            promises.give_back(row, people.get(old, former), actor=actor)


def _tasks_back(handover: Handover, former: User, actor: User) -> None:
    passed = {pk: (old, new, day) for pk, old, new, day in handover.switched["tasks"]}
    rows = Task.objects.filter(account=handover.account).order_by("pk")
    people = User.objects.in_bulk([old for old, _new, _day in passed.values()])
    since = rows.open().filter(owner=handover.to_user_id)
    for row in rows.filter(pk__in=passed) | since.exclude(pk__in=handover.switched.get("own", [])):
        old, new, day = passed.get(row.pk, (former.pk, handover.to_user_id, None))
        if row.owner_id == new and old != new:
            before = {"owner": row.owner, "planned_on": row.planned_on}
            row.owner = people.get(old, former)
            row.planned_on = dt.date.fromisoformat(day) if day else None
            tasks.store(
                row, actor=actor, verb="task.delegated", before=before, shown={"owner"},
                name=str(row.owner),
            )  # fmt: skip
