"""/kpi/losses/ and its files."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from common import formats
from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db
URL = reverse("kpi:loss_page")
BASE = DAY - dt.timedelta(days=500)


def make_lost(name, net, owner=None):
    make_day(make_account(name, owner=owner), BASE, Decimal(net))


@pytest.fixture
def cast():
    cast = make_cast()
    make_lost("Northwind", 300, cast.karl)
    make_lost("Southgate", 100, cast.kim)
    make_day(make_account(owner=cast.karl), DAY, Decimal(10))
    return cast


def test_a_director_reads_all_losses_and_that_nobody_said_why(cast):
    text = without_tokens(signed_in(cast.dora).get(URL))
    for words in ("Northwind", "Southgate", "0 of 2", "not recorded yet", "No reason recorded"):
        assert words in text
    assert formats.money_short(Decimal(400), "EUR") in text


def test_a_manager_reads_their_own(cast):
    text = without_tokens(signed_in(cast.karl).get(URL))
    assert "Northwind" in text and "Southgate" not in text
    assert formats.money_short(Decimal(400), "EUR") not in text


def test_a_company_without_a_past_is_told_when_it_shows_something():
    text = without_tokens(signed_in(make_cast().dora).get(URL))
    assert "Losses show once customers bought in one year" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_losses_to_take_away(cast, kind):
    answer = signed_in(cast.kim).get(reverse("kpi:loss_export", args=[kind]))
    assert f"losses-2026-03-31.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        text = answer.getvalue().decode()
        assert "Southgate,Kim,,100,1.0" in text and "Northwind" not in text


def test_no_other_kind_of_file(cast):
    assert signed_in(cast.dora).get(reverse("kpi:loss_export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("reader", ["anna", "rita", "adam", "ivan", "sam"])
def test_others_have_no_such_page(cast, reader):
    assert signed_in(getattr(cast, reader)).get(URL).status_code == 404


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    client = signed_in(cast.dora)
    client.get(URL)
    with django_assert_max_num_queries(23):
        client.get(URL)
    for number in range(6):
        make_lost(f"Gone {number}", 5, cast.karl)
    with django_assert_max_num_queries(23):
        client.get(URL)
