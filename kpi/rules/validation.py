"""How well a chance told what then happened: figures of a back-test, None where none can be given.

`chance` is of an order, `ordered` what happened; the alarm is about the opposite, so precision,
recall and false alarms count accounts that did not order.
"""

from dataclasses import dataclass

import numpy as np

VERSION = "validation-1"


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the account-dates by their chance: what was told and what happened."""

    count: int
    told: float
    happened: float


@dataclass(frozen=True, slots=True)
class Alarms:
    """`precision`: of the alarms, those without an order; `recall`: of those without an order, the
    alarms; `false_alarm_rate`: of those that ordered, the alarms."""

    alarms: int
    lost: int
    right: int
    precision: float | None
    recall: float | None
    false_alarm_rate: float | None


def auc(score: np.ndarray, ordered: np.ndarray) -> float | None:
    """How often an account that ordered scored above one that did not; a tie counts half."""
    hits = int(ordered.sum())
    misses = len(ordered) - hits
    if not hits or not misses:
        return None
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2
    return float((rank[place][ordered.astype(bool)].sum() - hits * (hits + 1) / 2) / hits / misses)


def brier(chance: np.ndarray, ordered: np.ndarray) -> float | None:
    """Mean squared difference between what was told and what happened."""
    return float(np.mean((chance - ordered) ** 2)) if len(ordered) else None


def brier_skill(chance: np.ndarray, ordered: np.ndarray) -> float | None:
    """1 - Brier / that of telling everybody the average of these very dates: a strict measure,
    for the average is known only afterwards. None when all or none ordered."""
    error = brier(chance, ordered)
    if error is None:
        return None
    average = float(np.mean(ordered))
    base = average * (1 - average)
    return 1 - error / base if base > 0 else None


def alarms(raised: np.ndarray, ordered: np.ndarray) -> Alarms:
    raised, ordered = raised.astype(bool), ordered.astype(bool)
    right = int((raised & ~ordered).sum())
    count, lost, kept = int(raised.sum()), int((~ordered).sum()), int(ordered.sum())
    return Alarms(
        alarms=count,
        lost=lost,
        right=right,
        precision=right / count if count else None,
        recall=right / lost if lost else None,
        false_alarm_rate=(count - right) / kept if kept else None,
    )


def deciles(chance: np.ndarray, ordered: np.ndarray, parts: int = 10) -> list[Bin]:
    """Tenths by chance, lowest first; equal chances stay together, so there may be fewer."""
    if not len(chance):
        return []
    order = np.argsort(chance, kind="stable")
    told, happened = chance[order], ordered[order].astype(float)
    ends = np.searchsorted(
        told, told[-(-np.arange(1, parts + 1) * len(told) // parts) - 1], "right"
    )
    starts = np.concatenate([[0], ends[:-1]])
    return [
        Bin(int(end - start), float(told[start:end].mean()), float(happened[start:end].mean()))
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]
