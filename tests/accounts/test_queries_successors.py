"""The cover plan: who takes what, and what it adds up to."""

import pytest
from django.utils import timezone

from accounts.models import Account, ManagerProfile
from accounts.queries.leaving import leaving
from accounts.queries.leaving_who import Who
from accounts.queries.successors import cover_plan
from accounts.queries.takers import takers
from accounts.rules.choice import Part
from people.models import Employment
from tests.accounts.test_queries_leaving import book
from tests.cast import LONG_AGO, make_cast
from tests.field import make_contact

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


def plan(reader, *users):
    found = leaving(reader, Who(users=users))
    accounts = [row.account for row in found.owned]
    return cover_plan(
        accounts, reader, leaving=[user.pk for user in users],
        ties={row.account.pk: row.strongest for row in found.owned},
    )  # fmt: skip


def make_key(account: Account) -> None:
    account.score.is_key = True
    account.score.save()


def test_who_knows_the_customer_takes_it(cast):
    book(cast.karl, 100, (cast.karl, 10), (cast.kim, 10))
    (row,) = plan(cast.dora, cast.karl).rows
    assert row.taker.user == cast.kim


def test_nobody_who_leaves_takes_anything(cast):
    book(cast.karl, 100, (cast.karl, 10), (cast.kim, 10))
    (row,) = plan(cast.dora, cast.karl, cast.kim).rows
    assert row.taker.user == cast.lena


def test_a_key_account_that_nobody_may_take_waits_for_a_director(cast):
    account, _people = book(cast.karl, 100, (cast.karl, 10))
    make_key(account)
    found = plan(cast.dora, cast.karl)
    assert (found.rows[0].taker, found.uncovered) == (None, 1)
    Employment.objects.create(user=cast.kim, grade=5, valid_from=LONG_AGO)
    assert plan(cast.dora, cast.karl).rows[0].taker.user == cast.kim


def test_each_account_makes_its_taker_heavier_until_another_is_better(cast):
    for _ in range(8):
        account, _people = book(cast.karl, 100, (cast.karl, 10))
        for _person in range(7):
            make_contact(account)
    found = plan(cast.dora, cast.karl)
    assert {row.taker.user for row in found.rows} == {cast.lena, cast.kim}
    for one in found.carrying:
        assert one.after.load.hours > one.before.load.hours
        assert one.accounts == 4


def test_load_of_others_is_not_told_to_a_manager(cast):
    book(cast.karl, 100, (cast.karl, 10))
    (one,) = plan(cast.karl, cast.karl).carrying
    assert (one.before, one.after) == (None, None)


def test_without_accounts_there_is_nothing_to_plan(cast):
    assert plan(cast.dora, cast.karl).rows == ()


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    book(cast.karl, 100, (cast.karl, 10))
    with django_assert_max_num_queries(40) as few:
        plan(cast.dora, cast.karl)
    for _ in range(4):
        book(cast.karl, 100, (cast.karl, 10), (cast.kim, 3))
    with django_assert_max_num_queries(len(few)):
        plan(cast.dora, cast.karl)


def test_languages_are_read_as_they_are_written_down(cast):
    account, _people = book(cast.karl, 100, (cast.karl, 10))
    make_contact(account, languages=["Español"])
    Employment.objects.filter(user=cast.kim).delete()
    ManagerProfile.objects.create(user=cast.kim, languages=["es"])
    (row,) = plan(cast.dora, cast.karl).rows
    assert row.taker.user == cast.kim
    words = {line.part: line.words for line in row.taker.lines}
    assert words[Part.LANGUAGE].startswith("Shares a language with")


def test_the_one_chosen_is_the_one_whose_reasons_weigh_most(cast):
    account, _people = book(cast.karl, 100, (cast.karl, 10), (cast.kim, 5), (cast.lena, 8))
    (row,) = plan(cast.dora, cast.karl).rows
    scores = {one.user: one.score for one in takers(account, cast.dora)}
    assert row.taker.score == max(scores.values()) == scores[row.taker.user]
