import pytest

from accounts.commands.ties import rebuild_ties
from accounts.queries.people_cards import people_page, people_strip
from tests.cast import make_account
from tests.field import (
    YESTERDAY,
    make_contact,
    make_observation,
    make_role,
    make_touchpoint,
    set_tier,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    account = make_account("Hansa", owner=cast.karl)
    set_tier(account, "C")
    make_role("sponsor")
    return account


def names(page) -> list[str]:
    return [card.person.contact.name for card in page.cards]


def test_a_card_says_power_stance_and_when_we_last_spoke(cast, hansa):
    jutta = make_contact(hansa, "Jutta", role="purchasing")
    make_observation(jutta, "power", "3")
    make_observation(jutta, "stance", "4")
    make_touchpoint(hansa, jutta, days_ago=3)
    rebuild_ties(hansa.pk)
    (card,) = people_page(hansa, cast.karl).cards
    assert (card.power.value, card.stance.value) == ("3", "4")
    assert card.last_on is not None


def test_open_roles_are_counted_and_drawn_once(cast, hansa):
    make_contact(hansa, "", role="purchasing")
    page = people_page(hansa, cast.karl)
    assert (page.named, page.open_roles, page.required_roles) == (0, 2, 2)
    assert [hole.role.code for hole in page.holes] == ["decision_maker"]
    assert page.cards[0].hole.role.code == "purchasing"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Anna Behrens", "", "Катарина Шульц", "Adviser"]),
        ({"show": "staff"}, ["Anna Behrens", "", "Катарина Шульц"]),
        ({"show": "external"}, ["Adviser"]),
        ({"show": "holes"}, [""]),
        ({"show": "former"}, ["Gone"]),
        ({"q": "behr"}, ["Anna Behrens"]),
        ({"q": "shults"}, ["Катарина Шульц"]),
        ({"q": "logist"}, [""]),
        ({"q": "nobody"}, []),
    ],
)
def test_people_are_narrowed_by_what_is_asked(cast, hansa, asked, found):
    make_contact(hansa, "Катарина Шульц")
    make_contact(hansa, "Anna Behrens", role="finance")
    make_contact(hansa, "", title="Logistics", role="logistics")
    make_contact(hansa, "Adviser", kind="consultant")
    make_contact(hansa, "Gone", valid_to=YESTERDAY)
    assert names(people_page(hansa, cast.karl, **asked)) == found


def test_by_role_and_by_division(cast, hansa):
    north = hansa.divisions.create(name="North")
    make_contact(hansa, "Anna", role="purchasing", division=north)
    make_contact(hansa, "Bert")
    role = make_role("purchasing")
    assert names(people_page(hansa, cast.karl, role=role.pk)) == ["Anna"]
    assert names(people_page(hansa, cast.karl, division=north.pk)) == ["Anna"]


def test_who_came_back_is_not_among_those_who_left(cast, hansa):
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY)
    jutta.positions.create(account=hansa, valid_from=YESTERDAY)
    assert names(people_page(hansa, cast.karl, show="former")) == []


def test_the_strip_has_the_powerful_first_and_few(cast, hansa):
    for number in range(9):
        make_contact(hansa, f"Person {number}")
    strong = make_contact(hansa, "Strong")
    make_observation(strong, "power", "3")
    strip = people_strip(hansa, cast.karl)
    assert names(strip)[0] == "Strong"
    assert len(strip.cards) == 5
    assert len(strip.holes) == 2


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_costs_the_same_however_many(cast, hansa, django_assert_num_queries, many):
    for number in range(many):
        make_observation(make_contact(hansa, f"Person {number}"), "power", "2")
    assert cast.karl.is_kam
    with django_assert_num_queries(7):
        page = people_page(hansa, cast.karl)
        assert len([(card.power.label, card.stance, card.tie) for card in page.cards]) == many
