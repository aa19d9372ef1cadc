import pytest

from accounts.queries.handover_notices import HANDOVER, HANDOVER_ENDED, KINDS
from tests.handovers import make_road

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "what", ["planned", "asked", "agreed", "captured", "introduced", "joint", "accepted", "other"]
)
def test_each_step_is_told_in_a_sentence_with_the_account(cast, what):
    road = make_road(cast)
    row = KINDS[HANDOVER].find(cast.karl, [road.row.pk])[road.row.pk]
    assert "Hansa" in KINDS[HANDOVER].sentence(row, {"what": what})
    assert KINDS[HANDOVER].url(row).startswith(f"/accounts/{road.account.pk}/handover/")


def test_news_are_only_of_handovers_the_reader_may_open(cast):
    road = make_road(cast)
    for user, seen in ((cast.lena, True), (cast.dora, True), (cast.kim, False), (cast.anna, False)):
        assert bool(KINDS[HANDOVER].find(user, [road.row.pk])) is seen


@pytest.mark.parametrize("what", ["undone", "cancelled"])
def test_what_ended_is_told_to_its_people_without_the_accounts_name(cast, what):
    road = make_road(cast)
    kind = KINDS[HANDOVER_ENDED]
    row = kind.find(cast.karl, [road.row.pk])[road.row.pk]
    assert "Hansa" not in kind.sentence(row, {"what": what}) and kind.url(row) == "/handovers/"
    assert not kind.find(cast.kim, [road.row.pk])
