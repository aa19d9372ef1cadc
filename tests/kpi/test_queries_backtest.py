import datetime as dt

import numpy as np
import pytest

from kpi.queries import backtest as query
from kpi.queries.backtest import Span, judged, quarter_ends, tried
from kpi.rules import chance as rules
from kpi.rules.chance import Orders
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.histories import FIRST, LAST, no_signal, signal, write

QUARTER = dt.date(2025, 12, 31)


def until(orders: Orders, day: dt.date) -> Orders:
    kept = orders.day <= day.toordinal()
    return Orders(orders.account[kept], orders.day[kept], orders.size)


def test_quarters_that_lie_whole_in_the_ledger():
    assert quarter_ends(dt.date(2025, 1, 1), dt.date(2025, 9, 30)) == [
        dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 30),
    ]  # fmt: skip
    assert quarter_ends(dt.date(2025, 1, 2), dt.date(2025, 9, 29)) == [dt.date(2025, 6, 30)]


def test_only_quarters_whose_outcome_is_known_are_tried():
    assert Span(FIRST, QUARTER).quarters(90)[-1] == dt.date(2025, 9, 30)
    assert Span(FIRST, QUARTER - dt.timedelta(days=4)).quarters(90)[-1] == dt.date(2025, 6, 30)


def test_a_history_with_signal_is_told_and_one_without_is_not():
    held = Span(FIRST, QUARTER)
    assert judged(signal(), held, QUARTER, 90).gate.reason == rules.SHOWN
    silent = judged(no_signal(), held, QUARTER, 90).gate
    assert (silent.shown, silent.reason) == (None, rules.NO_SIGNAL)


def test_nothing_later_than_the_day_changes_what_is_told():
    orders, held = signal(), Span(FIRST, QUARTER)
    assert judged(orders, held, QUARTER, 90) == judged(until(orders, QUARTER), held, QUARTER, 90)


def test_a_forecast_knows_only_earlier_outcomes():
    """Its chances stay the same when all that follows its day is wiped out."""
    orders, day = signal(), dt.date(2025, 6, 30)
    earlier = [rules.past(orders, dt.date(2025, 3, 31).toordinal(), 90)]
    known, blind = (tried(book, day, 90, earlier).chances for book in (orders, until(orders, day)))
    assert set(known) == {rules.BG_NBD, rules.LOGISTIC, rules.RECENCY}
    assert all(np.array_equal(known[name], blind[name]) for name in known)


def test_one_past_quarter_is_too_few():
    report = judged(signal(), Span(FIRST, dt.date(2024, 7, 1)), dt.date(2024, 7, 1), 90)
    assert (len(report.trials), report.gate.reason) == (1, rules.SHORT)


def test_tenths_hold_all_account_dates_that_are_told():
    report = judged(signal(), Span(FIRST, QUARTER), QUARTER, 90)
    for name in rules.TELLING:
        told = sum(trial.told[name].n for trial in report.trials)
        assert sum(count for count, _told, _happened in report.deciles[name]) == told


@pytest.mark.django_db
def test_the_book_in_the_database_says_the_same():
    orders = signal()
    write(orders)
    report, trial = query.against_what_happened(QUARTER, 90)
    assert report == judged(orders, Span(FIRST, QUARTER), QUARTER, 90)
    assert trial is not None and trial.everybody[rules.BG_NBD].auc > 0.7
    assert query.backtest(QUARTER) == report


@pytest.mark.django_db
def test_what_has_not_happened_yet_is_not_judged():
    write(signal(220))
    _report, trial = query.against_what_happened(LAST - dt.timedelta(days=20), 90)
    assert trial is None


@pytest.mark.django_db
@pytest.mark.parametrize("as_of", [dt.date(2020, 1, 1), QUARTER])
def test_a_day_before_the_ledger_and_an_empty_ledger_are_too_short(as_of):
    assert query.backtest(QUARTER).gate.reason == rules.SHORT
    make_day(make_account(), dt.date(2025, 12, 1), 5)
    assert query.backtest(as_of).gate.reason == rules.SHORT
