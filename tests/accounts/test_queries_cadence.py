import datetime as dt

import pytest

from accounts.models import Account, AccountScore, Contact, Tie
from accounts.queries.cadence import (
    cadence_of,
    cadences_of,
    condition,
    coverage_of,
    people_cadences,
    person_cadence,
)
from accounts.rules.cadence import Standing
from tests.cast import make_account
from tests.field_tasks import make_cadence, make_rhythm, make_tier

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 21)


def ago(days):
    return DAY - dt.timedelta(days=days)


@pytest.fixture
def book(cast):
    """Karl's: by name, what is expected of each."""
    rows = {
        "due": (make_account("due", owner=cast.karl), "A", 20),
        "soon": (make_account("soon", owner=cast.karl), "A", 12),
        "fine": (make_account("fine", owner=cast.karl), "B", 20),
        "never": (make_account("never", owner=cast.karl), "C", None),
        "none": (make_account("none", owner=cast.karl), "N", 5),
    }
    for account, tier, last in rows.values():
        make_tier(account, tier)
        if last is not None:
            make_rhythm(account, ago(last))
    accounts = {name: row[0] for name, row in rows.items()}
    accounts["agreed"] = make_account("agreed", owner=cast.karl)
    make_tier(accounts["agreed"], "A")
    make_rhythm(accounts["agreed"], ago(20))
    make_cadence(accounts["agreed"], 60, note="They travel")
    accounts["freed"] = make_account("freed", owner=cast.karl)
    make_tier(accounts["freed"], "A")
    make_cadence(accounts["freed"], None)
    accounts["untiered"] = make_account("untiered", owner=cast.karl)
    return accounts


EXPECTED = {
    "due": "due", "soon": "soon", "fine": "fine", "never": "due", "none": "none",
    "agreed": "fine", "freed": "none", "untiered": "none",
}  # fmt: skip


def test_a_rhythm_is_the_tiers_until_another_is_agreed(book):
    rows = Account.objects.select_related("score")
    found = cadences_of(rows, DAY)
    assert {name: found[account.pk].standing.value for name, account in book.items()} == EXPECTED
    agreed = found[book["agreed"].pk]
    assert (agreed.every, agreed.is_agreed, agreed.note) == (60, True, "They travel")
    assert agreed.due_on == ago(20) + dt.timedelta(days=60)
    assert cadence_of(book["due"], DAY).every == 14


def test_any_number_of_accounts_takes_three_queries(book, django_assert_num_queries):
    rows = list(Account.objects.select_related("score"))
    with django_assert_num_queries(3):
        cadences_of(rows, DAY)
    assert cadences_of([], DAY) == {}


@pytest.mark.parametrize("standing", list(Standing))
def test_the_database_finds_the_same_accounts_as_the_rule(book, standing):
    wanted = {name for name, value in EXPECTED.items() if value == standing}
    rows = Account.objects.filter(condition(standing, DAY))
    assert set(rows.values_list("name", flat=True)) == wanted
    scores = AccountScore.objects.filter(condition(standing, DAY, account="account__"))
    assert set(scores.values_list("account__name", flat=True)) == wanted - {"untiered"}


def test_coverage_counts_accounts_with_a_target_met_within_it(cast, book):
    found = coverage_of(cast.karl, on=DAY)
    assert (found.covered, found.of, found.never, found.without) == (3, 5, 1, 3)
    assert found.share == 3 / 5
    nobody = coverage_of(cast.kim, on=DAY)
    assert (nobody.of, nobody.share) == (0, None)
    assert coverage_of(cast.dora, cast.kim, on=DAY).of == 0
    assert coverage_of(cast.dora, cast.karl, on=DAY) == found


def test_closed_accounts_are_not_asked_for(cast, book):
    Account.objects.filter(name="due").update(status="closed")
    assert coverage_of(cast.karl, on=DAY).of == 4


def test_a_person_has_a_rhythm_only_when_one_is_agreed(cast, book):
    account = book["fine"]
    anna, bob = (Contact.objects.create(name=name) for name in ("Anna", "Bob"))
    make_cadence(account, 7, contact=anna)
    Tie.objects.create(
        account=account, contact=anna, as_of=DAY, half_life=60, last_two_way_on=ago(8)
    )
    assert person_cadence(account, bob, DAY) is None
    found = person_cadence(account, anna, DAY)
    assert (found.standing, found.last_on, found.every) == (Standing.DUE, ago(8), 7)
    assert people_cadences([book["due"].pk], DAY) == []
    assert cadence_of(account, DAY).standing == Standing.FINE
