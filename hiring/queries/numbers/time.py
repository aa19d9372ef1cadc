"""How long an opening stays empty; those still empty count until today."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from hiring.choices import CandidacyState, VacancyState
from hiring.models import Candidacy, Vacancy
from hiring.rules.survival import Step, curve, median, median_interval

ENOUGH = 5


@dataclass(frozen=True, slots=True)
class TimeToHire:
    """Days from publishing to each hire. `median` is None while more than half are empty."""

    openings: int
    filled: int
    steps: list[Step]
    median: float | None
    low: float | None
    high: float | None

    @property
    def is_enough(self) -> bool:
        """A median of fewer hires than this would be chance."""
        return self.filled >= ENOUGH


def time_to_hire(vacancies: QuerySet[Vacancy], *, now: dt.datetime) -> TimeToHire:
    """Every opening of a published vacancy is a case; two queries.

    One still empty is cut off today; one of a closed or held vacancy on the day that ended.
    """
    hires = defaultdict(list)
    hired = Candidacy.objects.filter(
        vacancy__in=vacancies.values("pk"), state=CandidacyState.HIRED, ended_at__isnull=False
    )
    for vacancy, at in hired.order_by("ended_at").values_list("vacancy", "ended_at"):
        hires[vacancy].append(at)
    days, is_over = [], []
    for vacancy in vacancies.filter(published_at__isnull=False):
        ends = hires[vacancy.pk][: vacancy.openings]
        is_open = vacancy.state in (VacancyState.OPEN, VacancyState.HELD)
        stop = now if is_open or vacancy.ended_at is None else vacancy.ended_at
        missing = vacancy.openings - len(ends)
        for end in [*ends, *[stop] * missing]:
            days.append(max(0, (end - vacancy.published_at).days))
        is_over += [True] * len(ends) + [False] * missing
    steps = curve(days, is_over)
    low, high = median_interval(steps)
    return TimeToHire(len(days), sum(is_over), steps, median(steps), low, high)
