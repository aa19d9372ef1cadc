import pytest

from accounts.models import Segment, Tag
from accounts.queries.chips import chips, filter_choices
from accounts.queries.list_state import ListState
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_every_filter_in_use_is_a_chip_in_words_with_the_way_out(cast):
    segment = Segment.objects.create(code="dairy", names={"en": "Dairy"})
    state = ListState(
        tier=("A", "B"), key="yes", owner=("me", "none", str(cast.kim.pk)), country=("IT",),
        segment=(segment.pk,), status=("closed",), silent=60,
        team=(cast.kim.memberships.get().team_id,),
    )  # fmt: skip
    found = {chip.label: chip for chip in chips(state)}
    assert found["Tier"].value == "A, B" and "tier" not in found["Tier"].url
    assert found["Manager"].value == "me, nobody, Kim"
    assert found["Country"].value == "Italy"
    assert found["Segment"].value == "Dairy"
    assert found["Silent for"].value == "60 days or more"
    assert (found["Key account"].value, found["Team"].value) == ("yes", "South")
    assert found["Status"].value == "closed"


def test_the_menu_offers_what_the_readers_accounts_have(cast):
    own, foreign = Tag.objects.create(name="own"), Tag.objects.create(name="foreign")
    make_account("A", owner=cast.karl, country="IT").tags.add(own)
    make_account("B", owner=cast.kim, country="EE").tags.add(foreign)
    menu = {
        choices.name: choices for choices in filter_choices(cast.karl, ListState(country=("IT",)))
    }
    assert [option.label for option in menu["tag"].options] == ["own"]
    assert [(option.value, option.is_chosen) for option in menu["country"].options] == [
        ("IT", True)
    ]
