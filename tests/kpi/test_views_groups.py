"""/kpi/groups/ and its files."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from kpi.commands import recompute
from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db
URL = reverse("kpi:group_page")


def make_buyer(name, net, owner=None):
    account = make_account(name, owner=owner)
    for quarter in range(8):
        make_day(account, DAY - dt.timedelta(days=20 + 91 * quarter), Decimal(net))


@pytest.fixture
def cast():
    cast = make_cast()
    make_buyer("Northwind", 300, cast.karl)
    make_buyer("Southgate", 100, cast.kim)
    make_day(make_account("Newcomer", owner=cast.kim), DAY, Decimal(3))
    recompute(as_of=DAY)
    return cast


def test_a_director_reads_everybody_and_a_manager_their_own(cast):
    text = without_tokens(signed_in(cast.dora).get(URL))
    for words in ("Northwind", "Southgate", "Newcomer", "too early to tell", "at least 25"):
        assert words in text
    own = without_tokens(signed_in(cast.karl).get(URL))
    assert "Northwind" in own and "Southgate" not in own


def test_a_cell_leads_to_its_customers(cast):
    client = signed_in(cast.dora)
    text = without_tokens(client.get(URL, {"xyz": "none"}))
    assert "Newcomer" in text and "Northwind" not in text
    text = without_tokens(client.get(URL, {"tier": "A", "xyz": "X"}))
    assert "Northwind" in text and "Newcomer" not in text


def test_a_long_list_turns_its_pages_and_keeps_what_was_asked(cast):
    for number in range(30):
        make_buyer(f"Firm {number:02}", 5)
    recompute(as_of=DAY)
    client = signed_in(cast.dora)
    text = without_tokens(client.get(URL, {"xyz": "X"}))
    assert "1–25 of 32" in text and "xyz=X&amp;page=2" in text
    assert "Northwind" in text and "Firm 29" not in text
    text = without_tokens(client.get(URL, {"xyz": "X", "page": "2"}))
    assert "26–32 of 32" in text and "Northwind" not in text


def test_an_unknown_group_is_empty_with_words(cast):
    assert "No customer is in this group" in without_tokens(
        signed_in(cast.dora).get(URL, {"tier": "Q"})
    )


def test_a_company_without_a_night_is_told_what_is_missing():
    assert "No customers with revenue yet" in without_tokens(signed_in(make_cast().dora).get(URL))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_groups_to_take_away(cast, kind):
    answer = signed_in(cast.kim).get(reverse("kpi:group_export", args=[kind]))
    assert f"groups-2026-03-31.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        text = answer.getvalue().decode()
        assert "Southgate,Kim," in text and "Northwind" not in text


def test_no_other_kind_of_file(cast):
    assert signed_in(cast.dora).get(reverse("kpi:group_export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("reader", ["anna", "rita", "adam", "ivan", "sam"])
def test_others_have_no_such_page(cast, reader):
    assert signed_in(getattr(cast, reader)).get(URL).status_code == 404


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    client = signed_in(cast.dora)
    client.get(URL)
    with django_assert_max_num_queries(14):
        client.get(URL)
    for number in range(6):
        make_buyer(f"Firm {number}", 5)
    recompute(as_of=DAY)
    with django_assert_max_num_queries(14):
        client.get(URL)
