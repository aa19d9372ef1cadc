"""/kpi/by-manager/ and its file."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from common import formats
from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
URL, FILE = reverse("kpi:by_manager_page"), reverse("kpi:by_manager_export")
DAYS = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def cast():
    cast = make_cast()
    for owner, net in ((cast.karl, 100), (cast.kim, 300), (None, 7)):
        make_day(make_account(owner=owner), dt.date(2026, 3, 5), Decimal(net), cost=10)
    return cast


def test_a_director_reads_everybody_nobody_and_the_total(cast):
    text = without_tokens(signed_in(cast.dora).get(URL, DAYS))
    for words in (
        "Karl",
        "Kim",
        "Nobody",
        formats.money(Decimal(300), "EUR"),
        formats.money(Decimal(407), "EUR"),
        "Owner on the invoice date",
    ):
        assert words in text


def test_a_manager_reads_their_own_row(cast):
    text = without_tokens(signed_in(cast.karl).get(URL, DAYS))
    assert formats.money(Decimal(100), "EUR") in text
    sums = [formats.money(Decimal(net), "EUR") for net in (300, 407)]
    for hidden in ("Kim", "Total", *sums):
        assert hidden not in text


def test_names_lead_to_the_scorecards_a_reader_may_open(cast):
    links = {user: reverse("kpi:scorecard_page", args=[user.pk]) for user in (cast.karl, cast.kim)}
    shown = signed_in(cast.dora).get(URL, DAYS).content.decode()
    assert all(link in shown for link in links.values())
    shown = signed_in(cast.anna).get(URL, DAYS).content.decode()
    assert links[cast.karl] not in shown


def test_margin_is_closed_to_assistants(cast):
    for path in (URL, FILE):
        for reader, is_open in ((cast.karl, True), (cast.anna, False)):
            answer = signed_in(reader).get(path, DAYS)
            text = answer.getvalue().decode() if path == FILE else without_tokens(answer)
            assert "Karl" in text
            assert ("Margin" in text) == is_open


def test_the_file_holds_the_rows_of_the_page(cast):
    answer = signed_in(cast.dora).get(FILE, {**DAYS, "view": "last"})
    assert "by-manager-2026-03-01-2026-03-31-last.csv" in answer["Content-Disposition"]
    lines = answer.getvalue().decode().lstrip("\ufeff").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Kim", "Karl", "Nobody", "Total"]


@pytest.mark.parametrize("query", [{"period": "x"}, {"view": "x"}, {"first": "2026-03-01"}])
def test_a_period_or_view_that_is_none_is_a_bad_request_with_words(cast, query):
    answer = signed_in(cast.dora).get(URL, query)
    assert answer.status_code == 400
    assert "Choose a last day that is not before the first" in answer.content.decode()
    assert signed_in(cast.dora).get(reverse("kpi:by_manager_export"), query).status_code == 400


def test_assistants_are_not_led_to_a_page_they_have_not(cast):
    there = f'<li><a href="{reverse("kpi:portfolio_page")}">'
    assert there in signed_in(cast.karl).get(URL).content.decode()
    assert there not in signed_in(cast.anna).get(URL).content.decode()


def test_an_empty_period_says_so(cast):
    days = {"first": "2020-01-01", "last": "2020-01-31"}
    assert "No money in this period" in without_tokens(signed_in(cast.dora).get(URL, days))


@pytest.mark.parametrize("reader", ["rita", "adam", "ivan", "sam"])
def test_others_have_no_such_page(cast, reader):
    assert signed_in(getattr(cast, reader)).get(URL).status_code == 404
