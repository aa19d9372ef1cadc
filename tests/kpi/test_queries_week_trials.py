import pytest

from kpi.queries.week.trials import trial_lines
from people.models import company_day
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


def test_a_trial_stands_in_the_week_of_whose_turn_it_is(cast):
    row = make_probation(cast, "offered")
    (line,) = trial_lines(cast.karl, company_day())
    assert line.sentence == "Your probation plan waits for your word"
    assert line.url == f"/hiring/probations/{row.pk}/" and not line.is_movable
    assert trial_lines(cast.lena, company_day()) == []
