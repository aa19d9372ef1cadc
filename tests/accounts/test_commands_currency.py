import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.currency import change_currency
from accounts.models import AccountDay, Rate
from common.errors import RuleBroken
from people.models import Company
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def test_before_there_is_a_ledger_a_director_changes_the_currency(reader):
    client = reader(make_cast().dora)
    assert client.post("/settings/currency/", {"currency": "SEK"}).status_code == 302
    assert Company.current().currency == "SEK"


def test_with_a_ledger_it_stays(reader):
    cast = make_cast()
    AccountDay.objects.create(account=make_account(), day=DAY, net=Decimal(1), lines=1)
    with pytest.raises(RuleBroken):
        change_currency(actor=cast.dora, currency="SEK")
    page = reader(cast.dora).post("/settings/currency/", {"currency": "SEK"})
    assert "Undo its imports first." in page.content.decode()
    assert Company.current().currency == "EUR"


def test_with_rates_into_it_it_stays():
    cast = make_cast()
    Rate.objects.create(currency="USD", day=DAY, rate=Decimal("0.9"))
    with pytest.raises(RuleBroken):
        change_currency(actor=cast.dora, currency="SEK")


@pytest.mark.parametrize("who", ["adam", "karl", "sam"])
def test_others_neither_see_nor_change_it(reader, who):
    user = getattr(make_cast(), who)
    assert reader(user).post("/settings/currency/", {"currency": "SEK"}).status_code == 404
    with pytest.raises(RuleBroken):
        change_currency(actor=user, currency="SEK")
    assert Company.current().currency == "EUR"
