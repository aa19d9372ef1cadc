"""The invented hiring year, as a plan: the same for the same seed, and believable."""

import datetime as dt
import re
from collections import Counter

import numpy as np
import pytest

from hiring.choices import CandidacyState, StageKind
from kpi.demo.hiring.lore import VACANCIES
from kpi.demo.hiring.plan import ROAD, plan_hiring

TODAY = dt.date(2026, 11, 21)
CYRILLIC = re.compile(r"[а-яё]", re.I)


def draw(seed: int):
    return lambda *stream: np.random.default_rng([seed, *stream])


@pytest.fixture(scope="module")
def plan():
    return plan_hiring(today=TODAY, rng=draw(1))


def test_the_same_seed_gives_the_same_people(plan):
    assert plan_hiring(today=TODAY, rng=draw(1)).candidates == plan.candidates
    assert plan_hiring(today=TODAY, rng=draw(2)).candidates != plan.candidates


def test_three_vacancies_have_120_people_in_two_scripts(plan):
    assert len(plan.candidates) == 120
    scripts = Counter(bool(CYRILLIC.search(row.name)) for row in plan.candidates)
    assert min(scripts.values()) >= 20


def test_more_people_may_be_asked_for(plan):
    more = plan_hiring(today=TODAY, rng=draw(1), candidates=150)
    assert more.candidates[:120] == plan.candidates
    assert len(more.by_vacancy["petersburg"]) == len(plan.by_vacancy["petersburg"]) + 30


def test_everybody_goes_forward_on_days_that_are_past(plan):
    opened = {vacancy.key: vacancy.opened for vacancy in VACANCIES}
    for row in plan.candidates:
        places = [ROAD.index(kind) for kind, _day in row.path]
        days = [day for _kind, day in row.path]
        assert places == sorted(places)
        assert days == sorted(days, reverse=True)
        assert opened[row.vacancy] >= days[0] >= days[-1] >= 1
        assert (row.ended is None) == (row.state == CandidacyState.ACTIVE)
        assert row.ended is None or row.ended <= days[-1]


def test_phones_and_addresses_are_nobodys(plan):
    assert len({row.phone for row in plan.candidates}) == 120
    assert all(row.email.endswith("@mail.example") for row in plan.candidates)


def test_a_vacancy_that_is_filled_has_nobody_under_way(plan):
    states = {row.state for row in plan.by_vacancy["urals"]}
    assert CandidacyState.ACTIVE not in states
    hired = [row for row in plan.by_vacancy["urals"] if row.state == CandidacyState.HIRED]
    assert [row.user for row in hired] == ["darya_kim"]
    assert hired[0].path[-1][0] == StageKind.HIRED
