"""A book that is summed slice by slice has the sums of one that is summed at once."""

import pytest

from accounts.models import Account
from common import dbops
from kpi.queries.periods import slices
from kpi.queries.periods.kept import wholes
from tests.cast import make_account
from tests.kpi.facts import DAY, days
from tests.kpi.purchases import Purchases

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> list[Account]:
    accounts, shop = [make_account() for _ in range(5)], Purchases()
    for number, account in enumerate(accounts[:4]):
        for back in (number, 40 + 7 * number, 200, 400 - 9 * number, 800):
            shop.buy(account, DAY - days(str(back)), 10 + number + back, f"line-{back % 3}")
    shop.roll_up()
    return accounts


def tables(*wanted) -> list[tuple]:
    return [(one.day, one.money.tolist(), one.lines.tolist()) for one in wholes(wanted)]


def test_slices_have_the_sums_of_the_whole(book, monkeypatch):
    wanted = (DAY, DAY - days("45"), DAY - days("365"))
    whole = tables(*wanted)
    assert len(slices.slices()) == 1
    monkeypatch.setattr(slices, "MONTHS", 7)
    assert len(slices.slices()) > 2
    assert tables(*wanted) == whole
    assert [len(money) for _day, money, _lines in whole] == [4, 4, 4]


def test_every_account_lies_in_one_slice(book, monkeypatch):
    monkeypatch.setattr(slices, "MONTHS", 1)
    found = [
        dbops.read_ints(["id"], f"FROM accounts_account WHERE {condition}", params)[:, 0].tolist()
        for condition, params in (
            (condition.replace("account_id", "id"), params) for condition, params in slices.slices()
        )
    ]
    assert sum(found, []) == sorted(account.pk for account in book)
