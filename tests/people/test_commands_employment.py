import datetime as dt

import pytest

from common.errors import RuleBroken
from people.commands.employment import enter_employment, set_employment
from people.models import Employment, Event, company_day
from people.queries import history
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


def enter(actor, user, **more):
    return enter_employment(
        **{"actor": actor, "user": user, "day": day(0), "grade": 2, "reason": "review"} | more
    )


def test_directors_and_administrators_enter_it_with_what_it_rests_on(cast):
    enter(cast.adam, cast.karl, on_probation=True)
    enter(cast.dora, cast.karl)
    assert spans(cast.karl) == [(2, False, day(0), None)]
    for refused in ({"reason": " "}, {"actor": cast.lena}, {"user": cast.dora}):
        with pytest.raises(RuleBroken):
            enter(**{"actor": cast.adam, "user": cast.kim} | refused)
    assert not spans(cast.kim) and not spans(cast.dora)


def test_only_a_director_ends_a_probation_by_hand(cast):
    employ(cast.karl, 2, on_probation=True)
    with pytest.raises(RuleBroken, match="Only a director ends a probation"):
        enter(cast.adam, cast.karl)
    enter(cast.adam, cast.karl, grade=1, on_probation=True)
    enter(cast.dora, cast.karl, grade=1)
    assert spans(cast.karl)[-1][:2] == (1, False)


def test_the_record_reads_as_words(cast):
    employ(cast.karl, 1, on_probation=True)
    enter(cast.dora, cast.karl)
    entry = history(cast.karl, reader=cast.dora)[0].entries[0]
    told = {change.label: (change.old, change.new) for change in entry.changes}
    assert told["On probation"] == ("yes", "no")
    assert told["Grade"][1].startswith("2: builds")


def test_it_is_read_by_oneself_ones_lead_and_who_manages_people(cast):
    row = employ(cast.karl)
    readers = [
        name
        for name in vars(cast)
        if Employment.objects.visible_to(getattr(cast, name)).filter(pk=row.pk).exists()
    ]
    assert readers == ["dora", "lena", "karl", "adam"]
