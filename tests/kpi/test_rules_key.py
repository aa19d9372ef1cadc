from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import key
from kpi.rules.key import KeyRules, key_accounts

N, C, B, A = range(4)


def decide(tiers, revenue, *, score=None, pin=None, basis=None, **rules):
    size = len(tiers)
    rules.setdefault("share_percent", None)
    return key_accounts(
        tier=np.array(tiers, dtype=np.int8),
        revenue=np.array(revenue, dtype=np.int64),
        basis=np.array(revenue if basis is None else basis, dtype=np.int64),
        criteria_score=np.array(score or [0] * size),
        pin=np.array(pin or [0] * size),
        rules=KeyRules(**rules),
    )


def reasons(*args, **kwargs) -> list[str]:
    return [key.REASONS[code] for code in decide(*args, **kwargs).reason]


def test_tier_a_is_key():
    assert reasons([A, B, N], [50, 30, 0]) == ["tier", "", ""]


def test_tier_a_is_not_key_where_the_policy_says_so():
    assert reasons([A, B], [50, 30], tier_a=False) == ["", ""]


def test_a_tenth_of_all_revenue_is_key_by_itself():
    assert reasons([B, B, B], [10, 9, 81], share_percent=Decimal(10)) == ["share", "", "share"]


def test_losses_do_not_shrink_the_denominator_of_the_share():
    assert reasons([B, C, N], [10, 90, -50], share_percent=Decimal("10.01")) == ["", "share", ""]


def test_no_revenue_is_no_share():
    assert reasons([N, N], [0, 0], share_percent=Decimal(10)) == ["", ""]


def test_criteria_let_in_from_their_threshold():
    assert reasons([C, C, C], [9, 8, 7], score=[6, 5, 0], criteria_threshold=6) == [
        "criteria", "", "",
    ]  # fmt: skip


def test_a_pin_decides_first():
    assert reasons([A, C], [90, 10], pin=[-1, 1], share_percent=Decimal(10)) == ["pin_out", "pin"]


def test_the_cap_drops_the_lowest_revenue_first():
    found = decide([A, A, A], [10, 30, 20], cap=2)
    assert found.key.tolist() == [False, True, True]
    assert found.reason.tolist() == [key.CAP, key.TIER, key.TIER]
    assert found.dropped == 1


def test_the_cap_never_drops_a_pin_or_the_share_rule():
    assert reasons(
        [A, A, A, C], [60, 20, 15, 5], pin=[0, 0, 0, 1], cap=1, share_percent=Decimal(50)
    ) == ["share", "cap", "cap", "pin"]


def test_the_cap_counts_pins_and_shares_in():
    assert reasons([A, A, C], [60, 20, 5], pin=[0, 0, 1], cap=2) == ["tier", "cap", "pin"]


def test_the_cap_goes_by_what_the_policy_ranks_by():
    assert reasons([A, A], [90, 10], basis=[1, 2], cap=1) == ["cap", "tier"]


def test_of_equals_the_later_one_goes():
    assert reasons([A, A, A], [5, 5, 5], cap=2) == ["tier", "tier", "cap"]


def test_a_cap_of_nothing_leaves_pins_alone():
    assert reasons([A, A], [5, 4], pin=[0, 1], cap=0) == ["cap", "pin"]


accounts = st.lists(
    st.tuples(st.integers(N, A), st.integers(-5, 99), st.integers(0, 9), st.integers(-1, 1)),
    min_size=1,
    max_size=30,
)


@given(accounts, st.integers(0, 12), st.integers(1, 40))
def test_the_cap_holds_unless_pins_and_shares_exceed_it(rows, cap, percent):
    tiers, revenue, score, pin = (list(column) for column in zip(*rows, strict=True))
    rules = {"cap": cap, "share_percent": Decimal(percent), "criteria_threshold": 5}
    found = decide(tiers, revenue, score=score, pin=pin, **rules)
    free = decide(tiers, revenue, score=score, pin=pin, **{**rules, "cap": None})
    firm = int(np.isin(found.reason, (key.PIN, key.SHARE)).sum())
    assert found.key.sum() <= max(cap, firm)
    assert free.key.sum() - found.key.sum() == found.dropped
    assert (found.key <= free.key).all()
    assert all(found.key[i] for i, p in enumerate(pin) if p == 1)
    assert not any(found.key[i] for i, p in enumerate(pin) if p == -1)
    kept = [revenue[i] for i in np.flatnonzero(np.isin(found.reason, (key.TIER, key.CRITERIA)))]
    lost = [revenue[i] for i in np.flatnonzero(found.reason == key.CAP)]
    assert not kept or not lost or min(kept) >= max(lost)
