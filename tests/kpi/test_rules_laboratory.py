from decimal import Decimal

import numpy as np
import pytest

from kpi.rules import key, laboratory, pareto

UNITS = 10_000


def book(revenue, *, months=(), marks=None, tier_pin=None, key_pin=None, margin=None):
    columns = [np.array(column, dtype=np.int64) * UNITS for column in (revenue, *months)]
    count = len(revenue)
    stacked = np.column_stack(columns)
    return laboratory.Book(
        ids=np.arange(count),
        revenue=stacked,
        margin=stacked if margin is None else np.array(margin, dtype=np.int64)[:, None] * UNITS,
        marks=np.array(marks or [[0]] * count, dtype=np.int64).reshape(count, -1 if count else 1),
        tier_pin=np.array(tier_pin or [laboratory.UNPINNED] * count),
        key_pin=np.array(key_pin or [0] * count),
    )


def rules(**fields):
    keys = {
        name: fields.pop(name)
        for name in ("tier_a", "cap", "share_percent", "criteria_threshold")
        if name in fields
    }
    return laboratory.Rules(
        **{
            "by_margin": False,
            "cuts": (Decimal(80), Decimal(95)),
            "keys": key.KeyRules(**keys),
            "weights": (1,),
            "accounts_per_kam": Decimal(3),
            **fields,
        }
    )


TEN = [400, 200, 150, 90, 60, 40, 25, 20, 10, 5]


def letters(verdict):
    return "".join(pareto.LETTERS[verdict.tier])


def test_a_book_is_cut_as_the_night_cuts_it():
    assert letters(laboratory.judge(book(TEN), rules())) == "AAAABBBCCC"


def test_moving_a_cut_moves_the_tiers_and_the_keys():
    before = laboratory.judge(book(TEN), rules())
    after = laboratory.judge(book(TEN), rules(cuts=(Decimal(60), Decimal(95)), share_percent=None))
    assert list(laboratory.leaving(before, after)) == [2, 3]
    assert list(laboratory.entering(before, after)) == []
    assert after.key_share == pytest.approx(0.6)


def test_last_months_tier_holds_an_account_up():
    fell = [400, 200, 150, 90, 60, 40, 25, 20, 10, 5]
    was = [400, 200, 60, 90, 150, 40, 25, 20, 10, 5]
    verdict = laboratory.judge(book(fell, months=[was]), rules())
    assert letters(verdict)[4] == "A"


def test_a_tier_pin_wins_over_the_cut():
    pins = [laboratory.UNPINNED] * 9 + [pareto.A]
    assert letters(laboratory.judge(book(TEN, tier_pin=pins), rules()))[9] == "A"


def test_weights_turn_marks_into_keys():
    marks = [[0, 0]] * 8 + [[3, 0], [0, 3]]
    tried = book(TEN, marks=marks)
    by_first = rules(criteria_threshold=6, weights=(2, 1))
    by_second = rules(criteria_threshold=6, weights=(1, 2))
    assert laboratory.judge(tried, by_first).key[8:].tolist() == [True, False]
    assert laboratory.judge(tried, by_second).key[8:].tolist() == [False, True]


def test_the_cap_drops_the_lowest_and_says_how_many():
    verdict = laboratory.judge(book(TEN), rules(cap=2, share_percent=None))
    assert (verdict.key.sum(), verdict.dropped) == (2, 2)
    assert key.REASONS[verdict.reason[3]] == "cap"


def test_margin_ranks_otherwise_than_revenue():
    margin = list(reversed(TEN))
    verdict = laboratory.judge(book(TEN, margin=margin), rules(by_margin=True))
    assert letters(verdict) == "CCCBBBAAAA"


def test_managers_needed_are_rounded_up_and_none_for_none():
    assert laboratory.kams_needed(0, Decimal(3)) == 0
    assert laboratory.kams_needed(7, Decimal(3)) == 3
    assert laboratory.kams_needed(7, Decimal("2.5")) == 3


def test_an_empty_book_has_no_keys_and_no_share():
    empty = book([])
    verdict = laboratory.judge(empty, rules())
    assert (len(empty), verdict.key_share, verdict.kams_needed) == (0, 0.0, 0)
