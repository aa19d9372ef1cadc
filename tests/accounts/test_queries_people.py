import datetime as dt

import pytest

from accounts.models import AccountScore, Task
from accounts.queries.people import holes_at, people_at
from tests.cast import make_account
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def hansa(cast):
    account = make_account("Hansa", owner=cast.karl)
    AccountScore.objects.create(account=account, as_of=DAY, tier="C", tier_of_day="C")
    return account


def names(people) -> list[str]:
    return [person.contact.name for person in people]


def test_people_come_in_the_order_of_their_roles_then_by_name_externals_last(cast, hansa):
    make_contact(hansa, "Zoe")
    make_contact(hansa, "Adviser", kind="consultant", role="sponsor")
    make_contact(hansa, "Bert", role="finance")
    make_contact(hansa, "Anna")
    make_contact(hansa, "", title="Head of logistics", role="logistics")
    people = people_at(hansa, cast.karl)
    assert names(people) == ["Bert", "", "Anna", "Zoe", "Adviser"]
    assert [person.is_hole for person in people] == [False, True, False, False, False]
    assert people[-1].is_external
    assert people[0].role.code == "finance"


def test_a_day_in_the_past_has_the_people_of_that_day(cast, hansa):
    make_contact(hansa, "Former", valid_to=DAY)
    make_contact(hansa, "Later", valid_from=DAY)
    assert names(people_at(hansa, cast.karl, on=DAY - dt.timedelta(days=1))) == ["Former"]
    assert names(people_at(hansa, cast.karl, on=DAY)) == ["Later"]


def test_strangers_see_nobody(cast, hansa):
    make_contact(hansa, "Anna")
    assert people_at(hansa, cast.kim) == []
    assert people_at(hansa, cast.sam) == []


def test_a_hole_is_a_required_role_nobody_by_name_holds(cast, hansa):
    make_contact(hansa, "Anna", role="purchasing")
    assert [hole.role.code for hole in holes_at(hansa, cast.karl)] == ["decision_maker"]
    place = make_contact(hansa, "", role="decision_maker")
    (hole,) = holes_at(hansa, cast.karl)
    assert hole.contact == place
    assert hole.cause == "hole:decision_maker"
    make_contact(hansa, "Bert", role="decision_maker")
    assert holes_at(hansa, cast.karl) == []


def test_who_left_leaves_a_hole(cast, hansa):
    make_role("sponsor")
    make_contact(hansa, "Anna", role="purchasing", valid_to=DAY)
    codes = [hole.role.code for hole in holes_at(hansa, cast.karl)]
    assert codes == ["decision_maker", "purchasing"]
    assert "purchasing" not in [
        hole.role.code for hole in holes_at(hansa, cast.karl, on=DAY - dt.timedelta(days=1))
    ]


def test_a_hole_knows_the_open_task_to_fill_it(cast, hansa):
    make_role("sponsor")
    task = Task.objects.create(
        account=hansa, owner=cast.karl, title="Find out", cause="hole:purchasing"
    )
    Task.objects.create(
        account=hansa, owner=cast.karl, title="Old", cause="hole:decision_maker", state="done"
    )
    tasks = {hole.role.code: hole.task for hole in holes_at(hansa, cast.karl)}
    assert tasks == {"decision_maker": None, "purchasing": task}


def test_an_account_without_a_tier_requires_nobody(cast):
    make_role("sponsor")
    assert holes_at(make_account("New", owner=cast.karl), cast.karl) == []


@pytest.mark.parametrize("many", [1, 60])
def test_people_and_holes_cost_the_same_however_many(cast, hansa, django_assert_num_queries, many):
    make_role("sponsor")
    for number in range(many):
        make_contact(hansa, f"Person {number}", role="user")
    assert cast.dora.is_director  # their roles are read once
    with django_assert_num_queries(1):
        people = people_at(hansa, cast.dora)
        assert len([(p.contact.name, p.role.name, p.division) for p in people]) == many
    with django_assert_num_queries(3):
        assert [hole.task and hole.task.owner for hole in holes_at(hansa, cast.dora, people=people)]
