"""/kpi/cohorts/ and its files."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db
URL = reverse("kpi:cohort_page")


@pytest.fixture
def cast():
    cast = make_cast()
    for owner in (cast.karl, cast.kim):
        make_day(make_account(owner=owner), DAY - dt.timedelta(days=500), Decimal(10))
    make_day(make_account(owner=cast.karl), DAY, Decimal(10))
    return cast


def test_a_manager_reads_their_own_customers(cast):
    text = without_tokens(signed_in(cast.karl).get(URL))
    assert "<b>2</b> customers with an order" in text
    assert "Q4 2024" in text and "Q1 2026" in text
    assert "Too early to tell how long customers stay" in text


def test_a_company_without_orders_is_told_what_to_do():
    text = without_tokens(signed_in(make_cast().dora).get(URL))
    assert "Import the ledger" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_cells_to_take_away(cast, kind):
    answer = signed_in(cast.dora).get(reverse("kpi:cohort_export", args=[kind]))
    assert f"cohorts-2026-03-31.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        lines = answer.getvalue().decode().splitlines()
        assert "Q4 2024,0,2,2,1.0,0" in lines


def test_no_other_kind_of_file(cast):
    address = reverse("kpi:cohort_export", args=["pdf"])
    assert signed_in(cast.dora).get(address).status_code == 404


@pytest.mark.parametrize("reader", ["anna", "rita", "adam", "ivan", "sam"])
def test_others_have_no_such_page(cast, reader):
    assert signed_in(getattr(cast, reader)).get(URL).status_code == 404


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    client = signed_in(cast.dora)
    client.get(URL)
    with django_assert_max_num_queries(15):
        client.get(URL)
    for number in range(6):
        make_day(make_account(), DAY - dt.timedelta(days=100 * number), Decimal(5))
    with django_assert_max_num_queries(15):
        client.get(URL)
