"""Six parts become one score with its confidence, its limits and its contributions.

A score is in tenths, UNKNOWN below the least confidence. It is rounded to whole points, as it is
shown (63 is 630): what fades by less changes nothing. Only the history before health-2 has others.
Sets of parts are bits, in the order of PARTS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kpi.rules.health.points import FULL, UNKNOWN

TENTHS = 10
LEAST_CONFIDENCE = 60  # percent of the weight
SHELF = 35  # days after which what a part stands on is stale
JUDGEMENT_SHELF = 60
PULSE_SHELF = 90
SPONSOR_DAYS = 45
SLOPE_DAYS, SLOPE_POINTS = 30, 10
USUAL_OVERRIDE, LONGEST_OVERRIDE = 21, 90


class Part(StrEnum):
    ORDERS = "orders"
    RELATIONSHIP = "relationship"
    SERVICE = "service"
    MONEY = "money"
    PLAN = "plan"
    VOICE = "voice"


PARTS = tuple(Part)
WEIGHTS = (25, 25, 15, 15, 10, 10)


class Cap(StrEnum):
    """What a mean must not hide; the first that holds of the lowest is shown as the reason."""

    NONE = ""
    NOTICE = "notice"
    SILENCE = "silence"
    OVERDUE = "overdue"
    COMPLAINT = "complaint"
    SPONSOR = "sponsor"


LIMITS = {
    Cap.NOTICE: 10,
    Cap.SILENCE: 40,
    Cap.OVERDUE: 40,
    Cap.COMPLAINT: 45,
    Cap.SPONSOR: 50,
}
CAPS = tuple(LIMITS)


def are_weights(weights: Sequence[int]) -> bool:
    """Six whole numbers, none below zero, that make 100."""
    return len(weights) == len(PARTS) and min(weights) >= 0 and sum(weights) == FULL


def is_fresh(age: int, shelf: int = SHELF) -> bool:
    """Whether something so many days old still counts; its last day does."""
    return age <= shelf


def bits_of(known: np.ndarray) -> np.ndarray:
    """[accounts, parts] of bool as one number for each account."""
    return (known * (1 << np.arange(known.shape[1]))).sum(axis=1).astype(np.int64)


def has(bits: int, part: Part) -> bool:
    return bool(bits >> PARTS.index(part) & 1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the night before left: means in tenths and bits; ceiling UNKNOWN where none holds."""

    mean: np.ndarray
    known: np.ndarray
    ceiling: np.ndarray
    missing: np.ndarray

    @classmethod
    def nothing(cls, size: int) -> "Earlier":
        none, empty = np.full(size, UNKNOWN, dtype=np.int64), np.zeros(size, dtype=np.int64)
        return cls(none, empty, none.copy(), empty.copy())


@dataclass(frozen=True, slots=True)
class Scores:
    """Tenths; `mean` is before the caps, `cap` a place in CAPS or UNKNOWN.

    While parts are `missing` that were known before, the mean may not pass `ceiling`.
    """

    score: np.ndarray
    mean: np.ndarray
    confidence: np.ndarray
    known: np.ndarray
    ceiling: np.ndarray
    missing: np.ndarray
    cap: np.ndarray


def scores(
    values: np.ndarray, weights: Sequence[int], capped: np.ndarray, earlier: Earlier
) -> Scores:
    """[accounts, parts] points, UNKNOWN where unknown or stale; `capped` [accounts, CAPS] bool."""
    known = values > UNKNOWN
    confidence = confidence_of(known, weights)
    bits = bits_of(known & (np.array(weights) > 0))
    missing = (earlier.known | earlier.missing) & ~bits & bits_of(np.array([weights]) > 0)
    ceiling = np.where(missing > 0, _lower(earlier.ceiling, _if_new(earlier, missing)), UNKNOWN)
    mean = _lower(rounded(mean_of(values, weights)), ceiling, keep=True)
    mean = np.where(confidence >= LEAST_CONFIDENCE, mean, UNKNOWN)
    cap, limit = _caps(capped)
    score = np.where(mean > UNKNOWN, np.minimum(mean, limit), UNKNOWN)
    cap = np.where((mean > limit) & (mean > UNKNOWN), cap, UNKNOWN)
    return Scores(score, mean, confidence, bits, ceiling, missing, cap)


def _if_new(earlier: Earlier, missing: np.ndarray) -> np.ndarray:
    """The mean of the night before, where another part has dropped out since."""
    return np.where(missing & ~earlier.missing, earlier.mean, UNKNOWN)


def _lower(one: np.ndarray, other: np.ndarray, *, keep: bool = False) -> np.ndarray:
    """The lower of two where both are known, else the known one; `keep`: only if `one` is."""
    both = np.where(one == UNKNOWN, other, np.where(other == UNKNOWN, one, np.minimum(one, other)))
    return np.where(one == UNKNOWN, UNKNOWN, both) if keep else both


def _caps(capped: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest limit of each account in tenths, and which one it is."""
    limits = np.array([LIMITS[cap] for cap in CAPS], dtype=np.int64)
    held = np.where(capped, limits, FULL + 1)
    return held.argmin(axis=1), held.min(axis=1) * TENTHS


def confidence_of(known: np.ndarray, weights: Sequence[int]) -> np.ndarray:
    """The part of all weight that is known and fresh, whole percent, half-up."""
    whole = max(sum(weights), 1)
    return (200 * (known * np.array(weights)).sum(axis=1) + whole) // (2 * whole)


def mean_of(values: np.ndarray, weights: Sequence[int]) -> np.ndarray:
    """The weighted mean over what is known in tenths, half-up; UNKNOWN where nothing weighs."""
    known = values > UNKNOWN
    weighed = known * np.array(weights, dtype=np.int64)
    whole = weighed.sum(axis=1)
    total = (np.where(known, values, 0) * weighed).sum(axis=1)
    several = np.maximum(whole, 1)
    return np.where(whole > 0, (2 * TENTHS * total + several) // (2 * several), UNKNOWN)


def whole_points(tenths: int) -> int:
    """63.1 is 63, 62.5 is 63: what a list shows of the score a page shows."""
    return (tenths + TENTHS // 2) // TENTHS


def rounded(tenths: np.ndarray) -> np.ndarray:
    """Many to whole points, still in tenths; UNKNOWN stays it."""
    return np.where(tenths > UNKNOWN, TENTHS * ((tenths + TENTHS // 2) // TENTHS), UNKNOWN)


def contributions(values: Mapping[Part, int], weights: Mapping[Part, int]) -> dict[Part, int]:
    """What each known part brings, in tenths; they add up to the mean exactly.

    What rounding leaves over goes to the parts it was taken from most, then in the order of PARTS.
    """
    whole = sum(weights[part] for part in values)
    if not whole:
        return {}
    exact = {part: TENTHS * weights[part] * values[part] for part in PARTS if part in values}
    found = {part: total // whole for part, total in exact.items()}
    mean = (2 * sum(exact.values()) + whole) // (2 * whole)
    short = mean - sum(found.values())
    for part in sorted(found, key=lambda part: -(exact[part] % whole))[:short]:
        found[part] += 1
    return found


def override_trouble(days: int) -> str:
    """Why an override of so many days may not be: "past", "long" or nothing."""
    if days < 1:
        return "past"
    return "long" if days > LONGEST_OVERRIDE else ""
