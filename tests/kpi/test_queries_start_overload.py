import datetime as dt

from accounts.models import ManagerDay
from hiring.models import Need
from hiring.queries.start.director import hiring_now
from kpi.queries.start.overload import carried, overloaded
from tests.hiring.test_models_need import FIELDS
from tests.recruiting import make_vacancy

DAY = dt.date(2026, 5, 20)


def nights(user, share: float, number: int = 60) -> None:
    for n in range(number):
        ManagerDay.objects.create(
            user=user, day=DAY - dt.timedelta(days=n), hours=120 * share, capacity=120, key=1,
            regular=1, relationships=9, revenue=1000, rule_version="load-2",
        )  # fmt: skip


def told(cast):
    return overloaded(DAY, "EUR", carried(DAY), hiring_now(cast.dora, DAY).asked)


def test_who_is_over_two_months_running_is_told_with_hours_and_money(cast):
    nights(cast.karl, 1.25)
    nights(cast.kim, 0.9)
    nights(cast.lena, 1.5, number=20)
    found = told(cast)
    assert [one.sentence for one in found] == [
        "Karl has had more work than hours two months running."
    ]
    assert "150 hours a month" in found[0].evidence
    assert "vacancy" in found[0].action.label and found[0].stake == 1000


def test_a_vacancy_under_way_is_said(cast):
    nights(cast.karl, 1.25)
    Need.objects.create(vacancy=make_vacancy("KAM north", recruiter=cast.rita), **FIELDS)
    found = told(cast)[0]
    assert "KAM north" in found.evidence and found.action.label == "See the capacity"


def test_who_has_left_is_not_told(cast):
    nights(cast.karl, 1.25)
    cast.karl.is_active = False
    cast.karl.save()
    assert told(cast) == []
