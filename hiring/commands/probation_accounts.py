"""The accounts of a trial: chosen, frozen, given on the first day, given back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AssignmentRole
from accounts.commands import placing
from accounts.models import Account
from accounts.queries.graph_coverage import coverage_share
from common.errors import RuleBroken
from hiring.choices import GoalKind
from hiring.models import Probation, ProbationAccount
from hiring.queries import probation_bars, probation_picker
from hiring.queries.probation_baseline import baselines, newest_ledger_day, season_of
from people import verbs
from people.commands import record
from people.models import User, company_day

MOST_ACCOUNTS = 20

verbs.register(
    {
        "probation.account_left": gettext_lazy("An account left a probation"),
    }
)


def set_accounts(
    probation: Probation, account_ids: Iterable[int], *, each: int
) -> list[ProbationAccount]:
    """Replace what was chosen by these, each with `each` controls; the caller has asked."""
    ids = list(dict.fromkeys(account_ids))
    _ask_free(probation, ids)
    as_of = newest_ledger_day(before=min(probation.starts_on, company_day()))
    if as_of is None:
        raise RuleBroken(_("There is no ledger yet to measure by: import one first."))
    why = probation_picker.reasons_of(probation, ids, as_of)
    probation.accounts.all().delete()
    given = {
        pk: ProbationAccount.objects.create(
            probation=probation, account_id=pk, why=[asdict(reason) for reason in why[pk]]
        )
        for pk in ids
    }
    for pair in probation_picker.matched(probation, ids, as_of, each=each):
        ProbationAccount.objects.create(
            probation=probation, account_id=pair.control, matched_to=given[pair.given],
            distance=round(pair.distance, 3),
        )  # fmt: skip
    _write_baselines(probation, as_of)
    return list(given.values())


def _ask_free(probation: Probation, ids: list[int]) -> None:
    """RuleBroken naming the first account that cannot be part of it, and why."""
    if not 0 < len(ids) <= MOST_ACCOUNTS:
        raise RuleBroken(_("Choose from one to %(most)s accounts.") % {"most": MOST_ACCOUNTS})
    barred = probation_bars.bars(ids, probation=probation)
    for pk in ids:
        if pk in barred:
            account = Account.objects.filter(pk=pk).first()
            if account is None:
                raise Account.DoesNotExist
            raise RuleBroken(
                _("%(name)s cannot be part of a probation. %(why)s")
                % {"name": account, "why": probation_bars.WORDS[barred[pk]]}
            )


def _write_baselines(probation: Probation, as_of: dt.date) -> None:
    rows = list(probation.accounts.all())
    found = baselines([row.account_id for row in rows], as_of)
    for row in rows:
        base = found[row.account_id]
        orders = base.orders
        row.baseline, row.before = base.net, base.before
        row.frozen = {
            "orders": orders.count, "total": orders.total, "squares": orders.squares,
            "largest": orders.largest,
        }  # fmt: skip
        row.save(update_fields=["baseline", "before", "frozen"])


def freeze(probation: Probation) -> tuple[dt.date, list[float]]:
    """Baselines as of the newest ledger day before the start; that day, and the season.

    RuleBroken when one of the accounts has become key meanwhile or is taken otherwise.
    """
    rows = list(probation.accounts.all())
    _ask_free(probation, [row.account_id for row in rows if not row.is_control])
    as_of = newest_ledger_day(before=min(probation.starts_on, company_day()))
    if as_of is None:
        raise RuleBroken(_("There is no ledger yet to measure by: import one first."))
    _write_baselines(probation, as_of)
    if probation.goals.filter(kind=GoalKind.MAP).exists():
        _freeze_maps(probation)
    return as_of, season_of([row.account_id for row in rows], as_of)


def _freeze_maps(probation: Probation) -> None:
    for row in probation.accounts.filter(matched_to=None).select_related("account"):
        row.frozen["coverage"] = coverage_share(row.account, probation.user)
        row.save(update_fields=["frozen"])


def give(probation: Probation, *, day: dt.date) -> list[ProbationAccount]:
    """The newcomer owns them from `day` (today); those taken otherwise meanwhile are left out."""
    rows = probation.accounts.filter(matched_to=None, left_at=None).order_by("account_id")
    rows = list(rows.select_related("account"))
    barred = probation_bars.bars([row.account_id for row in rows], probation=probation)
    given = []
    for row in rows:
        if row.account_id in barred:
            leave(row, str(probation_bars.WORDS[barred[row.account_id]]))
            continue
        _give(probation, row, day)
        given.append(row)
    return given


def _give(probation: Probation, row: ProbationAccount, day: dt.date) -> None:
    account = Account.objects.select_for_update().get(pk=row.account_id)
    former = account.assignments.owners().on(day).select_related("user").first()
    words = _("probation of %(name)s") % {"name": probation.user}
    _place(account, probation.user, day, words)
    if former is None:
        return
    row.former_owner = former.user
    if probation.former_helps and former.user.is_active:
        helper, _undo = placing.place(
            account, user=former.user, role=AssignmentRole.TEAM, start=day, actor=None,
            function=_("former manager"),
        )  # fmt: skip
        row.frozen["helper"] = helper.pk
    row.save(update_fields=["former_owner", "frozen"])


def _place(
    account: Account, user: User, day: dt.date, reason: str, actor: User | None = None
) -> None:
    placing.place(
        account, user=user, role=AssignmentRole.OWNER, start=day, actor=actor, reason=reason
    )
    record(
        actor=actor, verb="account.assigned", target=account, user=user.pk, name=str(user),
        role=AssignmentRole.OWNER, start=day.isoformat(), to=None, reason=reason, function="",
    )  # fmt: skip


def give_back(probation: Probation, *, day: dt.date, actor: User | None) -> int:
    """From `day` on they are with who had them before, else with the lead, else with nobody;
    how many. What somebody else has received meanwhile stays with them."""
    number = 0
    rows = probation.accounts.filter(matched_to=None)
    for row in rows.select_related("former_owner").order_by("account_id"):
        account = Account.objects.select_for_update().get(pk=row.account_id)
        owner = account.assignments.owners().on(day).filter(user=probation.user_id).first()
        if owner is None:
            continue
        number += 1
        taker = _taker(row, probation)
        if taker is None:
            placing.end_row(owner, day=day)
            continue
        words = _("end of the probation of %(name)s") % {"name": probation.user}
        _place(account, taker, day, words, actor)
        _end_help(account, row, day)
    return number


def _taker(row: ProbationAccount, probation: Probation) -> User | None:
    for user in (row.former_owner, probation.lead):
        if user is not None and user.is_active and (user.is_kam or user.is_director):
            return user
    return None


def _end_help(account: Account, row: ProbationAccount, day: dt.date) -> None:
    helper = account.assignments.filter(pk=row.frozen.get("helper"), valid_to=None).first()
    if helper is not None:
        placing.end_row(helper, day=day)


def leave(row: ProbationAccount, why: str) -> None:
    """It no longer counts, nor does what it was compared with."""
    now = timezone.now()
    row.left_at, row.left_why = now, why[:200]
    row.save(update_fields=["left_at", "left_why"])
    row.controls.filter(left_at=None).update(left_at=now, left_why=row.left_why)
    record(
        actor=None, verb="probation.account_left", target=row.probation, account=row.account_id,
        why=row.left_why,
    )  # fmt: skip
