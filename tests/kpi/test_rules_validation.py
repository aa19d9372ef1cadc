import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.validation import alarms, auc, brier, brier_skill, deciles

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=40)


def arrays(pairs) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([one for one, _ in pairs], dtype=float) / 6,
        np.array([two for _, two in pairs], dtype=bool),
    )


@given(PAIRS)
def test_auc_is_the_share_of_pairs_in_the_right_order(pairs):
    score, ordered = arrays(pairs)
    wins = [
        1.0 if high > low else 0.5 if high == low else 0.0
        for high in score[ordered]
        for low in score[~ordered]
    ]
    assert auc(score, ordered) == (pytest.approx(sum(wins) / len(wins)) if wins else None)


def test_a_perfect_order_is_one_a_wrong_one_nought_and_none_a_half():
    ordered = np.array([0, 0, 1, 1], dtype=bool)
    score = np.array([0.1, 0.2, 0.3, 0.4])
    assert (auc(score, ordered), auc(-score, ordered), auc(score * 0, ordered)) == (1, 0, 0.5)


def test_brier_and_its_skill_by_hand():
    chance, ordered = np.array([0.8, 0.4, 0.1, 0.9]), np.array([1, 1, 0, 0])
    assert brier(chance, ordered) == pytest.approx((0.04 + 0.36 + 0.01 + 0.81) / 4)
    assert brier_skill(chance, ordered) == pytest.approx(1 - 0.305 / 0.25)


def test_telling_everybody_the_average_has_no_skill():
    ordered = np.array([1, 0, 0, 0])
    assert brier_skill(np.full(4, 0.25), ordered) == pytest.approx(0)
    assert brier_skill(ordered, ordered) == 1


@pytest.mark.parametrize("ordered", [[], [0, 0, 0], [1, 1]])
def test_one_outcome_alone_leaves_unknown_what_cannot_be_known(ordered):
    chance, ordered = np.full(len(ordered), 0.5), np.array(ordered, dtype=bool)
    assert auc(chance, ordered) is None
    assert brier_skill(chance, ordered) is None
    found = alarms(chance < 0.6, ordered)
    assert (found.recall is None) == bool(ordered.all())
    assert (found.false_alarm_rate is None) == (not ordered.any())


def test_alarms_are_about_those_who_did_not_order():
    raised, ordered = np.array([1, 1, 1, 0, 0, 0]), np.array([0, 0, 1, 0, 1, 1])
    found = alarms(raised, ordered)
    assert (found.alarms, found.lost, found.right) == (3, 3, 2)
    assert found.precision == found.recall == pytest.approx(2 / 3)
    assert found.false_alarm_rate == pytest.approx(1 / 3)


def test_no_alarms_have_no_precision():
    assert alarms(np.zeros(3), np.array([1, 0, 1])).precision is None


def test_deciles_hold_a_tenth_each_lowest_first():
    chance = np.arange(100) / 100
    bins = deciles(chance[::-1], chance[::-1] > 0.5)
    assert [one.count for one in bins] == [10] * 10
    assert bins[0].told == pytest.approx(0.045)
    assert [one.happened for one in bins] == [0, 0, 0, 0, 0, 0.9, 1, 1, 1, 1]


@given(PAIRS)
def test_deciles_lose_nobody_and_keep_equal_chances_together(pairs):
    chance, ordered = arrays(pairs)
    bins = deciles(chance, ordered)
    assert sum(one.count for one in bins) == len(chance)
    assert sum(one.count * one.happened for one in bins) == pytest.approx(ordered.sum())
    assert all(low.told < high.told for low, high in zip(bins, bins[1:], strict=False))
