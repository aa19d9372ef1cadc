"""Retention to the unit: every status, every step of the waterfall, every group."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import retention
from kpi.rules.retention import Accounts, Retention, Status

KEPT, LOST, NEW, BACK, OTHER = (
    Status.KEPT, Status.LOST, Status.NEW, Status.REACTIVATED, Status.OTHER,
)  # fmt: skip


def make(*rows, before=None, after=None, hands=None) -> Accounts:
    """`rows` are (base, current, bought_before)."""
    base, current = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    bought = np.array([row[2] if len(row) > 2 else row[0] > 0 for row in rows], dtype=bool)
    nobody = np.zeros(len(rows), dtype=np.int64)
    return Accounts(
        base,
        current,
        retention.statuses(base, current, bought),
        nobody if before is None else np.array(before, dtype=np.int64),
        nobody if after is None else np.array(after, dtype=np.int64),
        np.zeros(len(rows), dtype=bool) if hands is None else np.array(hands, dtype=bool),
    )


@pytest.mark.parametrize(
    ("base", "current", "bought", "status"),
    [
        (100, 100, True, KEPT),
        (100, 1, True, KEPT),
        (100, 0, True, LOST),
        (100, -30, True, LOST),  # credit notes only
        (0, 50, False, NEW),
        (0, 50, True, BACK),  # bought long ago
        (-5, 50, True, BACK),  # in the base period only credits
        (0, 0, True, OTHER),
        (0, -30, True, OTHER),
        (-5, 0, True, OTHER),
    ],
)
def test_what_became_of_an_account(base, current, bought, status):
    assert make((base, current, bought)).status.tolist() == [status]


def test_the_example_of_the_field_notes():
    found = retention.whole(make((400, 460), (300, 210), (200, 0), (100, 130)))
    assert (found.base_accounts, found.kept, found.lost) == (4, 3, 1)
    assert (found.logo_retention, found.nrr, found.grr) == (0.75, 0.8, 0.71)
    assert found.churn == 0.25


def test_new_and_reactivated_are_in_no_rate():
    alone = retention.whole(make((100, 80)))
    more = retention.whole(make((100, 80), (0, 900, False), (0, 700, True)))
    assert (more.new, more.reactivated, more.total) == (1, 1, 1680)
    for rate in ("logo_retention", "nrr", "grr"):
        assert getattr(more, rate) == getattr(alone, rate)


def test_an_empty_base_has_no_rates():
    for rows in (make((0, 50, False)), make()):
        found = retention.whole(rows)
        assert [found.logo_retention, found.churn, found.nrr, found.grr, found.interval] == [
            None
        ] * 5


def test_credit_notes_alone_are_lost_for_logos_and_grr_and_negative_in_nrr():
    found = retention.whole(make((100, -30), (100, 100)))
    assert (found.kept, found.lost, found.churned) == (1, 1, 100)
    assert (found.grr, found.nrr) == (0.5, 0.35)
    assert found.base - found.churned - found.contraction + found.expansion == found.current == 70


def test_a_handover_is_no_loss_of_the_giver():
    """Manager 1 hands an account of 300 to 2, who brings it to 330; 2 loses one of 100."""
    rows = make((300, 330), (100, 0), (50, 60), before=[1, 2, 1], after=[2, 2, 1])
    found = retention.by_group(rows)
    giver, taker = found[1], found[2]
    assert (giver.base_accounts, giver.base, giver.went, giver.went_accounts) == (2, 350, 300, 1)
    assert (giver.kept, giver.lost, giver.logo_retention, giver.nrr) == (1, 0, 1, 1.2)
    assert (taker.base_accounts, taker.came, taker.came_accounts) == (1, 300, 1)
    assert (taker.kept, taker.lost, taker.logo_retention) == (1, 1, 0.5)
    assert taker.nrr == 330 / 400


def test_accounts_that_changed_hands_are_counted_apart_too():
    found = retention.whole(make((10, 10), (10, 0), (0, 5, False), hands=[True, False, True]))
    assert found.hands == 1


accounts = st.tuples(
    st.integers(-(10**9), 10**12), st.integers(-(10**9), 10**12), st.booleans(),
    st.integers(0, 3), st.integers(0, 3),
)  # fmt: skip


@given(st.lists(accounts, max_size=25))
def test_every_group_reconciles_and_all_add_up_to_the_company(rows):
    table = make(*rows, before=[row[3] for row in rows], after=[row[4] for row in rows])
    found, company = retention.by_group(table), retention.whole(table)
    for one in (*found.values(), company):
        assert (
            one.base - one.went + one.came - one.churned - one.contraction + one.expansion
            == one.current
        )
        assert sum(units for _name, units in one.waterfall()) == one.total
        assert one.base_accounts - one.went_accounts + one.came_accounts == one.judged
        assert one.grr is None or (0 <= one.grr <= 1 and one.grr <= max(one.grr, one.nrr))
    added = sum(found.values(), Retention())
    for name in ("base_accounts", "kept", "lost", "new", "reactivated", "base", "churned",
                 "contraction", "expansion", "current", "total"):  # fmt: skip
        assert getattr(added, name) == getattr(company, name), name
    assert added.came == added.went
    assert company.total == sum(row[1] for row in rows)


def test_churn_of_a_quarter_is_compounded_to_a_year():
    assert retention.annualised(0.1, 365) == pytest.approx(0.1)
    assert retention.annualised(0.1, 90) == pytest.approx(1 - 0.9 ** (365 / 90))
    assert retention.annualised(1.0, 30) == 1


@pytest.mark.parametrize(
    ("gap", "days"), [(None, 365), (60, 365), (15, 365), (14, 90), (7, 90), (2.5, 90)]
)
def test_weekly_buyers_are_judged_by_a_shorter_silence(gap, days):
    assert retention.activity_window(gap) == days
