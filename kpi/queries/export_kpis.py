"""Company and per-manager figures of a day as plain values for export_kpis.

A manager's revenue is that of the days on which they owned the account (methods 1.14), so the
managers' revenue and that of the days without an owner add up to the company's.
"""

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from accounts.choices import AssignmentRole
from accounts.models import AccountDay, Assignment
from common import dbops
from kpi.queries import periods
from kpi.queries.exports import external_ids, money, verdict_on
from kpi.queries.judgement import CONVENTIONS, Verdict, cuts_of
from kpi.queries.periods import Pair, Period
from kpi.rules import pareto, windows
from kpi.rules.concentration import concentration
from kpi.rules.retention import Retention
from kpi.rules.upsell import Upsell
from people.models import Company, User

if TYPE_CHECKING:
    from pandas import DataFrame

NOBODY = 0
DIGITS = 10


def kpis(day: dt.date, pair: Pair | None = None) -> dict:
    """The keys of docs/reference.md that this version computes; money as numbers with cents.

    `pair`: the periods of retention and upsell; by default the trailing year and the one before.
    """
    verdict, pair = verdict_on(day), pair or periods.pair_of(day)
    return {
        "conventions": CONVENTIONS,
        "as_of": day.isoformat(),
        "currency": Company.current().currency,
        "pareto": company_pareto(verdict),
        "concentration": figures(verdict.basis[verdict.state.alone]),
        "base": span(pair.base),
        "current": span(pair.current),
        "retention": retention_figures(periods.retention(pair)[periods.NOBODY]),
        "upsell": upsell_figures(periods.upsell(pair)[periods.NOBODY]),
        "managers": managers(verdict, pair),
    }


def company_pareto(verdict: Verdict) -> dict:
    """Tiers as computed for that day alone, and by the stricter formula row by row."""
    alone = np.flatnonzero(verdict.state.alone)
    outside = external_ids()
    called = [outside.get(int(pk), f"#{pk}") for pk in verdict.state.ids[alone]]
    alone = alone[np.array(sorted(range(len(alone)), key=called.__getitem__), dtype=np.int64)]
    basis = verdict.basis[alone]
    strict = pareto.strict_tiers(pareto.rank_accounts(basis), cuts_of(verdict.policy))
    return {
        "net_revenue": amount(verdict.revenue[alone].sum()),
        "positive_revenue": amount(basis[basis > 0].sum()),
        "accounts": int((basis > 0).sum()),
        "tiers": per_tier(verdict.tier_of_day[alone], basis),
        "tiers_strict": per_tier(strict, basis),
    }


def per_tier(levels: np.ndarray, basis: np.ndarray) -> dict[str, dict]:
    return {
        str(letter): {
            "accounts": int((levels == level).sum()),
            "revenue": amount(basis[levels == level].sum()),
        }
        for level, letter in reversed(list(enumerate(pareto.LETTERS)))
    }


def amount(units: int) -> float:
    return float(money(units))


def figures(basis: np.ndarray) -> dict:
    """kpi.rules.concentration with ten decimals."""
    found = asdict(concentration(basis))
    found.pop("accounts")
    return {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in found.items()
    }


def span(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def rate(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def retention_figures(found: Retention) -> dict:
    """Null where there is no base: neither 0 nor 100 %."""
    low, high = found.interval or (None, None)
    return {
        "base_accounts": found.base_accounts,
        "kept": found.kept,
        "lost": found.lost,
        "new": found.new,
        "reactivated": found.reactivated,
        "logo_retention": rate(found.logo_retention),
        "wilson_low": rate(low),
        "wilson_high": rate(high),
        "grr": rate(found.grr),
        "nrr": rate(found.nrr),
        "base_revenue": amount(found.base),
        "churned_revenue": amount(found.churned),
        "contraction": amount(found.contraction),
        "expansion": amount(found.expansion),
        "current_revenue": amount(found.current),
        "new_revenue": amount(found.new_revenue),
        "reactivated_revenue": amount(found.reactivated_revenue),
        "other_revenue": amount(found.other),
        "came_accounts": found.came_accounts,
        "came_revenue": amount(found.came),
        "went_accounts": found.went_accounts,
        "went_revenue": amount(found.went),
        "changed_hands": found.hands,
    }


def upsell_figures(found: Upsell) -> dict:
    return {
        "base_accounts": found.base_accounts,
        "accounts_with_additional": found.accounts_with_additional,
        "additional_services": found.additional_services,
        "additional_revenue": amount(found.additional_revenue),
        "cross_sell_rate": rate(found.cross_sell_rate),
        "upsell_revenue": amount(found.upsell),
    }


def managers(verdict: Verdict, pair: Pair) -> list[dict]:
    """The same figures of each manager, by name; last those of days and accounts without an owner.

    Tiers are the company's: a manager's book is a part of it and has no cuts of its own.
    """
    table = owned_revenue(verdict)
    kept, sold = periods.retention(pair, by="manager"), periods.upsell(pair, by="manager")
    ids = {int(pk) for pk in table["manager"].unique()} | set(kept) | set(sold)
    people = {user.pk: user for user in User.objects.filter(pk__in=ids)}
    found = []
    for pk in ids:
        rows = table[table["manager"] == pk]
        row = _manager(people.get(pk), rows["units"].to_numpy(), rows["tier"].to_numpy())
        row["retention"] = retention_figures(kept.get(pk, Retention()))
        row["upsell"] = upsell_figures(sold.get(pk, Upsell()))
        found.append(row)
    return sorted(found, key=lambda row: (row["manager"] is None, row["manager"], row["email"]))


def _manager(user: User | None, units: np.ndarray, tier: np.ndarray) -> dict:
    return {
        "manager": user.name if user else None,
        "email": user.email if user else None,
        "pareto": {
            "net_revenue": amount(units.sum()),
            "positive_revenue": amount(units[units > 0].sum()),
            "accounts": int((units > 0).sum()),
            "tiers": per_tier(tier, units),
        },
        "concentration": figures(units),
    }


def owned_revenue(verdict: Verdict) -> "DataFrame":
    """Manager × account that stands for itself: net units of the trailing twelve months."""
    import pandas as pd  # noqa: PLC0415  half a second to import, for one report

    state, window = verdict.state, windows.trailing_year(verdict.day)
    days, owned = AccountDay._meta.db_table, Assignment._meta.db_table
    rows = dbops.read_ints(
        ["d.account_id", f"COALESCE(a.user_id, {NOBODY})", "sum(d.net)"],
        f"FROM {days} d LEFT JOIN {owned} a ON a.account_id = d.account_id AND a.role = %s"
        " AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)"
        " WHERE d.day > %s AND d.day <= %s"
        f" GROUP BY d.account_id, COALESCE(a.user_id, {NOBODY})",
        [AssignmentRole.OWNER.value, window.after, window.until],
    )
    head = state.head[state.positions(rows[:, 0])]
    table = pd.DataFrame({"manager": rows[:, 1], "head": head, "units": rows[:, 2]})
    table = table.groupby(["manager", "head"], as_index=False)["units"].sum()
    return table.assign(tier=verdict.tier_of_day[table["head"].to_numpy()])
