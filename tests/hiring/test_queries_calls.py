"""How likely a list is long enough: by our own rates once they are known, until then an example."""

import pytest
from django.utils import timezone

from hiring.models import HiringSettings, Move
from hiring.queries import calls
from tests.hiring.calling import make_list
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def told(row) -> calls.Progress:
    now = timezone.now()
    return calls.progress(row, calls.standings(row, now), now)


def settled(cast, people: int = 10):
    row = make_list(cast.rita, people)
    row.entries.update(state="done")
    return row


def test_before_ten_are_settled_nothing_is_said(cast):
    assert told(make_list(cast.rita, 3)).enough is None


def test_without_own_figures_the_example_is_called_one(cast):
    found = told(settled(cast))
    assert found.is_example and found.after_agreed == pytest.approx(0.03125)


def test_own_rates_of_the_same_profile_come_first(cast):
    row = settled(cast)
    HiringSettings.objects.update_or_create(pk=1, defaults={"attrition_percent": 20})
    earlier = make_vacancy(profile=row.vacancy.profile)
    for _number in range(10):
        one = make_candidacy(earlier, stage="hired", state="hired", ended_at=timezone.now())
        Move.objects.create(candidacy=one, to_stage=earlier.stages.get(kind="form"))
    for _number in range(10):
        make_candidacy(earlier, stage="form", state="withdrawn", ended_at=timezone.now())
    found = told(row)
    assert not found.is_example
    assert found.after_agreed == pytest.approx(0.5 * 0.8)
