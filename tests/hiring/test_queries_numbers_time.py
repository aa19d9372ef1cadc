import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import VacancyState
from hiring.models import Vacancy
from hiring.queries.numbers.time import time_to_hire
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days):
    return NOW - dt.timedelta(days=days)


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def measured():
    return time_to_hire(Vacancy.objects.all(), now=NOW)


def test_open_openings_count_until_today():
    vacancy = make_vacancy(published_at=ago(30), openings=3)
    make_candidacy(vacancy, state="hired", ended_at=ago(20))
    found = measured()
    assert (found.openings, found.filled, found.median) == (3, 1, None)
    assert [(step.day, step.at_risk) for step in found.steps] == [(10, 3)]


def test_a_closed_vacancy_stops_waiting_when_it_closed():
    make_vacancy(published_at=ago(50), state=VacancyState.CLOSED, ended_at=ago(45))
    filled = make_vacancy(published_at=ago(50), state=VacancyState.FILLED, ended_at=ago(30))
    make_candidacy(filled, state="hired", ended_at=ago(30))
    found = measured()
    assert [(step.day, step.at_risk) for step in found.steps] == [(20, 1)]
    assert found.median == 20


def test_more_hires_than_openings_fill_no_more():
    vacancy = make_vacancy(published_at=ago(30), openings=1)
    for days in (10, 5):
        make_candidacy(vacancy, state="hired", ended_at=ago(days))
    assert (measured().openings, measured().filled) == (1, 1)


def test_what_was_never_published_does_not_wait():
    make_vacancy(published_at=None, state=VacancyState.DRAFT)
    assert (measured().openings, measured().median) == (0, None)
