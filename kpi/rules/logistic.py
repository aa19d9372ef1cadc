"""Logistic regression by Newton's method, lightly regularised, on standardised columns.

The ridge is as strong as PRIOR observations: it holds the coefficients of tiny or cleanly parted
data finite and moves those of a real history in the third digit. The intercept is left free.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

VERSION = "logistic-1"
PRIOR = 1.0
STEPS = 50
PRECISION = 1e-10
SURE = 30.0  # of the logit; more is not told from one


@dataclass(frozen=True, slots=True)
class Model:
    """Chance = 1 / (1 + exp(-(intercept + Σ weight·(value - mean)/spread)))."""

    intercept: float
    weights: tuple[float, ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]

    def chance(self, columns: np.ndarray) -> np.ndarray:
        """Of each row of [rows, columns]."""
        scaled = (columns - np.array(self.means)) / np.array(self.spreads)
        return _chance(self.intercept + scaled @ np.array(self.weights))

    def as_dict(self) -> dict:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, kept: Mapping) -> "Model":
        lists = {name: tuple(kept[name]) for name in ("weights", "means", "spreads")}
        return cls(intercept=kept["intercept"], **lists)


def fit(columns: np.ndarray, outcome: np.ndarray, *, prior: float = PRIOR) -> Model | None:
    """From [rows, columns] and 0 or 1 for each row; None while only one outcome was ever seen."""
    hits = int(outcome.sum())
    if not 0 < hits < len(outcome):
        return None
    means, spreads = columns.mean(axis=0), columns.std(axis=0)
    spreads = np.where(spreads > 1e-12 * np.maximum(np.abs(means), 1.0), spreads, 1.0)
    design = np.column_stack([np.ones(len(columns)), (columns - means) / spreads])
    ridge = np.full(design.shape[1], prior)
    ridge[0] = 0.0
    at = np.zeros(design.shape[1])
    at[0] = np.log(hits / (len(outcome) - hits))
    value = _penalised(at, design, outcome, ridge)
    for _step in range(STEPS):
        chance = _chance(design @ at)
        slope = design.T @ (outcome - chance) - ridge * at
        if np.abs(slope).max() < PRECISION * len(outcome):
            break
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(ridge + 1e-12)
        at, value = _walk(at, np.linalg.solve(curve, slope), value, design, outcome, ridge)
    return Model(
        float(at[0]), tuple(at[1:].tolist()), tuple(means.tolist()), tuple(spreads.tolist())
    )


def _walk(at, step, value, design, outcome, ridge) -> tuple[np.ndarray, float]:
    """The step, halved until it does not lead downhill."""
    for _half in range(40):
        trial = at + step
        found = _penalised(trial, design, outcome, ridge)
        if found >= value:
            return trial, found
        step = step / 2
    return at, value


def _penalised(at, design, outcome, ridge) -> float:
    logit = design @ at
    fits = outcome * logit - np.logaddexp(0, logit)
    return float(fits.sum() - (ridge * at * at).sum() / 2)


def _chance(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logit, -SURE, SURE)))
