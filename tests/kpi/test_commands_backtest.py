import datetime as dt

import pytest

from common.errors import RuleBroken
from common.models import Job
from kpi.commands import backtest as commands
from kpi.models import Backtest
from kpi.rules import chance as rules
from people.models import Event
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.histories import LAST, signal, write

pytestmark = pytest.mark.django_db
QUARTER = dt.date(2025, 12, 31)


def test_it_is_kept_once_a_quarter_with_what_was_tried_and_learnt():
    write(signal())
    made = commands.keep_backtest(day=LAST)
    made.refresh_from_db()
    assert (made.as_of, made.reason, made.horizon) == (QUARTER, rules.SHOWN, 90)
    assert made.shown in rules.TELLING
    assert set(made.learnt) == {rules.BG_NBD, rules.LOGISTIC, rules.RECENCY}
    assert [one["day"] for one in made.report["trials"]] == ["2025-06-30", "2025-09-30"]
    first = made.made_at
    assert commands.keep_backtest(day=LAST).made_at == first
    assert commands.keep_backtest(day=LAST, again=True).made_at > first
    assert Backtest.objects.count() == 1


def test_the_next_quarter_has_a_row_of_its_own():
    make_day(make_account(), dt.date(2025, 1, 1), 10)
    commands.keep_backtest(day=LAST)
    commands.keep_backtest(day=LAST + dt.timedelta(days=1))
    assert list(Backtest.objects.values_list("as_of", flat=True)) == [LAST, QUARTER]


def test_an_older_ledger_that_comes_in_is_tried_again():
    account = make_account()
    make_day(account, dt.date(2025, 11, 1), 10)
    assert commands.keep_backtest(day=LAST).first_day == dt.date(2025, 11, 1)
    make_day(account, dt.date(2024, 11, 1), 10)
    assert commands.keep_backtest(day=LAST).first_day == dt.date(2024, 11, 1)


def test_a_director_tries_again(cast):
    job = commands.try_again(actor=cast.dora)
    assert commands.try_again(actor=cast.dora) == job
    assert job.name == "kpi.jobs.backtest"
    assert Event.objects.filter(verb="backtest.asked", actor=cast.dora).exists()


def test_others_do_not(cast):
    for person in (cast.karl, cast.lena, cast.anna, cast.adam):
        with pytest.raises(RuleBroken, match="Only a sales director"):
            commands.try_again(actor=person)
    assert not Job.objects.exists()
    assert not Event.objects.filter(verb="backtest.asked").exists()
