"""How many to hire for k good ones, and how many calls that takes at our own rates."""

from dataclasses import dataclass

from hiring.queries.numbers.funnel import StageRow
from hiring.rules.needed import CERTAINTIES, binomial_tail, calls_needed, hires_needed

MOST_GOOD = 50


@dataclass(frozen=True, slots=True)
class Sure:
    """At this certainty: so many hires; on average `stay` of them stay, `too_many` is the chance
    that more stay than were wanted; `calls` is None where our rates are not known well enough."""

    certainty: float
    hires: int
    stay: float
    too_many: float
    calls: int | None


def need(*, good: int, attrition: float, rows: list[StageRow]) -> list[Sure]:
    """One line for 80, 90 and 95 %; `attrition` below 1 is who leaves or fails in probation."""
    found = []
    for certainty in CERTAINTIES:
        hires = hires_needed(good, attrition, certainty)
        found.append(
            Sure(
                certainty=certainty,
                hires=hires,
                stay=hires * (1 - attrition),
                too_many=binomial_tail(hires, 1 - attrition, good + 1),
                calls=_calls(good, attrition, rows, certainty),
            )
        )
    return found


def _calls(good: int, attrition: float, rows: list[StageRow], certainty: float) -> int | None:
    """People to begin with; unknown while a stage has too few who left it, or lets nobody on."""
    if not rows or any(not row.went_on.is_enough or not row.went_on.hits for row in rows):
        return None
    shares = [row.went_on.share or 0.0 for row in rows]
    try:
        return calls_needed(good, [*shares, 1 - attrition], certainty)
    except ValueError:
        return None
