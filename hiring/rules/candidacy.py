"""Which moves a candidacy allows, and by whom: a machine may move it on, never end it."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from hiring.choices import CandidacyState, VacancyState

ACTIVE, HIRED = CandidacyState.ACTIVE, CandidacyState.HIRED
REJECTED, WITHDRAWN = CandidacyState.REJECTED, CandidacyState.WITHDRAWN


class By(StrEnum):
    """Whose deed it is. `MACHINE` is what the program does by itself, such as an import."""

    RECRUITER = "recruiter"
    CANDIDATE = "candidate"
    MACHINE = "machine"


MOVES: dict[tuple[str, str], frozenset[By]] = {
    (ACTIVE, ACTIVE): frozenset(By),
    (ACTIVE, HIRED): frozenset({By.RECRUITER, By.CANDIDATE}),
    (ACTIVE, REJECTED): frozenset({By.RECRUITER}),
    (ACTIVE, WITHDRAWN): frozenset({By.RECRUITER, By.CANDIDATE}),
    (HIRED, ACTIVE): frozenset({By.RECRUITER}),
    (REJECTED, ACTIVE): frozenset({By.RECRUITER}),
    (WITHDRAWN, ACTIVE): frozenset({By.RECRUITER}),
}
# A vacancy in one of these takes nobody new; those who are in may still be answered.
OVER = (VacancyState.FILLED, VacancyState.CLOSED)
# Who is in one of these stands in no column any more.
OUT = (REJECTED, WITHDRAWN)
ENDED = (HIRED, *OUT)
MORNING = dt.time(10)
SATURDAY = 5


def may_go(old: str, new: str, by: By) -> bool:
    return by in MOVES.get((old, new), ())


def may_join(vacancy_state: str) -> bool:
    return vacancy_state not in OVER


def is_consistent(moves: Iterable[tuple[int | None, int | None, str]]) -> bool:
    """Whether moves that were not undone, oldest first, (from, to, state), follow each other.

    Somebody who ended stands outside all stages: their next move comes from none.
    """
    stage, state = None, ""
    for number, (from_stage, to_stage, new) in enumerate(moves):
        if from_stage != stage:
            return False
        is_first = number == 0
        if is_first != (state == "") or (is_first and new != ACTIVE):
            return False
        if not is_first and (state, new) not in MOVES:
            return False
        if (to_stage is None) != (new in OUT):
            return False
        stage, state = to_stage, new
    return True


def last_working_day(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When the working day before began: on Monday that is Friday."""
    day = now.astimezone(zone).date() - dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time.min, tzinfo=zone)


def next_working_morning(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """When a refusal goes out: ten in the morning, where they live, of the next working day."""
    day = now.astimezone(zone).date() + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, MORNING, tzinfo=zone)
