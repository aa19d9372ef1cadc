import pytest

from accounts.commands import handover_news
from people.models import Notification
from tests.handovers import make_road

pytestmark = pytest.mark.django_db


def told(what: str) -> list[str]:
    rows = Notification.objects.filter(data__what=what)
    return sorted(rows.values_list("user__name", flat=True))


def test_everybody_who_has_to_do_with_it_but_the_actor_is_told_once(cast):
    road = make_road(cast)
    handover_news.tell(road.row, "captured", actor=cast.lena)
    handover_news.tell(road.row, "captured", actor=cast.lena)
    assert told("captured") == ["Dora", "Karl"]


def test_directors_are_asked_only_about_what_is_proposed(cast):
    road = make_road(cast)
    assert told("asked") == [] and told("planned") == ["Karl", "Lena"]
    road.row.agreed_at = None
    handover_news.tell_planned(road.row, actor=cast.lena)
    assert told("asked") == ["Dora"]


def test_what_ended_is_told_by_a_kind_of_its_own(cast):
    road = make_road(cast)
    handover_news.tell(road.row, "undone", actor=cast.dora)
    assert set(Notification.objects.filter(data__what="undone").values_list("kind", flat=True)) == {
        "handover_ended"
    }
