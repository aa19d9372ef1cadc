import datetime as dt

import pytest

from people.commands.employment import set_employment
from people.models import company_day
from people.queries.employment import employment_card
from tests.gate import employ

pytestmark = pytest.mark.django_db


def test_the_card_knows_what_runs_and_what_is_planned(cast):
    assert employment_card(cast.dora, cast.karl).now is None
    employ(cast.karl, 1)
    later = company_day() + dt.timedelta(days=9)
    set_employment(actor=None, user=cast.karl, day=later, grade=2)
    card = employment_card(cast.dora, cast.karl)
    assert card.now.grade == 1 and [row.grade for row in card.rows] == [2, 1]
    assert employment_card(cast.kim, cast.karl).rows == []
