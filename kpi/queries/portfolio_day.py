"""One judged day as the row that the portfolio page reads, whatever the number of accounts."""

import datetime as dt
from dataclasses import asdict

import numpy as np

from common.dates import is_month_end
from common.money import from_units
from kpi.models import PortfolioDay
from kpi.queries.judgement import DAY_VERSION, Verdict
from kpi.rules import concentration, levels, pareto, windows

LARGEST = 100


def portfolio_day(verdict: Verdict) -> PortfolioDay:
    """The unsaved row of verdict.day, without moves."""
    state, alone = verdict.state, verdict.state.alone
    revenue, basis = verdict.revenue[alone], verdict.basis[alone]
    keys = verdict.key & alone
    order = verdict.ranking.order
    return PortfolioDay(
        day=verdict.day,
        basis=verdict.policy.basis,
        net=from_units(revenue.sum()),
        positive=from_units(verdict.ranking.total),
        accounts=verdict.ranking.count,
        key_accounts=int(keys.sum()),
        key_revenue=from_units(verdict.revenue[keys].sum()),
        tiers=_per_tier(verdict.tier_of_day[alone], basis),
        tiers_in_force=_per_tier(verdict.tier[alone], basis),
        degenerate=pareto.degenerate(basis),
        concentration=asdict(concentration.concentration(basis)),
        curve={
            "points": pareto.curve(verdict.ranking),
            "largest": [[int(state.ids[i]), int(verdict.basis[i])] for i in order[:LARGEST]],
        },
        rhythm=verdict.silence.fit.as_dict() if verdict.silence.fit else {},
        policy=verdict.policy if verdict.policy.pk else None,
        levels=levels.pack(state.ids[alone], verdict.tier[alone])
        if is_month_end(verdict.day)
        else None,
        rule_version=DAY_VERSION,
    )


def _per_tier(tier: np.ndarray, basis: np.ndarray) -> dict[str, dict[str, int]]:
    return {
        str(letter): {
            "accounts": int((tier == level).sum()),
            "units": int(basis[tier == level].sum()),
        }
        for level, letter in reversed(list(enumerate(pareto.LETTERS)))
    }


def moves(verdict: Verdict, known: dict[dt.date, PortfolioDay]) -> dict:
    """Tier moves since the last month-end and since that of a year ago.

    `known` holds month-ends of this run that are not saved yet; a past without a row is left out.
    """
    alone = verdict.state.alone
    baselines = {
        "month": windows.month_end_before(verdict.day),
        "year": windows.last_two_month_ends(windows.years_before(verdict.day))[0],
    }
    found = {}
    for name, day in baselines.items():
        row = known.get(day) or PortfolioDay.objects.filter(day=day).only("levels").first()
        if row is None or row.levels is None:
            continue
        then = levels.unpack(bytes(row.levels))
        size = np.abs(verdict.basis[alone])
        moved = levels.moves(then, verdict.state.ids[alone], verdict.tier[alone], size)
        found[name] = {"since": day.isoformat(), **asdict(moved)}
    return found
