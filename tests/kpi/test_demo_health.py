"""The health of the demo company's accounts."""

import pytest

from accounts.models import ShownHealth
from kpi.models import Health, HealthDay, HealthOverride, Judgement

pytestmark = pytest.mark.usefixtures("severpack")


def test_managers_said_how_customers_are_and_one_set_a_figure():
    assert Judgement.objects.count() >= 5
    override = HealthOverride.objects.get()
    assert ShownHealth.objects.get(account=override.account).points == override.value


def test_some_accounts_are_known_well_enough_and_others_are_not():
    known = Health.objects.exclude(score=None).count()
    assert 0 < known < Health.objects.count()


def test_there_is_a_course_to_draw():
    assert HealthDay.objects.values("day").distinct().count() > 3
