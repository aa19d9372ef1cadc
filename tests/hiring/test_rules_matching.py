"""Pairs as a worked example: three given, six others."""

import random

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from hiring.rules.matching import FAR, Likeness, Pair, distance, pairs, quarters_of

FOOD, DRINK = 1, 2
EVEN, AUTUMN = (0.25,) * 4, (0.1, 0.1, 0.7, 0.1)


def like(account, revenue, days, before=None, segment=FOOD, quarters=EVEN):
    return Likeness(
        account, segment, revenue, revenue if before is None else before, days, quarters
    )


GIVEN = [like(1, 9_000, 12), like(2, 30_000, 24, segment=DRINK), like(3, 3_000, 4, 6_000)]
OTHERS = [
    like(11, 9_500, 12), like(12, 9_000, 12, segment=DRINK), like(13, 28_000, 26, segment=DRINK),
    like(14, 3_100, 4, 6_000), like(15, 3_100, 4, 3_000), like(16, 200_000, 90),
]  # fmt: skip


def test_worked_example_everybody_gets_their_twin():
    found = pairs(GIVEN, OTHERS)
    assert [(pair.given, pair.control) for pair in found] == [(1, 11), (2, 13), (3, 14)]
    assert [round(pair.distance, 3) for pair in found] == [0.049, 0.133, 0.045]
    assert not any(pair.is_far for pair in found)


@pytest.mark.parametrize(
    "other, expected",
    [
        (like(9, 9_000, 12), 0),
        (like(9, 9_000, 12, segment=DRINK), 1),
        (like(9, 27_001, 12), pytest.approx(1, abs=1e-3)),
        (like(9, 9_000, 38), pytest.approx(1, abs=1e-9)),
        (like(9, 9_000, 12, quarters=AUTUMN), pytest.approx(0.225)),
        (like(9, 9_000, 12, before=3_000), pytest.approx(0.5, abs=1e-3)),
        (like(9, 9_000, 12, before=0), pytest.approx(0.631, abs=1e-3)),  # kept to a factor of four
    ],
)
def test_what_a_difference_weighs(other, expected):
    assert distance(GIVEN[0], other) == expected


def test_none_is_used_twice_and_nobody_has_a_second_before_all_have_a_first():
    found = pairs([like(1, 100, 9), like(2, 100, 9)], [like(n, 100 + n, 9) for n in (5, 6, 7)],
                  each=2)  # fmt: skip
    assert len({pair.control for pair in found}) == 3
    assert sorted(pair.given for pair in found) in ([1, 1, 2], [1, 2, 2])


def test_too_few_others_leave_some_alone():
    assert pairs(GIVEN, OTHERS[:1]) == [Pair(1, 11, pytest.approx(0.049, abs=1e-3))]
    assert pairs(GIVEN, []) == []


def test_what_is_given_is_never_compared_with():
    assert pairs(GIVEN, [*GIVEN, OTHERS[0]]) == pairs(GIVEN, [OTHERS[0]])


def test_a_far_one_is_marked():
    (pair,) = pairs(GIVEN[:1], [OTHERS[5]])
    assert pair.is_far
    assert pair.distance > FAR


def test_no_quarters_of_an_empty_year():
    assert quarters_of([0.0] * 12) == ()
    assert quarters_of([-5.0] + [1.0] * 11) == pytest.approx((2 / 11, 3 / 11, 3 / 11, 3 / 11))


@with_any(st.integers(0, 10_000))
def test_the_order_of_rows_changes_nothing(seed):
    dice = random.Random(seed)
    given, others = GIVEN[:], OTHERS[:]
    dice.shuffle(given)
    dice.shuffle(others)
    assert pairs(given, others, each=2) == pairs(GIVEN, OTHERS, each=2)
