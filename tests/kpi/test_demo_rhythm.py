"""How often customers of the demo company really left who looked as if they did."""

import datetime as dt

import numpy as np
import pytest

from kpi.demo.company import DRAWN, plan_accounts
from kpi.demo.orders import _order_days
from kpi.rules import rhythm
from kpi.rules.warning_record import HORIZON, OPEN, replay

FIRST, YEAR = dt.date(2023, 11, 1), 365


def alarms(days: int) -> tuple[int, int]:
    """Right and judged ones of the last twelve months of a ledger of so many days."""
    plans = plan_accounts(np.random.default_rng([1, 1]), 250)
    owner, day = _order_days(np.random.default_rng([1, 7, 0]), plans, FIRST, days)
    own = np.isin(owner, [n for n, plan in enumerate(plans) if not plan.parent])
    at, on = np.divmod(np.unique(owner[own] * 10_000 + day[own]), 10_000)
    follows = np.append(False, at[1:] == at[:-1])
    gaps = rhythm.log_units(np.append(1, np.diff(on))[follows])
    sums = [np.zeros(len(plans), dtype=np.int64) for _sum in range(3)]
    for total, values in zip(sums, (1, *gaps), strict=True):
        np.add.at(total, at[follows], values)
    found = replay(at, on, {0: rhythm.fit(*sums)}, 3 * YEAR)
    judged = (found.red > days - YEAR) & (found.red <= days - HORIZON)
    back = (found.next != OPEN) & (found.next <= found.red + HORIZON)
    return int((judged & ~back).sum()), int(judged.sum())


@pytest.mark.parametrize("days", [1108, 1118, 1131])
def test_about_every_second_alarm_is_right_and_some_are_not(days):
    right, judged = alarms(days)
    assert judged > 12
    assert 0.38 < right / judged < 0.7


def test_sites_order_with_their_parent():
    plans = plan_accounts(np.random.default_rng([1, 1]), len(DRAWN))
    owner, day = _order_days(np.random.default_rng([1, 7, 0]), plans, FIRST, 1118)
    places = {plan.name: place for place, plan in enumerate(plans)}
    for place, plan in enumerate(plans):
        if plan.parent and plan.rolls_up:
            assert set(day[owner == place]) <= set(day[owner == places[plan.parent]])
