import pytest
from django.utils import timezone

from accounts.commands.account import renew_search_text
from accounts.queries.log import log_data
from people.models import Attachment
from tests.cast import make_account
from tests.field import make_contact, make_logged, set_tier

pytestmark = pytest.mark.django_db


def names(data: dict) -> list[str]:
    return [row["name"] for row in data["accounts"]]


def test_only_accounts_one_may_write_to_are_on_the_device(cast):
    make_account("Karl's", owner=cast.karl)
    make_account("Kim's", owner=cast.kim)
    make_account("Closed", owner=cast.karl, status="closed")
    assert names(log_data(cast.karl)) == ["Karl's"]
    assert names(log_data(cast.lena)) == []  # a lead reads the team's, and writes to their own
    assert names(log_data(cast.anna)) == ["Karl's"]
    assert names(log_data(cast.sam)) == []


def test_the_account_asked_for_comes_first_then_the_last_used(cast):
    early, late, asked = (make_account(name, owner=cast.karl) for name in ("A", "B", "C"))
    make_logged(cast.karl, early, days=3)
    make_logged(cast.karl, late, days=1)
    assert names(log_data(cast.karl)) == ["B", "A", "C"]
    assert log_data(cast.karl)["first"] == late.pk
    assert log_data(cast.karl, wanted=str(asked.pk))["first"] == asked.pk
    foreign = make_account(owner=cast.kim)
    assert log_data(cast.karl, wanted=str(foreign.pk))["first"] == late.pk


def test_who_never_logged_begins_with_an_account_that_weighs(cast):
    for name, tier in (("A small one", "C"), ("Not tiered", ""), ("The large one", "A")):
        account = make_account(name, owner=cast.karl)
        if tier:
            set_tier(account, tier)
    assert names(log_data(cast.dora)) == ["The large one", "A small one", "Not tiered"]


def test_words_find_among_all_of_ones_accounts_whatever_their_case(cast):
    for name, owner in (
        ("Молочный двор", cast.karl), ("Alpina", cast.karl), ("Молочный край", cast.kim),
    ):  # fmt: skip
        renew_search_text(make_account(name, owner=owner))
    assert names(log_data(cast.karl, wanted="МОЛОЧН дв")) == ["Молочный двор"]


def test_known_people_stand_by_how_lately_they_were_met(cast):
    account = make_account(owner=cast.karl)
    never, lately = make_contact(account, "Anna"), make_contact(account, "Boris")
    gone = make_contact(account, "Gone", valid_to=timezone.localdate())
    merged = make_contact(account, "Double", merged_into=never)
    make_contact(account, "", title="A hole")
    make_logged(cast.karl, account, lately)
    people = log_data(cast.karl)["accounts"][0]["people"]
    assert [row["name"] for row in people] == ["Boris", "Anna"]
    assert not {gone.pk, merged.pk} & {row["id"] for row in people}
    assert set(people[0]) == {"id", "name", "role", "photo"}  # nothing more lies on a device


def test_the_next_step_may_be_given_to_whom_one_works_with(cast):
    assert [row["name"] for row in log_data(cast.karl)["owners"]] == ["Karl", "Anna"]
    assert [row["name"] for row in log_data(cast.anna)["owners"]] == ["Anna", "Karl"]
    Attachment.objects.update(valid_to=timezone.localdate())
    assert [row["name"] for row in log_data(cast.karl)["owners"]] == ["Karl"]


def test_many_accounts_cost_as_many_queries_as_one(cast, django_assert_num_queries):
    def fill(count: int) -> None:
        for _number in range(count):
            account = make_account(owner=cast.karl)
            set_tier(account, "A")
            make_logged(cast.karl, account, make_contact(account))

    fill(1)
    log_data(cast.karl)
    with django_assert_num_queries(7):
        log_data(cast.karl)
    fill(4)
    with django_assert_num_queries(7):
        assert len(log_data(cast.karl)["accounts"]) == 5
