"""Marks become a score by a formula, never by talk; and a ranking says how sure it is.

A rater's score of a person is the mean of their marks weighted by competency; what was not marked
stays empty. The person's score is the mean over raters, from two raters on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

LEAST_RATERS = 2
LEAST_PEOPLE = 3
# Upper 5 % points of Student's t: two-sided intervals of 90 %.
T_90 = {
    1: 6.314, 2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 9: 1.833,
    10: 1.812, 12: 1.782, 15: 1.753, 20: 1.725, 30: 1.697, 60: 1.671, 120: 1.658,
}  # fmt: skip
# person → rater → the rater's score of them
Scores = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True)
class Place:
    """Where a person stands. `first` to `last`: the places that cannot be told apart."""

    person: int
    score: float
    low: float
    high: float
    first: int
    last: int
    raters: int


def rater_score(marks: Mapping[int, Sequence[float]], weights: Mapping[int, float]) -> float | None:
    """Σ w·s / Σ w over the competencies marked; `marks` are lists, one mark an exercise.

    A competency without a weight counts nothing. None when nothing with a weight was marked.
    """
    scored = {
        competency: sum(values) / len(values)
        for competency, values in marks.items()
        if values and weights.get(competency, 0) > 0
    }
    total = sum(weights[competency] for competency in scored)
    if not total:
        return None
    return sum(weights[competency] * mark for competency, mark in scored.items()) / total


def candidate_score(by_rater: Mapping[int, float | None]) -> float | None:
    """The mean over raters; None below two of them."""
    given = [score for score in by_rater.values() if score is not None]
    return sum(given) / len(given) if len(given) >= LEAST_RATERS else None


def is_crossed(scores: Scores) -> bool:
    """Whether all raters scored all people: only then is a strict rater told from weak people."""
    raters = {rater for given in scores.values() for rater in given}
    return len(raters) > 1 and all(set(given) == raters for given in scores.values())


def leniency(scores: Scores) -> dict[int, float]:
    """How far each rater's mean lies above (kind) or below (strict) the mean of all marks."""
    if not is_crossed(scores):
        return {}
    overall = _mean([score for given in scores.values() for score in given.values()])
    raters = next(iter(scores.values()))
    return {rater: _mean([given[rater] for given in scores.values()]) - overall for rater in raters}


def corrected(scores: Scores) -> dict[int, dict[int, float]]:
    """x - (the rater's mean) + (the mean of all), where raters and people are crossed."""
    shift = leniency(scores)
    return {
        person: {rater: score - shift.get(rater, 0) for rater, score in given.items()}
        for person, given in scores.items()
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def t_90(freedom: int) -> float:
    """The factor of a two-sided 90 % interval; between tabled degrees the wider one."""
    return T_90[max(known for known in T_90 if known <= freedom)]


def ranking(scores: Scores) -> list[Place]:
    """People by score with the places they share, best first; empty when there is too little.

    The uncertainty is normal theory, not a bootstrap: with three raters there is nothing to draw
    from. The error variance of one rater is pooled over all people (the mean square error of the
    two-way table, or that within people when the table has holes); a score's interval is
    t · s / √raters at 90 %. Two people are told apart when their difference is larger than
    t · s · √(1/k₁ + 1/k₂); the others share their places ("3rd to 6th").
    """
    scores = {person: given for person, given in scores.items() if len(given) >= LEAST_RATERS}
    if len(scores) < LEAST_PEOPLE:
        return []
    crossed = is_crossed(scores)
    scores = corrected(scores)
    means = {person: _mean(list(given.values())) for person, given in scores.items()}
    squares = sum(
        (score - means[person]) ** 2 for person, given in scores.items() for score in given.values()
    )
    counts = {person: len(given) for person, given in scores.items()}
    freedom = sum(counts.values()) - len(counts)
    if crossed:
        freedom -= next(iter(counts.values())) - 1
    spread, factor = sqrt(squares / freedom), t_90(freedom)

    def is_below(one: int, other: int) -> bool:
        apart = factor * spread * sqrt(1 / counts[one] + 1 / counts[other])
        return means[other] - means[one] > max(apart, 1e-9)

    def place(person: int) -> Place:
        half = factor * spread / sqrt(counts[person])
        better = sum(is_below(person, other) for other in means)
        worse = sum(is_below(other, person) for other in means)
        return Place(
            person=person,
            score=means[person],
            low=max(1.0, means[person] - half),
            high=min(5.0, means[person] + half),
            first=1 + better,
            last=len(means) - worse,
            raters=counts[person],
        )

    return sorted(map(place, means), key=lambda place: (-place.score, place.person))


def needs_third(one: float, other: float) -> bool:
    """Whether two graders of a test task differ by more than a point."""
    return abs(one - other) > 1 + 1e-9


def combined_grade(grades: Sequence[float]) -> float | None:
    """Of a test task: the mean of two graders; of three the median. None when it is not settled."""
    if len(grades) < LEAST_RATERS:
        return None
    if len(grades) == LEAST_RATERS:
        return None if needs_third(*grades) else _mean(grades)
    return sorted(grades)[len(grades) // 2]
