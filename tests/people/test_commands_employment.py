import datetime as dt

import pytest

from common.errors import RuleBroken
from people.commands.employment import set_employment
from people.models import Employment, Event, company_day
from tests.gate import employ

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return company_day() + dt.timedelta(days=offset)


def spans(user) -> list:
    rows = Employment.objects.filter(user=user).order_by("valid_from")
    return [(row.grade, row.on_probation, row.valid_from, row.valid_to) for row in rows]


def test_a_new_row_ends_the_running_one_and_drops_what_was_planned(cast):
    first = employ(cast.karl, 1)
    set_employment(actor=cast.dora, user=cast.karl, day=day(20), grade=3)
    set_employment(actor=cast.dora, user=cast.karl, day=day(10), grade=2, on_probation=True)
    assert spans(cast.karl) == [
        (1, False, first.valid_from, day(10)),
        (2, True, day(10), None),
    ]
    said = Event.objects.about(cast.karl)[0]
    assert said.data["changes"] == {"grade": [1, 2], "on_probation": [False, True]}


def test_said_again_for_the_same_day_it_replaces(cast):
    set_employment(actor=None, user=cast.karl, day=day(0), grade=None, on_probation=True)
    set_employment(actor=None, user=cast.karl, day=day(0), grade=2)
    assert spans(cast.karl) == [(2, False, day(0), None)]


@pytest.mark.parametrize(("actor", "offset", "grade"), [
    ("dora", -1, 2), ("dora", 0, 4), ("dora", 0, 0), ("karl", 0, 3),
])  # fmt: skip
def test_a_refusal_changes_nothing(cast, actor, offset, grade):
    employ(cast.karl, 1)
    before = spans(cast.karl)
    with pytest.raises(RuleBroken):
        set_employment(actor=getattr(cast, actor), user=cast.karl, day=day(offset), grade=grade)
    assert spans(cast.karl) == before and not Event.objects.exists()
