"""The one door to who answers for an account: every row of it is written here, past the gate.

Callers hold the account's row locked and have asked whether their actor may do it.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AssignmentRole
from accounts.commands import control_end, handover_move
from accounts.models import Account, Assignment
from accounts.queries.gate import gate_answer, is_key
from accounts.rules import assignment as rules
from accounts.rules import gate
from accounts.rules.assignment import Interval
from common import formats
from common.errors import RuleBroken
from people.models import User, company_day, company_midnight

KEPT = ("id", "user_id", "role", "reason", "function", "made_by_id")


@dataclass
class Undo:
    """What placing somebody changed, as plain values, for `take_back`."""

    account: int
    ended: list[list] = field(default_factory=list)  # [id, the end it had]
    dropped: list[dict] = field(default_factory=list)  # planned ones that never began
    made: list[int] = field(default_factory=list)
    overtaken: dict[str, str] = field(default_factory=dict)  # handovers called off: their states
    controls: list[int] = field(default_factory=list)  # personal controls that ended by it


@transaction.atomic
def place(
    account: Account,
    *,
    user: User,
    role: str,
    start: dt.date,
    to: dt.date | None = None,
    actor: User | None,
    reason: str = "",
    function: str = "",
) -> tuple[Assignment, Undo]:
    """Put `user` in `role` from `start` until `to`; a new owner ends the former on that day, who
    continues after `to`. RuleBroken in the gate's words; the row knows when an override ends it.
    """
    undo = Undo(account.pk)
    again = None
    if role == AssignmentRole.OWNER:
        again = _make_room(account, user=user, start=start, to=to, undo=undo)
    row = _add(account, user, role, start, to, actor=actor, reason=reason, function=function)
    undo.made.append(row.pk)
    if again is not None:
        former = User.objects.get(pk=again.user)
        undo.made.append(_add(account, former, role, again.start, again.to, actor=actor).pk)
    if role == AssignmentRole.OWNER:
        ask_owned(account, since=start)
        copy_owner(account)
        overtake(account, actor=actor, undo=undo)
    return row, undo


def _add(
    account: Account, user: User, role: str, start: dt.date, to: dt.date | None, *,
    actor: User | None, **fields: str,
) -> Assignment:  # fmt: skip
    answer = _ask_gate(account, user, role, start)
    return Assignment.objects.create(
        account=account, user=user, role=role, valid_from=start, valid_to=to, made_by=actor,
        expires_at=answer.override and answer.override.valid_until, **fields,
    )  # fmt: skip


def _ask_gate(account: Account, user: User, role: str, start: dt.date):
    at = max(timezone.now(), company_midnight(start))
    account.refresh_from_db(fields=["grade_needed"])  # a caller may hold what it read before
    answer = gate_answer(account, user, role=role, day=start, at=at)
    if not answer.allowed:
        raise RuleBroken(answer.sentence)
    return answer


def _make_room(
    account: Account, *, user: User, start: dt.date, to: dt.date | None, undo: Undo
) -> Interval | None:
    """Ends and drops what the new owner replaces; who continues after them."""
    rows = list(account.assignments.select_for_update().owners())
    known = [Interval(row.pk, row.user_id, row.valid_from, row.valid_to) for row in rows]
    change = rules.make_room(known, user=user.pk, start=start, to=to)
    for row in rows:
        if row.pk in change.end:
            undo.ended.append([row.pk, _text(row.valid_to)])
            _set_end(row, change.end[row.pk])
        elif row.pk in change.drop:
            undo.dropped.append(kept(row))
            row.delete()
    return change.again


def kept(row: Assignment) -> dict:
    """A row as plain values, from which `put_back` makes it again, for all who name its number."""
    days = {"valid_from": row.valid_from.isoformat(), "valid_to": _text(row.valid_to)}
    return {name: getattr(row, name) for name in KEPT} | days


def put_back(account: Account, kept: dict) -> Assignment:
    """A row that was dropped, made again: the gate is asked anew."""
    start = dt.date.fromisoformat(kept["valid_from"])
    user = User.objects.get(pk=kept["user_id"])
    answer = _ask_gate(account, user, kept["role"], max(start, company_day()))
    values = {name: kept[name] for name in (*KEPT, "valid_from", "valid_to") if name in kept}
    override = answer.override and answer.override.valid_until
    return Assignment.objects.create(account=account, expires_at=override, **values)


def shorten(row: Assignment, *, day: dt.date) -> None:
    """`day` is its first day without; one that has not begun by then goes. Nobody need follow:
    for accounts that go themselves."""
    if day <= row.valid_from:
        row.delete()
    else:
        _set_end(row, day)


@transaction.atomic
def end_row(row: Assignment, *, day: dt.date) -> None:
    """`day` is its first day without. RuleBroken when a key account would have no owner then."""
    shorten(row, day=day)
    if row.role == AssignmentRole.OWNER:
        ask_owned(row.account, since=day)
        copy_owner(row.account)
        overtake(row.account, actor=None)


@transaction.atomic
def prolong_row(row: Assignment, *, to: dt.date | None) -> None:
    """It runs until `to` (None: open) after all; the gate is asked as for a new one."""
    today = company_day()
    if to is None or to > today:
        answer = _ask_gate(row.account, row.user, row.role, max(row.valid_from, today))
        set_expiry(row, answer.override and answer.override.valid_until)
    _set_end(row, to)


def set_expiry(row: Assignment, at: dt.datetime | None) -> None:
    """From when on it gives no right: the end of the override that carries it. None: it stands by
    itself."""
    row.expires_at = at
    row.save(update_fields=["expires_at"])


@transaction.atomic
def step_aside(row: Assignment, *, function: str) -> None:
    """From today somebody helps on the account's team who may not answer for it any more."""
    today = company_day()
    account, user = row.account, row.user
    end_row(row, day=today)
    helps = account.assignments.on(today).filter(user=user, role=AssignmentRole.TEAM).exists()
    if user.is_active and not helps:
        _add(account, user, AssignmentRole.TEAM, today, None, actor=None, function=function)


@transaction.atomic
def take_back(account: Account, undo: Undo | dict) -> None:
    """Everything as it was before `place`. RuleBroken when it has been changed again since."""
    entry = undo if isinstance(undo, Undo) else Undo(**undo)
    made = Assignment.objects.filter(pk__in=entry.made, account=account)
    if made.count() != len(entry.made):
        words = _("“%(name)s” has been assigned again since; nothing was taken back.")
        raise RuleBroken(words % {"name": account})
    made.delete()
    for pk, to in entry.ended:
        row = Assignment.objects.select_related("account", "user").get(pk=pk)
        prolong_row(row, to=to and dt.date.fromisoformat(to))
    for values in entry.dropped:
        put_back(account, values)
    handover_move.resume(entry.overtaken, actor=None)
    control_end.go_on(entry.controls)
    copy_owner(account)


def ask_owned(account: Account, *, since: dt.date) -> None:
    """RuleBroken when a key account would be without an owner on some day from `since` on."""
    rows = account.assignments.owners().exclude(valid_to__lte=since)
    gap = gate.first_gap(rows.values_list("valid_from", "valid_to"), since=since)
    if gap and is_key(account):
        words = _("A key account is not left without an owner: say who follows from %(day)s on.")
        raise RuleBroken(words % {"day": formats.day(gap)})


def copy_owner(account: Account) -> None:
    """Today's owner onto the account, for lists; rights read the rows."""
    owner = account.assignments.owners().today().values_list("user", flat=True).first()
    Account.objects.filter(pk=account.pk).update(owner=owner)
    account.owner_id = owner


def overtake(account: Account, *, actor: User | None, undo: Undo | None = None) -> None:
    """Handovers to who owns it by now are over, and the right to read that they gave; so is the
    personal control of a director who does not own it any more."""
    today, undo = company_day(), undo or Undo(account.pk)
    undo.controls += control_end.end_outlived(account, day=today, actor=actor)
    found = handover_move.close_overtaken(account, day=today, actor=actor)
    undo.overtaken |= {str(one.handover): one.state for one in found}
    rows = account.assignments.filter(pk__in=[one.reading for one in found if one.reading])
    for row in rows.exclude(valid_to__lte=today).select_related("account", "user"):
        if row.valid_from >= today:
            undo.dropped.append(kept(row))
        else:
            undo.ended.append([row.pk, _text(row.valid_to)])
        shorten(row, day=today)


def _set_end(row: Assignment, day: dt.date | None) -> None:
    row.valid_to = day
    row.save(update_fields=["valid_to"])


def _text(day: dt.date | None) -> str | None:
    return day and day.isoformat()
