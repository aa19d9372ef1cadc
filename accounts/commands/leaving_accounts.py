"""Who answers for the accounts of somebody who leaves, and what becomes of standing in.

Each step returns plain values by which it is taken back.
"""

from dataclasses import asdict

from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, AssignmentRole, CoverState
from accounts.commands import placing
from accounts.models import Account, Assignment, Cover
from accounts.queries import care_notices as notices
from people.commands import absence as absences
from people.commands import record, tell
from people.models import Absence, User, company_day

SHUT = (AccountStatus.CLOSED, AccountStatus.MERGED)


def end_standing_in(user: User) -> dict:
    """Their absences, who was to stand in then, what they stood in for: over; all can come back."""
    today = company_day()
    away = Absence.objects.live().filter(user=user, valid_from__gt=today)
    ids = list(away.values_list("pk", flat=True))
    for pk in ids:
        absences.cancel_absence(actor=None, absence_id=pk)
    live = Cover.objects.filter(state__in=(CoverState.PROPOSED, CoverState.AGREED))
    covers = live.filter(substitute=user) | live.filter(absence__in=ids)
    covers = covers.select_related("absence__user", "account", "assignment")
    rights = [row.assignment for row in covers if row.absence_id in ids and row.assignment]
    states = {str(row.pk): [row.state, row.assignment_id] for row in covers}
    for row in covers.exclude(absence__user=user):
        cause = f"cover:{row.pk}:lost"
        tell(user=row.absence.user, kind=notices.COVER_LOST, target=row.absence, cause=cause)
    Cover.objects.filter(pk__in=[int(pk) for pk in states]).update(state=CoverState.CANCELLED)
    return {"absences": ids, "covers": states, "placed": [_end(row) for row in rights]}


def stand_in_again(undo: dict) -> None:
    """What nobody else has been asked for since."""
    Absence.objects.filter(pk__in=undo["absences"]).update(cancelled_at=None)
    known = {int(pk): entry for pk, entry in undo["covers"].items()}
    rows = Cover.objects.filter(pk__in=known, state=CoverState.CANCELLED)
    live = Cover.objects.filter(state__in=(CoverState.PROPOSED, CoverState.AGREED))
    for row in rows.order_by("pk"):
        if not live.filter(absence=row.absence_id, account=row.account_id).exists():
            row.state, right = known[row.pk]
            row.assignment = Assignment.objects.filter(pk=right).first()
            row.save(update_fields=["state", "assignment"])


def _end(row: Assignment) -> dict:
    """From today it gives no right; what `placing.take_back` needs."""
    undo, today = placing.Undo(row.account_id), company_day()
    if row.valid_from < today:
        undo.ended.append([row.pk, row.valid_to and row.valid_to.isoformat()])
    else:
        undo.dropped.append(placing.kept(row))
    placing.shorten(row, day=today)
    return asdict(undo)


def give_others(
    user: User, accounts: dict[int, Account], heirs: dict[int, User], *, actor: User | None,
    heir: User,
) -> list[dict]:  # fmt: skip
    """Of today's: all that are not key and not shut."""
    made = []
    rows = Assignment.objects.owners().on(company_day()).filter(user=user)
    for row in rows.order_by("account"):
        account = accounts[row.account_id]
        if account.status in SHUT:
            continue
        _new, undo = placing.place(
            account, user=heir, role=AssignmentRole.OWNER, start=company_day(), to=row.valid_to,
            actor=actor, reason=_("%(name)s has left.") % {"name": user},
        )  # fmt: skip
        heirs[account.pk] = heir
        made.append(asdict(undo))
        record(
            actor=actor, verb="account.assigned", target=account, user=heir.pk, name=str(heir),
            role=AssignmentRole.OWNER, start=company_day().isoformat(), to=None, reason="",
            function="",
        )  # fmt: skip
    return made


def end_the_rest(
    user: User, accounts: dict[int, Account], heirs: dict[int, User], *, director: User, heir: User,
    actor: User | None,
) -> list[dict]:  # fmt: skip
    """Roles besides ownership end; what was to become theirs later becomes another's."""
    today, made = company_day(), []
    rows = Assignment.objects.filter(user=user).exclude(valid_to__lte=today)
    for row in rows.order_by("account", "pk"):
        account = accounts[row.account_id]
        row.account = account
        if row.role == AssignmentRole.OWNER and account.status not in SHUT:
            to = heirs.get(account.pk) or _next_owner(account, user, director, heir)
            _new, undo = placing.place(
                account, user=to, role=AssignmentRole.OWNER, start=row.valid_from, to=row.valid_to,
                actor=actor, reason=_("%(name)s has left.") % {"name": user},
            )  # fmt: skip
            made.append(asdict(undo))
            continue
        made.append(_end(row))
    return made


def _next_owner(account: Account, user: User, director: User, heir: User) -> User:
    """Who has it today goes on; nobody: as with the other accounts."""
    row = account.assignments.owners().today().select_related("user").first()
    if row and row.user_id != user.pk and row.user.is_active:
        return row.user
    is_key = Account.objects.filter(pk=account.pk, score__is_key=True).exists()
    return director if is_key else heir


def all_heirs(heirs: dict[int, User], user: User) -> dict[int, User]:
    """Work at accounts that others own stays with those accounts: their owners take it."""
    rows = Assignment.objects.owners().today().exclude(user=user).select_related("user")
    work = rows.filter(account__tasks__owner=user) | rows.filter(account__promises__colleague=user)
    return {row.account_id: row.user for row in work.distinct()} | heirs
