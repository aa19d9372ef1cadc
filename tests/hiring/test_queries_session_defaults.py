import pytest

from hiring.models import HiringSettings
from hiring.queries.session_defaults import defaults
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def test_a_session_begins_with_the_companys_figures_and_the_vacancys_zone(cast):
    vacancy = make_vacancy(time_zone="Asia/Almaty")
    HiringSettings.objects.create(pk=1, seats=12)
    found = defaults(vacancy, {})
    assert (found["seats"], found["time_zone"]) == (12, "Asia/Almaty")
    assert (found["minimum"], found["limit"]) == (6, 14)


def test_what_was_filled_in_counts_and_what_was_left_empty_does_not(cast):
    found = defaults(make_vacancy(), {"seats": 5, "minimum": None, "spare": 1})
    assert (found["seats"], found["minimum"], found["limit"]) == (5, 3, 6)


def test_fields_that_a_session_does_not_have_are_a_mistake(cast):
    with pytest.raises(TypeError, match="booked"):
        defaults(make_vacancy(), {"booked": 3})
