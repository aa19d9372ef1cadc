"""Each rule with its figures, and the order of proposals, as worked examples."""

import datetime as dt

import pytest

from hiring.rules.picker import (
    Code,
    Facts,
    Peers,
    Reason,
    can_grow,
    is_small,
    peers_of,
    proposals,
    reasons,
    window,
)

PLAIN = {
    "account": 1, "segment": 7, "revenue": 12_000.0, "revenue_before": 12_000.0,
    "best_year": 12_000.0, "order_days": 12, "order_days_before": 12, "lines": 4,
    "silent_days": 10, "owner": 3, "owner_has": 10, "owner_most": 25,
}  # fmt: skip
USUAL = Peers(lines=4, order_size=1_000.0)


def facts(**given) -> Facts:
    return Facts(**{**PLAIN, **given})


@pytest.mark.parametrize(
    "given, reason",
    [
        ({"best_year": 20_000.0}, Reason(Code.BOUGHT_MORE, 12_000, 20_000, 8_000)),
        ({"order_days_before": 20}, Reason(Code.FEWER_ORDERS, 12, 20, 8_000)),
        ({"lines": 2}, Reason(Code.FEWER_LINES, 2, 4, 12_000)),
        ({"revenue": 9_000.0, "best_year": 9_000.0},
         Reason(Code.SMALLER_ORDERS, 750, 1_000, 3_000)),
        ({"silent_days": 90}, Reason(Code.SILENT, 90, 90)),
        ({"silent_days": None}, Reason(Code.SILENT, None, 90)),
        ({"owner": None}, Reason(Code.NO_OWNER)),
        ({"owner_has": 26}, Reason(Code.BUSY_OWNER, 26, 25)),
    ],
)  # fmt: skip
def test_each_rule_tells_its_figures(given, reason):
    assert reasons(facts(**given), USUAL, trial_days=14) == (reason,)


@pytest.mark.parametrize(
    "given",
    [{}, {"best_year": 13_000.0}, {"order_days_before": 15}, {"silent_days": 89},
     {"owner_has": 25}, {"lines": 5}],
)  # fmt: skip
def test_what_is_usual_is_no_reason(given):
    assert reasons(facts(**given), USUAL, trial_days=14) == ()


def test_orders_within_the_time_of_the_trial_are_a_reason_but_no_ground():
    (reason,) = reasons(facts(), USUAL, trial_days=31)
    assert (reason.code, round(reason.figure, 2)) == (Code.IN_TIME, 1.02)
    assert not [one for one in proposals([facts()], {7: USUAL}, trial_days=31) if can_grow(one)]


def test_most_rules_first_then_the_greater_gap_then_the_number():
    rows = [
        facts(account=1, silent_days=None),
        facts(account=2, silent_days=None, lines=2),
        facts(account=3, best_year=90_000.0, lines=2),
        facts(account=4, silent_days=None),
        facts(account=5),
    ]
    found = proposals(rows, {7: USUAL}, trial_days=14)
    assert [one.facts.account for one in found] == [3, 2, 1, 4]
    assert [one.score for one in found] == [2, 2, 1, 1]
    assert found[0].gap == 78_000


def test_peers_are_a_segment_of_five_or_more_that_buy():
    rows = [facts(account=n, lines=n, revenue=1_200.0 * n) for n in range(1, 6)]
    assert peers_of(rows) == {7: Peers(3, 300.0)}
    assert peers_of(rows[:4]) == {}
    assert peers_of([facts(account=n, segment=None) for n in range(9)]) == {}
    assert peers_of([facts(account=n, order_days=0) for n in range(9)]) == {}


def test_without_a_tier_b_nothing_is_too_large():
    assert is_small(10**9, [])


def test_windows_follow_each_other_without_a_gap():
    day = dt.date(2026, 11, 22)
    first, last = window(day, 365)
    assert last == day
    assert window(day, 365, back=1)[1] == first - dt.timedelta(days=1)
