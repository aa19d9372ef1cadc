"""Who answers for an account, from which day to which. The past keeps its answer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, AssignmentRole
from accounts.commands import placing
from accounts.commands.account import locked
from accounts.commands.handover_move import overtaken
from accounts.models import Account, Assignment
from accounts.queries import notices
from accounts.rules import assignment as rules
from accounts.rules.assignment import Interval, Refusal
from common.dates import on
from common.errors import RuleBroken
from people.commands import record, tell
from people.models import Event, User, company_day, company_zone

BATCH = 2_000


def _words(refusal: Refusal) -> str:
    return {
        Refusal.PAST: _("The past is not rewritten: choose today or a later day."),
        Refusal.NO_LENGTH: _("The end must lie after the beginning."),
        Refusal.SAME: _("This person has this role on these days already."),
        Refusal.OVERLAP: _("This person has this role on these days already."),
        Refusal.CLOSED: _("Nobody is assigned to a closed account."),
        Refusal.ENDED: _("This assignment has ended already."),
    }[refusal]


@transaction.atomic
def assign_account(
    *,
    actor: User,
    account_id: int,
    user: User,
    role: str,
    start: dt.date,
    to: dt.date | None = None,
    reason: str = "",
    function: str = "",
) -> Assignment:
    """Put `user` in `role` from `start` (today or later) until `to`, its first day without.

    There is one owner a day: a new one ends the former on that day and, when the new one is for a
    time, the former continues after it. `function` says what somebody of the account team does.
    """
    account = locked(account_id, actor=actor)
    _check_assignable(account, actor=actor, user=user, role=role)
    return _assign(
        account, actor=actor, user=user, role=role, start=start, to=to, reason=reason,
        function=function,
    )[0]  # fmt: skip


def _check_assignable(account: Account, *, actor: User, user: User, role: str) -> None:
    owned = account.assignments.owners().today().filter(user=actor).exists()
    if not rules.may_assign(role, is_director=actor.is_director, is_owner=owned):
        raise RuleBroken(_("Only a director may assign this role."))
    if not user.is_active or not rules.may_hold(role, roles=user.roles):
        raise RuleBroken(_("%(name)s does not have the role for this.") % {"name": user})


def _assign(
    account: Account, *, actor: User, user: User, role: str, start: dt.date, to: dt.date | None,
    reason: str, function: str = "",
) -> tuple[Assignment, placing.Undo]:  # fmt: skip
    """The new row, and what is needed to take it back."""
    function = function.strip()[:60] if role == AssignmentRole.TEAM else ""
    if role == AssignmentRole.TEAM and not function:
        raise RuleBroken(_("Say what this person does for the account: logistics, finance…"))
    is_open = account.status not in (AccountStatus.CLOSED, AccountStatus.MERGED)
    refusal = rules.refusal(start=start, to=to, today=company_day(), account_open=is_open)
    if refusal or _has_it(account, user, role, start, to):
        raise RuleBroken(_words(refusal or Refusal.SAME))
    row, undo = placing.place(
        account, user=user, role=role, start=start, to=to, actor=actor, reason=reason,
        function=function,
    )  # fmt: skip
    record(
        actor=actor, verb="account.assigned", target=account, user=user.pk, name=str(user),
        role=role, start=start.isoformat(), to=to and to.isoformat(), reason=reason,
        function=function,
    )  # fmt: skip
    if user.pk != actor.pk and role != AssignmentRole.TEAM:
        cause = f"account:{account.pk}:{role}:{row.pk}"
        tell(user=user, kind=notices.ACCOUNT_GIVEN, target=account, cause=cause)
    return row, undo


def _has_it(account, user, role, start, to) -> bool:
    """This person has this role on these days already; an owner for good may get an end."""
    rows = list(account.assignments.filter(role=role, user=user))
    if role != AssignmentRole.OWNER:
        return any(_same_days(row, user, start, to) for row in rows)
    running = [row for row in rows if row.valid_from <= start]
    return to is None and any(row.valid_to is None for row in running)


def _same_days(row: Assignment, user: User, start: dt.date, to: dt.date | None) -> bool:
    over_before = row.valid_to is not None and row.valid_to <= start
    begins_after = to is not None and row.valid_from >= to
    return row.user_id == user.pk and not over_before and not begins_after


@transaction.atomic
def end_assignment(*, actor: User, assignment_id: int, day: dt.date) -> Assignment:
    """`day` (today or later) is the first day without it; a planned one that never began goes."""
    row = Assignment.objects.select_related("account").get(pk=assignment_id)
    account = locked(row.account_id, actor=actor)
    today = company_day()
    owned = account.assignments.owners().today().filter(user=actor).exists()
    if not rules.may_assign(row.role, is_director=actor.is_director, is_owner=owned):
        raise RuleBroken(_("Only a director may assign this role."))
    interval = Interval(row.pk, row.user_id, row.valid_from, row.valid_to)
    refusal = rules.end_refusal(interval, day=day, today=today)
    if refusal:
        raise RuleBroken(_words(refusal))
    row.account = account
    placing.end_row(row, day=day)
    record(
        actor=actor, verb="account.assignment_ended", target=account,
        user=row.user_id, name=str(row.user), role=row.role, day=day.isoformat(),
    )  # fmt: skip
    return row


@transaction.atomic
def assign_accounts(
    *,
    actor: User,
    account_ids: Iterable[int],
    user: User,
    role: str,
    start: dt.date,
    reason: str = "",
    function: str = "",
) -> Event:
    """Assign many accounts, all or none; the event it returns can be undone once, the same day.

    Account.DoesNotExist when one of them is not the actor's. Those who have this person in this
    role already are left as they are.
    """
    ids = sorted(set(account_ids))
    rows = (
        Account.objects.editable_by(actor)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk__in=ids)
    )
    accounts = list(rows.order_by("pk"))
    if len(accounts) != len(ids) or not ids:
        raise Account.DoesNotExist
    undo = []
    for account in accounts:
        _check_assignable(account, actor=actor, user=user, role=role)
        rows_of_user = account.assignments.filter(role=role, user=user)
        if not any(_same_days(row, user, start, None) for row in rows_of_user):
            made = _assign(
                account, actor=actor, user=user, role=role, start=start, to=None, reason=reason,
                function=function,
            )  # fmt: skip
            undo.append(asdict(made[1]))
    return record(
        actor=actor,
        verb="user.bulk_assigned",
        target=user,
        role=role,
        accounts=len(undo),
        undo=undo,
    )


@transaction.atomic
def undo_assign_accounts(*, actor: User, event_id: int) -> int:
    """Take back one bulk assignment as a whole, by whoever made it, on the day it was made."""
    event = Event.objects.select_for_update().get(
        pk=event_id, actor=actor, verb="user.bulk_assigned"
    )
    if timezone.localdate(event.at, company_zone()) != company_day():
        raise RuleBroken(_("This was done on an earlier day; assign the accounts anew instead."))
    if Event.objects.filter(verb="user.bulk_undone", data__of=event.pk).exists():
        raise RuleBroken(_("This has been taken back already."))
    for entry in event.data["undo"]:
        account = locked(entry["account"], actor=actor)
        placing.take_back(account, entry)
        record(actor=actor, verb="account.assignment_undone", target=account)
    record(actor=actor, verb="user.bulk_undone", target=actor, of=event.pk)
    return len(event.data["undo"])


def refresh_owners(*, day: dt.date) -> int:
    """Copy the owner of `day` into Account.owner where it differs; how many accounts changed.

    The night calls it: assignments that begin or end by themselves reach the lists this way, and
    end a handover to who owns the account from then on.
    """
    is_owner = Q(assignments__role=AssignmentRole.OWNER) & on(day, "assignments__")
    holding = FilteredRelation("assignments", condition=is_owner)
    rows = Account.objects.annotate(holding=holding).annotate(now=F("holding__user")).order_by()
    somebody = Q(owner__isnull=False) | Q(now__isnull=False)
    stale: dict[int | None, list[int]] = {}
    for owner, account in rows.filter(somebody, ~Q(owner=F("now"))).values_list("now", "pk"):
        stale.setdefault(owner, []).append(account)
    for owner, ids in stale.items():
        for begin in range(0, len(ids), BATCH):
            Account.objects.filter(pk__in=ids[begin : begin + BATCH]).update(owner=owner)
    for pk in sorted(set(overtaken(day).values_list("account", flat=True))):
        with transaction.atomic():
            account = Account.objects.select_for_update(no_key=True).get(pk=pk)
            placing.overtake(account, actor=None)
    return sum(len(ids) for ids in stale.values())
