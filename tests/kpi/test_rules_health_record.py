import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.health import record as rules

cases = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=60)


@given(cases)
def test_auc_is_the_share_of_pairs_in_the_right_order(rows):
    scores = np.array([score for score, _gone in rows])
    gone = np.array([is_gone for _score, is_gone in rows])
    pairs = [(low, high) for low in scores[gone] for high in scores[~gone]]
    plain = sum((low < high) + (low == high) / 2 for low, high in pairs)
    found = rules.auc(scores, gone)
    assert found == (pytest.approx(plain / len(pairs)) if pairs else None)


def test_who_did_not_order_is_lost_and_who_bought_a_third_less_has_dropped():
    ordered, now, before = (
        np.array([0, 2, 2, 2]),
        np.array([0, 70, 71, 5]),
        np.array([9, 100, 100, 0]),
    )
    lost, dropped = rules.outcomes(ordered, now, before, True)
    assert lost.tolist() == [True, False, False, False]
    assert dropped.tolist() == [False, True, False, False]
    assert not rules.outcomes(ordered, now, before, False)[1].any()


def made(scores, gone):
    return rules.record(90, np.array(scores), np.array(gone), np.zeros(len(scores), dtype=bool))


def test_precision_and_recall_are_counts_first():
    found = made([300, 400, 800, 900], [True, False, True, False])
    assert (found.n, found.gone, found.flagged, found.hits) == (4, 2, 2, 1)
    assert (found.precision, found.recall) == (0.5, 0.5)


def test_few_cases_earn_no_colour_however_well_they_are_ranked():
    found = made([100] * 5 + [900] * 50, [True] * 5 + [False] * 50)
    assert found.auc == 1 and not found.carries and found.red is None


def test_a_coin_earns_no_colour():
    found = made([500] * 200, [True, False] * 100)
    assert found.auc == 0.5 and not found.carries


def test_a_score_that_ranks_the_lost_first_earns_its_bands():
    scores = [250] * 30 + [450] * 40 + [850] * 130
    gone = [True] * 24 + [False] * 6 + [True] * 8 + [False] * 32 + [False] * 130
    found = made(scores, gone)
    assert found.carries
    assert (found.red, found.amber) == (800, None)


def test_nobody_lost_is_no_record():
    found = made([100, 900], [False, False])
    assert (found.auc, found.recall, found.red) == (None, None, None)
