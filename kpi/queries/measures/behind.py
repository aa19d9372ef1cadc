"""The accounts behind a figure: what each adds to its numerator and its denominator.

Sums of the two columns are the reading's, so that anybody can make the figure again from a file.
Read from the facts of today, for one measure at a time; pages of readings do not call it.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from accounts.models import KeySpan, Scoring
from accounts.queries.cadence import met_in_time
from kpi.choices import PlanMeasure, Scope
from kpi.queries.attribution import facts as attribution
from kpi.queries.attribution.facts import MARGIN, NET, UNCOSTED
from kpi.queries.measures.figures.ground import Ground, key_of, lay
from kpi.queries.measures.figures.plans import CODES
from kpi.queries.measures.registry import BY_CODE
from kpi.queries.periods import Period, services
from kpi.queries.periods.upsell import additional_of, parts_of
from kpi.queries.plans.accounts import added
from kpi.rules.retention import Status
from people.models import Membership

Parts = dict[int, list[int]]
COHORT = (Status.KEPT, Status.LOST)


@dataclass(frozen=True, slots=True)
class Behind:
    """`parts`: account → numerator and denominator, counts or units of money. `plan`: what a plan
    asks for that no account is asked."""

    parts: Parts
    status: dict[int, Status] = field(default_factory=dict)
    plan: int = 0


def behind(code: str, scope: Scope, key: str, day: dt.date) -> Behind | None:
    """None where the figure has no accounts to list, or the ledger is too short for it."""
    if scope not in BY_CODE[code].splits:
        return None
    if code in OF_THEIR_OWN:
        return OF_THEIR_OWN[code](scope, key, day)
    ground = lay(day)
    make = MAKERS.get(code)
    if ground is None or make is None:
        return None
    book = ground.book
    status = {
        pk: Status(code)
        for pk, code in zip(book.ids.tolist(), book.status.tolist(), strict=True)
    }  # fmt: skip
    return Behind(make(ground, scope, key), status)


def _cohort(numerator: str):
    """Accounts of the base year whose outcome is this group's, with base as the denominator."""

    def parts(ground: Ground, scope: Scope, key: str) -> Parts:
        found: Parts = {}
        for pk, base, current, status in _rows(ground, scope, key):
            if status not in COHORT:
                continue
            is_lost = status == Status.LOST
            found[pk] = {
                "kept": [int(not is_lost), 1],
                "lost": [int(is_lost), 1],
                "current": [current, base],
                "held": [min(max(current, 0), base), base],
                "churned": [base if is_lost else 0, base],
            }[numerator]
        return found

    return parts


def _rows(ground: Ground, scope: Scope, key: str) -> list[tuple[int, int, int, int]]:
    """Id, base, current and status of the accounts whose outcome belongs to the group."""
    book, after = ground.book, ground.splits[scope].after
    own = np.array([key_of(scope, group) == key for group in after.tolist()], dtype=bool)
    columns = (book.ids, book.base, book.current, book.status)
    return list(zip(*(column[own].tolist() for column in columns), strict=True))


def _new(ground: Ground, scope: Scope, key: str) -> Parts:
    fresh = (Status.NEW, Status.REACTIVATED)
    return {
        pk: [current, 0]
        for pk, _base, current, status in _rows(ground, scope, key)
        if status in fresh
    }


def _invoices(ground: Ground, scope: Scope, key: str, period: Period) -> dict[int, np.ndarray]:
    """Head account → net, margin and uncosted that the group was counted on invoice dates."""
    found = attribution.facts(ground.owners, period.first, period.last)
    own = _own(ground, scope, key, found.account, found.day)
    sums: dict[int, np.ndarray] = defaultdict(lambda: np.zeros(3, dtype=np.int64))
    heads = ground.heads(found.account[own])
    for pk, money in zip(heads.tolist(), found.money[own], strict=True):
        sums[pk] += money
    return sums


def _own(
    ground: Ground, scope: Scope, key: str, accounts: np.ndarray, days: np.ndarray
) -> np.ndarray:
    groups = ground.groups(accounts, days)[scope]
    return np.array([key_of(scope, group) == key for group in groups.tolist()], dtype=bool)


def _revenue(ground: Ground, scope: Scope, key: str) -> Parts:
    if scope == Scope.LINE:
        return _of_line(ground, key)
    now = _invoices(ground, scope, key, ground.pair.current)
    return {pk: [int(money[NET]), 0] for pk, money in now.items() if money[NET]}


def _of_line(ground: Ground, key: str) -> Parts:
    table = ground.source.sold(ground.pair.current)
    own = table[table[:, services.SERVICE] == int(key)]
    found: Parts = defaultdict(lambda: [0, 0])
    heads = ground.heads(own[:, services.ACCOUNT])
    for pk, net in zip(heads.tolist(), own[:, services.NET].tolist(), strict=True):
        found[pk][0] += net
    return dict(found)


def _growth(ground: Ground, scope: Scope, key: str) -> Parts:
    now = _invoices(ground, scope, key, ground.pair.current)
    before = _invoices(ground, scope, key, ground.pair.base)
    found: Parts = {}
    for pk in now.keys() | before.keys():
        net = int(now[pk][NET]) if pk in now else 0
        was = int(before[pk][NET]) if pk in before else 0
        found[pk] = [net - was, was]
    return found


def _margin(ground: Ground, scope: Scope, key: str) -> Parts:
    now = _invoices(ground, scope, key, ground.pair.current)
    return {pk: [int(one[MARGIN]), int(one[NET] - one[UNCOSTED])] for pk, one in now.items()}


def _services(ground: Ground, scope: Scope, key: str) -> Parts:
    pairs = additional_of(ground.book)
    found: Parts = defaultdict(lambda: [0, 0])
    if scope == Scope.LINE:
        for one in pairs:
            if str(one.service_line) == key:
                found[one.account][0] += 1
        return dict(found)
    for pk, group, one in parts_of(ground.book, ground.splits[scope], pairs, scope.value):
        if key_of(scope, ground.splits[scope].key(group)) == key and one.additional_services:
            found[pk][0] += one.additional_services
    return dict(found)


def _cross_sell(ground: Ground, scope: Scope, key: str) -> Parts:
    parts = ground.splits[scope]
    found: Parts = defaultdict(lambda: [0, 0])
    pairs = additional_of(ground.book)
    for pk, group, one in parts_of(ground.book, parts, pairs, scope.value):
        if key_of(scope, parts.key(group)) == key:
            found[pk][0] += one.accounts_with_additional
    book = ground.book
    for pk, group, status in zip(
        book.ids.tolist(), parts.before.tolist(), book.status.tolist(), strict=True
    ):
        if status in COHORT and key_of(scope, group) == key:
            found[pk][1] += 1
    return {pk: one for pk, one in found.items() if any(one)}


def _upsell(ground: Ground, scope: Scope, key: str) -> Parts:
    parts = ground.splits[scope]
    found: Parts = defaultdict(lambda: [0, 0])
    for pk, base, current, status in _rows(ground, scope, key):
        if status == Status.KEPT and current > base:
            found[pk][0] += current - base
    pairs = additional_of(ground.book)
    for pk, group, one in parts_of(ground.book, parts, pairs, scope.value):
        if key_of(scope, parts.key(group)) == key:
            found[pk][0] -= one.additional_revenue
    return {pk: one for pk, one in found.items() if one[0]}


def _touchpoints(ground: Ground, scope: Scope, key: str) -> Parts:
    table = ground.source.contacts(ground.pair.current)
    own = table[_own(ground, scope, key, table[:, 0], table[:, 1])]
    found: Parts = defaultdict(lambda: [0, 0])
    for pk, number in own[:, [0, 2]].tolist():
        found[pk][0] += number
    return dict(found)


def _equal(ground: Ground, scope: Scope, key: str) -> Parts:
    """One customer each; its revenue is the denominator's column, to square and add."""
    return {pk: [1, current] for pk, _base, current, _s in _rows(ground, scope, key) if current > 0}


def _key_share(ground: Ground, scope: Scope, key: str) -> Parts:
    keys = set(KeySpan.objects.on(ground.day).values_list("account", flat=True))
    return {
        pk: [current if pk in keys else 0, current]
        for pk, _base, current, _status in _rows(ground, scope, key)
        if current
    }


def _coverage(scope: Scope, key: str, day: dt.date) -> Behind | None:
    """Of the newest day: what was met in time on others is not known any more."""
    if day != Scoring.current().as_of:
        return None
    team_of = dict(Membership.objects.on(day).values_list("user", "team"))
    group = {
        Scope.COMPANY: lambda owner: 0,
        Scope.MANAGER: lambda owner: owner or 0,
        Scope.TEAM: lambda owner: team_of.get(owner, 0),
    }[Scope(scope)]
    return Behind(
        {
            pk: [int(is_met), 1]
            for pk, owner, is_met in met_in_time(day)
            if key_of(scope, group(owner)) == key
        }
    )


def _plan(measure: PlanMeasure):
    def rows(scope: Scope, key: str, day: dt.date) -> Behind | None:
        found = added(measure, int(key) if key else None, day)
        return found and Behind(found.parts, plan=found.plan)

    return rows


OF_THEIR_OWN = {
    "coverage": _coverage,
    **{code: _plan(measure) for measure, code in CODES.items()},
}
MAKERS = {
    "revenue": _revenue, "growth": _growth, "margin": _margin, "retention": _cohort("kept"),
    "churn": _cohort("lost"), "nrr": _cohort("current"), "grr": _cohort("held"),
    "lost-revenue": _cohort("churned"), "new-revenue": _new, "services": _services,
    "cross-sell": _cross_sell, "upsell": _upsell, "touchpoints": _touchpoints,
    "concentration": _equal, "key-share": _key_share,
}  # fmt: skip
