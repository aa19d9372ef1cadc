from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.logistic import Model, fit


def history(size: int = 800) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    columns = random.normal([2, -1, 30], [1, 3, 10], (size, 3))
    logit = 0.4 - 0.9 * (columns[:, 0] - 2) + 0.2 * columns[:, 1]
    return columns, (random.random(size) < 1 / (1 + np.exp(-logit))).astype(float)


def weights(model: Model) -> np.ndarray:
    """In the units of the columns, the intercept first."""
    slopes = np.array(model.weights) / np.array(model.spreads)
    return np.concatenate([[model.intercept - slopes @ np.array(model.means)], slopes])


def test_one_yes_or_no_column_gives_the_log_of_the_odds_ratio():
    column = np.repeat([0, 0, 1, 1], [30, 10, 5, 20]).astype(float)
    outcome = np.repeat([0, 1, 0, 1], [30, 10, 5, 20]).astype(float)
    found = weights(fit(column[:, None], outcome, prior=0))
    assert found == pytest.approx([log(10 / 30), log(20 / 5) - log(10 / 30)], abs=1e-8)


def test_it_agrees_with_plain_gradient_ascent():
    columns, outcome = history()
    scaled = (columns - columns.mean(0)) / columns.std(0)
    design = np.column_stack([np.ones(len(outcome)), scaled])
    at = np.zeros(4)
    for _step in range(4_000):
        slope = design.T @ (outcome - 1 / (1 + np.exp(-design @ at)))
        slope[1:] -= at[1:]
        at += slope / len(outcome)
    model = fit(columns, outcome)
    assert [model.intercept, *model.weights] == pytest.approx(at.tolist(), abs=1e-7)


def test_the_prior_hardly_moves_a_real_history():
    columns, outcome = history()
    free, held = (fit(columns, outcome, prior=prior) for prior in (0, 1))
    assert held.weights == pytest.approx(free.weights, rel=0.02, abs=0.005)


def test_the_average_chance_is_the_average_of_what_happened():
    columns, outcome = history()
    assert fit(columns, outcome).chance(columns).mean() == pytest.approx(outcome.mean(), abs=1e-6)


def test_cleanly_parted_data_stay_finite():
    columns = np.arange(10.0)[:, None]
    model = fit(columns, (columns[:, 0] > 4.5).astype(float))
    chance = model.chance(columns)
    assert np.all(np.diff(chance) > 0)
    assert abs(model.weights[0]) < 10


def test_a_column_that_never_changes_says_nothing():
    columns, outcome = history()
    columns[:, 2] = 7
    model = fit(columns, outcome)
    assert model.weights[2] == pytest.approx(0, abs=1e-9)
    assert np.isfinite(model.chance(columns + 1)).all()


@pytest.mark.parametrize("outcome", [[], [1, 1, 1], [0, 0]])
def test_one_outcome_alone_is_no_model(outcome):
    assert fit(np.zeros((len(outcome), 2)), np.array(outcome, dtype=float)) is None


def test_it_is_kept_as_plain_json():
    columns, outcome = history(60)
    model = fit(columns, outcome)
    assert Model.from_dict(model.as_dict()) == model


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans()),
        min_size=2, max_size=12,
    )
)  # fmt: skip
def test_whatever_the_data_chances_are_chances(rows):
    table = np.array([row[:2] for row in rows])
    model = fit(table, np.array([row[2] for row in rows], dtype=float))
    if model is not None:
        chance = model.chance(table)
        assert np.all((chance > 0) & (chance < 1))
