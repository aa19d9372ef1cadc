"""/kpi/forecast/"""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import formats
from common.models import Job
from kpi.commands.backtest import keep_backtest
from kpi.models import Backtest
from kpi.rules import chance as rules
from tests.cast import make_account, signed_in, without_tokens
from tests.kpi.facts import make_day
from tests.kpi.histories import LAST, no_signal, signal, write

pytestmark = pytest.mark.django_db
URL, TRY = reverse("kpi:forecast_page"), reverse("kpi:forecast_try")

SEPTEMBER = dt.date(2025, 9, 30)


@pytest.fixture
def tried(cast) -> Backtest:
    write(signal(260))
    return keep_backtest(day=LAST)


def test_a_director_reads_the_verdict_and_every_model_with_its_numbers(cast, tried):
    text = without_tokens(signed_in(cast.dora).get(URL))
    assert "Your order history predicts who orders" in text
    for words in (
        "BG/NBD",
        "Silence, number of orders and age",
        "own rhythm",
        formats.day(SEPTEMBER),
    ):
        assert words in text
    figures = tried.report["trials"][-1]["told"][tried.shown]
    assert f"{figures['right']} of {figures['alarms']}" in text
    assert "calibration-data" in text


def test_without_a_signal_the_page_says_so(cast):
    write(no_signal(260))
    keep_backtest(day=LAST)
    text = without_tokens(signed_in(cast.dora).get(URL))
    assert "does not predict lost accounts better than the average" in text
    assert not re.search(r"k-state-pos[^>]*>\s*shown", text)
    assert "calibration-data" not in text  # shares that were forecast are chances too


def test_a_short_history_says_what_is_missing(cast):
    make_day(make_account(), LAST, 10)
    keep_backtest(day=LAST)
    text = without_tokens(signed_in(cast.dora).get(URL))
    assert "Too early to tell" in text
    assert "calibration-data" not in text


def test_before_the_first_trial_it_says_what_it_is_for(cast):
    assert "has not been tried yet" in without_tokens(signed_in(cast.dora).get(URL))


def test_a_director_tries_it_again(cast, tried, run_jobs):
    Backtest.objects.update(reason=rules.SHORT, shown="")
    answer = signed_in(cast.dora).post(TRY)
    assert (answer.status_code, answer.url) == (302, URL)
    assert "Being tried now" in without_tokens(signed_in(cast.dora).get(URL))
    run_jobs()
    assert Job.objects.get(key="backtest").is_finished


def test_as_many_queries_for_one_quarter_as_for_two(cast, tried, django_assert_num_queries):
    client = signed_in(cast.dora)
    client.get(URL)
    with CaptureQueriesContext(connection) as two:
        client.get(URL)
    tried.report["trials"] = tried.report["trials"][:1]
    tried.save()
    with django_assert_num_queries(len(two)):
        client.get(URL)


@pytest.mark.parametrize("reader", ["karl", "lena", "anna", "rita", "ivan", "adam", "sam"])
def test_others_have_no_such_page(cast, reader):
    client = signed_in(getattr(cast, reader))
    assert client.get(URL).status_code == client.post(TRY).status_code == 404
    assert not Job.objects.exists()


def test_a_visitor_signs_in_first(client, cast):
    for answer in (client.get(URL), client.post(TRY)):
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
    assert not Job.objects.exists()
