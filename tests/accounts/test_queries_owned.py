"""What every manager carries, reckoned in columns, is what is told of each account by account."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.choices import CoverState, Tier
from accounts.models import Account, AccountScore, Assignment, CareSettings, Cover
from accounts.queries.dependence import revenues
from accounts.queries.load import loads
from accounts.queries.owned import Book, Owned, book, carried, owned_on
from people.models import Absence
from tests.cast import make_account
from tests.field import make_contact, make_relationship

DAY = dt.date(2026, 5, 20)


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days=days)


def drawn_account(draw: random.Random, people: list, known: list) -> Account:
    """In whatever state an account may be: scored or not, closed, handed on, part of another."""
    owner = draw.choice(people)
    account = make_account(owner=owner, status=draw.choice(("active", "active", "closed")))
    for _ in range(draw.randrange(4)):
        make_relationship(account, on=ago(draw.choice((3, 364, 365, 400))))
    for _ in range(draw.randrange(3)):
        make_contact(account, valid_from=ago(draw.choice((-1, 1, 89, 90))))
    if draw.random() < 0.3:
        handed_on = ago(draw.choice((5, 30, 200)))
        Assignment.objects.filter(account=account).update(valid_to=handed_on)
        Assignment.objects.create(
            account=account, user=draw.choice(people), role="owner", valid_from=handed_on
        )
    if draw.random() < 0.1:
        Assignment.objects.filter(account=account).update(expires_at=timezone.now())
    if draw.random() < 0.8:
        AccountScore.objects.create(
            account=account, as_of=DAY, tier=draw.choice(list(Tier)), is_key=draw.random() < 0.3,
            counts_with=draw.choice([None, None, *known]), own_revenue=Decimal(draw.randrange(99)),
        )  # fmt: skip
    return account


def drawn_book(seed: int, people: list) -> None:
    draw, accounts = random.Random(seed), []
    for _ in range(12):
        accounts.append(drawn_account(draw, people, accounts))
    for absorbed in draw.sample(accounts[6:], 2):
        absorbed.merged_into = draw.choice(accounts[:6])
        absorbed.save()
    absence = Absence.objects.create(
        user=people[0], kind="holiday", valid_from=DAY - dt.timedelta(9), valid_to=DAY
    )
    for account in draw.sample(accounts, 3):
        Cover.objects.create(
            absence=absence, account=account, substitute=people[1], state=CoverState.AGREED
        )


@pytest.mark.parametrize("seed", range(6))
def test_columns_tell_what_is_told_account_by_account(cast, seed):
    people = [cast.karl, cast.kim, cast.lena]
    CareSettings.objects.create(
        pk=1, hours_by_tier={"A": 4, "B": 1.7}, fixed_by_tier={"A": 6, "C": 0.3}
    )
    drawn_book(seed, people)
    ids = [one.pk for one in people]
    found, expected = carried(ids, owned_on(DAY), book(), DAY), loads(ids, DAY)
    for pk in ids:
        one, other = found[pk], expected[pk]
        assert one.load.hours == pytest.approx(other.load.hours, abs=1e-9)
        assert one.load.capacity == other.load.capacity
        counts = (other.key, other.regular, other.relationships)
        assert (one.key, one.regular, one.relationships) == counts
    left = book()
    money = dict(zip(left.account.tolist(), left.revenue.tolist(), strict=True))
    assert revenues().items() <= money.items()
    assert sum(money.values()) == sum(revenues().values())


def test_a_survivor_that_no_night_has_scored_has_the_money_of_what_it_took_in(db):
    survivor, absorbed = make_account(), make_account()
    absorbed.merged_into = survivor
    absorbed.save()
    AccountScore.objects.create(account=absorbed, as_of=DAY, own_revenue=Decimal(20))
    left = book()
    assert dict(zip(left.account.tolist(), left.revenue.tolist(), strict=True)) == {
        survivor.pk: 200_000, absorbed.pk: 0
    }  # fmt: skip


def test_an_empty_book_is_owned_by_nobody(cast):
    owned, left = owned_on(DAY), book()
    assert isinstance(owned, Owned) and isinstance(left, Book)
    found = carried([cast.karl.pk], owned, left, DAY)[cast.karl.pk]
    assert (found.load.hours, found.key, found.regular) == (0, 0, 0)
