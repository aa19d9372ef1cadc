"""How far raters agree: intraclass correlation and Krippendorff's alpha.

Formulas: Shrout & Fleiss (1979) for the six intraclass correlations, Krippendorff (2011) for alpha
with missing marks. Nothing here decides anything: it says whether to talk about the anchors first.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

TALK_BELOW = 0.667
GOOD_FROM = 0.8


@dataclass(frozen=True)
class Icc:
    """The six of Shrout & Fleiss: one rater's mark, or the mean of all `raters`."""

    one_way: float
    one_way_mean: float
    two_way: float
    two_way_mean: float
    fixed: float
    fixed_mean: float
    subjects: int
    raters: int


def _share(above: float, below: float) -> float:
    """A ratio of variances; nobody differs from anybody: perfect agreement."""
    return above / below if abs(below) > 1e-12 else 1.0


def icc(table: Sequence[Sequence[float]]) -> Icc | None:
    """Of a full table, a row a person and a column a rater; None below two of either.

    one_way = ICC(1,1) and (1,k), two_way = (2,1) and (2,k), fixed = (3,1) and (3,k).
    """
    n, k = len(table), len(table[0]) if table else 0
    if n < 2 or k < 2 or any(len(row) != k for row in table):
        return None
    grand = sum(map(sum, table)) / (n * k)
    rows = [sum(row) / k for row in table]
    columns = [sum(row[j] for row in table) / n for j in range(k)]
    of_rows = k * sum((mean - grand) ** 2 for mean in rows)
    of_columns = n * sum((mean - grand) ** 2 for mean in columns)
    total = sum((value - grand) ** 2 for row in table for value in row)
    between = of_rows / (n - 1)
    within = (total - of_rows) / (n * (k - 1))
    judges = of_columns / (k - 1)
    error = (total - of_rows - of_columns) / ((n - 1) * (k - 1))
    return Icc(
        one_way=_share(between - within, between + (k - 1) * within),
        one_way_mean=_share(between - within, between),
        two_way=_share(between - error, between + (k - 1) * error + k * (judges - error) / n),
        two_way_mean=_share(between - error, between + (judges - error) / n),
        fixed=_share(between - error, between + (k - 1) * error),
        fixed_mean=_share(between - error, between),
        subjects=n,
        raters=k,
    )


def spearman_brown(reliability: float, raters: float) -> float:
    """The reliability of the mean of so many raters of whom one alone has `reliability`."""
    return raters * reliability / (1 + (raters - 1) * reliability)


Distance = Callable[[float, float], float]


def _nominal(one: float, other: float) -> float:
    return float(one != other)


def _interval(one: float, other: float) -> float:
    return (one - other) ** 2


def _ratio(one: float, other: float) -> float:
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0


def _ordinal(counts: Counter[float]) -> Distance:
    """The distance of two ranks: how many marks lie between them, the ends counted half."""
    values = sorted(counts)

    def distance(one: float, other: float) -> float:
        low, high = min(one, other), max(one, other)
        between = sum(counts[value] for value in values if low <= value <= high)
        return (between - (counts[one] + counts[other]) / 2) ** 2

    return distance


def krippendorff(units: Sequence[Sequence[float | None]], level: str = "ordinal") -> float | None:
    """Alpha over units (what was judged), each the marks of its raters; None is a hole.

    `level`: nominal, ordinal, interval or ratio. A unit with one mark says nothing of agreement.
    None when there is nothing to compare; one when all marks are the same.
    """
    pairable = [[mark for mark in unit if mark is not None] for unit in units]
    pairable = [marks for marks in pairable if len(marks) > 1]
    counts = Counter(mark for marks in pairable for mark in marks)
    number = sum(counts.values())
    if number < 2:
        return None
    distances = {"nominal": _nominal, "interval": _interval, "ratio": _ratio}
    distance = _ordinal(counts) if level == "ordinal" else distances[level]
    observed = sum(
        sum(distance(one, other) for one, other in permutations(marks, 2)) / (len(marks) - 1)
        for marks in pairable
    )
    expected = sum(
        counts[one] * counts[other] * distance(one, other) for one in counts for other in counts
    )
    return 1 - observed / number / (expected / (number * (number - 1))) if expected else 1.0


def reading(value: float | None) -> str:
    """What a coefficient asks for: "talk" about the anchors, "fair", "good"; "" when unknown."""
    if value is None:
        return ""
    if value < TALK_BELOW:
        return "talk"
    return "good" if value >= GOOD_FROM else "fair"


def within_group(marks: Sequence[float], low: int = 1, high: int = 5) -> float | None:
    """Agreement on one person, 0 to 1: r_wg of James, Demaree & Wolf (1984).

    One less the marks' variance over that of marks given at random on the same scale.
    """
    if len(marks) < 2:
        return None
    mean = sum(marks) / len(marks)
    variance = sum((mark - mean) ** 2 for mark in marks) / (len(marks) - 1)
    at_random = ((high - low + 1) ** 2 - 1) / 12
    return min(1.0, max(0.0, 1 - variance / at_random))
