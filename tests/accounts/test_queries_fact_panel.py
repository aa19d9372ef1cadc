import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Tie
from accounts.queries.fact_panel import panel, told
from tests.field import make_contact, make_observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(account):
    return make_contact(account, "Elena")


def make_tie(contact, account, *, energy, days_ago=0):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return Tie.objects.create(
        account=account, contact=contact, energy=energy, as_of=day, half_life=90,
        touchpoints=1, last_on=day, last_two_way_on=day,
    )  # fmt: skip


def test_a_wish_is_asked_for_where_it_matters(cast, account, elena):
    def facts():
        return [line.fact for line in panel(cast.karl, account, elena).lines]

    assert "level_wanted" not in facts()
    make_observation(elena, "power", "2")
    assert "level_wanted" in facts()


def test_a_declared_friend_whom_nobody_meets_is_pointed_out(cast, account, elena):
    make_observation(elena, "level", "4")
    assert panel(cast.karl, account, elena).sentences == (
        "You say “trusted advisor”; no two-way contact is recorded.",
    )
    make_tie(elena, account, energy=3, days_ago=140)
    assert panel(cast.karl, account, elena).sentences == (
        "You say “trusted advisor”; last two-way contact 140 days ago, strength 10 of 100.",
    )


def test_a_vendor_who_is_met_every_week_is_pointed_out_too(cast, account, elena):
    make_observation(elena, "level", "1")
    make_tie(elena, account, energy=10)
    assert panel(cast.karl, account, elena).sentences == (
        "You say “vendor”, yet lived contact is close: strength 63 of 100.",
    )


def test_where_both_agree_there_is_nothing_to_say(cast, account, elena):
    make_observation(elena, "level", "4")
    make_tie(elena, account, energy=20)
    assert panel(cast.karl, account, elena).sentences == ()


def test_the_gap_is_said_in_steps(cast, account, elena):
    make_observation(elena, "level", "2")
    make_observation(elena, "level_wanted", "4")
    make_tie(elena, account, energy=5)
    assert panel(cast.karl, account, elena).sentences == ("Wanted: “trusted advisor”, 2 steps up.",)


def test_relationships_of_each_of_us_are_listed(cast, account, elena):
    make_observation(elena, "level", "2", colleague=cast.karl)
    make_observation(elena, "level_wanted", "3", colleague=cast.karl)
    make_observation(elena, "level", "1", colleague=cast.anna)
    found = panel(cast.karl, account, elena).own_levels
    assert [(own.colleague.name, own.now.value) for own in found] == [("Anna", "1"), ("Karl", "2")]
    assert found[1].wanted.value == "3"


def test_history_knows_when_another_value_took_over(account, elena):
    old = make_observation(elena, value="2", days_ago=50)
    slip = make_observation(elena, value="5", days_ago=30)
    back = make_observation(elena, value="5", days_ago=30, retracts=slip)
    new = make_observation(elena, value="3", days_ago=10)
    found = told(account, elena, "stance")
    assert [item.row for item in found] == [new, slip, old]
    assert [item.until for item in found] == [None, new.day, new.day]
    assert [item.withdrawn for item in found] == [None, back, None]


def test_a_past_panel_is_for_reading(cast, account, elena):
    make_observation(elena, days_ago=30)
    day = timezone.localdate() - dt.timedelta(days=20)
    assert panel(cast.karl, account, elena).may_edit
    past = panel(cast.karl, account, elena, day)
    assert past.is_past and not past.may_edit and past.lines[1].now.age_days == 10
