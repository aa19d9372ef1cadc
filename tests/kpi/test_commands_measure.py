"""What a company wants of a measure: set by directors, kept with its history."""

from decimal import Decimal

import pytest

from common.errors import RuleBroken
from kpi.commands.measure import set_measure
from kpi.models import MeasureSetting
from people.models import Event
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def wanted(cast, **changes):
    asked = {
        "actor": cast.dora, "code": "retention", "target": Decimal(80), "owner": cast.lena,
        "is_shown": True, "note": "", "seen": 0,
    }  # fmt: skip
    return set_measure(**{**asked, **changes})


def test_every_setting_stays_and_the_newest_counts():
    cast = make_cast()
    first = wanted(cast)
    second = wanted(cast, target=Decimal(85), seen=first.pk)
    assert [row.target for row in MeasureSetting.objects.all()] == [Decimal(85), Decimal(80)]
    assert MeasureSetting.objects.filter(code="retention").first() == second


def test_it_is_recorded():
    cast = make_cast()
    wanted(cast)
    event = Event.objects.get(verb="kpi.measure_set")
    assert event.data == {"measure": "retention", "wanted": "80"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "touchpoints"}, "never a quota"),
        ({"target": Decimal(2000)}, "between 0 and 1,000"),
        ({"code": "luck"}, "Only a director"),
    ],
)
def test_a_refusal_changes_nothing(changes, words):
    cast = make_cast()
    with pytest.raises(RuleBroken, match=words):
        wanted(cast, **changes)
    assert not MeasureSetting.objects.exists()


def test_only_directors_set_it():
    cast = make_cast()
    with pytest.raises(RuleBroken):
        wanted(cast, actor=cast.lena)


def test_who_did_not_see_the_newest_is_told():
    cast = make_cast()
    wanted(cast)
    with pytest.raises(RuleBroken, match="meanwhile"):
        wanted(cast, target=Decimal(70))
