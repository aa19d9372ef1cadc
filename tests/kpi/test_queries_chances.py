import datetime as dt

import numpy as np
import pytest

from accounts.models import AccountScore
from kpi.commands import recompute
from kpi.models import Backtest
from kpi.queries import chances
from kpi.queries import state as states
from kpi.queries.chances import UNTOLD, Told
from kpi.rules import chance as rules
from tests.cast import make_account
from tests.kpi.facts import DAY, make_day

FIT = {"r": 0.8, "alpha": 6.0, "a": 1.0, "b": 4.0, "log_likelihood": 0.0, "accounts": 300}
TOLD = Told(rules.BG_NBD, {rules.BG_NBD: FIT})


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (dt.date(2026, 3, 31), dt.date(2025, 12, 31)),
        (dt.date(2026, 4, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 1, 15), dt.date(2025, 12, 31)),
    ],
)
def test_a_quarter_is_over_on_the_day_after_it(day, end):
    assert chances.quarter_before(day) == end


def test_whole_percent_half_up():
    found = chances.whole_percent(np.array([0.115, 0.1149999, np.nan, 0.996, 0.0]))
    assert found.tolist() == [12, 11, UNTOLD, 100, 0]


def book() -> None:
    for silences in ((300, 200, 100), (300, 200), (900, 800, 700), (90, 60, 30, 2)):
        account = make_account()
        for ago in silences:
            make_day(account, DAY - dt.timedelta(days=ago), 10)
    child = make_account(parent=account, rolls_up=True)
    make_day(child, DAY - dt.timedelta(days=1), 10)


@pytest.mark.django_db
def test_the_look_of_the_scores_is_that_of_the_daily_facts():
    book()
    recompute(as_of=DAY)
    found = chances.scores(DAY)
    state = states.empty_state()
    states.rebuild(state, DAY)
    same = chances.state_look(state)
    assert np.array_equal(TOLD.chances(found.look), TOLD.chances(same), equal_nan=True)
    assert found.look.told.tolist() == [True, False, False, True, False]
    assert found.look.repeats[3] == 4
    assert set(found.percent.tolist()) == {UNTOLD}


@pytest.mark.django_db
def test_a_shut_gate_tells_none():
    book()
    recompute(as_of=DAY)
    found = Told("", {rules.BG_NBD: FIT}).chances(chances.scores(DAY).look)
    assert np.isnan(found).all()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "current"),
    [
        ({}, True),
        ({"rule_version": "older"}, False),
        ({"first_day": dt.date(2019, 1, 1)}, False),
        ({"known_until": dt.date(2025, 12, 30)}, False),
        ({"as_of": dt.date(2025, 9, 30), "known_until": dt.date(2025, 9, 30)}, False),
    ],
)
def test_a_kept_back_test_serves_until_the_ledger_outgrows_it(changed, current):
    account = make_account()
    make_day(account, dt.date(2025, 1, 1), 10)
    make_day(account, DAY, 10)
    fields = {
        "as_of": dt.date(2025, 12, 31), "known_until": dt.date(2025, 12, 31), "horizon": 90,
        "first_day": dt.date(2025, 1, 1), "reason": rules.SHORT, "rule_version": rules.VERSION,
    }  # fmt: skip
    Backtest.objects.create(**{**fields, **changed})
    assert (chances.kept(DAY) is not None) == current


@pytest.mark.django_db
def test_a_book_without_scores():
    assert len(chances.scores(DAY).ids) == 0
    assert not AccountScore.objects.exists()
