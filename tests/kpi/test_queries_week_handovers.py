import datetime as dt

import pytest

from accounts.models import Handover
from kpi.queries.week.book import book_of
from kpi.queries.week.handovers import handover_lines
from people.models import company_day
from tests.handovers import make_road, to_state

pytestmark = pytest.mark.django_db


def lines(user):
    return handover_lines(user, book_of(user), company_day())


def test_the_line_stands_with_whom_it_is_the_turn_of(cast):
    road = make_road(cast)
    (line,) = lines(cast.lena)
    assert line.sentence == "Handover of Hansa: Lena writes down what is in no system."
    assert line.url.startswith(f"/accounts/{road.account.pk}/handover/") and not line.is_late
    assert lines(cast.karl) == lines(cast.anna) == lines(cast.dora) == []
    to_state(road, "joint")
    assert lines(cast.lena) == []
    assert lines(cast.karl)[0].sentence == (
        "Handover of Hansa: Karl acknowledges every line and signs."
    )


def test_a_director_is_asked_while_it_is_only_proposed(cast):
    make_road(cast)
    Handover.objects.update(agreed_at=None)
    assert len(lines(cast.dora)) == 1


def test_past_its_day_it_is_late(cast):
    make_road(cast)
    Handover.objects.update(planned_for=company_day() - dt.timedelta(days=2))
    assert lines(cast.lena)[0].late_days == 2
    assert lines(cast.lena)[0].reasons == ["2 days late"]
