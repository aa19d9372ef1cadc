import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from kpi.rules import chance as rules
from kpi.rules import rhythm
from kpi.rules.chance import Figures, Orders, Trial
from tests.kpi.histories import signal

DAY = dt.date(2026, 3, 31).toordinal()


def orders(*silences: tuple[int, ...]) -> Orders:
    """Accounts by how many days before DAY they ordered; negative: after it."""
    pairs = sorted((at, DAY - ago) for at, days in enumerate(silences) for ago in days)
    account, day = np.array(pairs).T
    return Orders(account, day, len(silences))


def test_a_look_knows_nothing_of_later_days():
    look = orders((30, 10, -5), (-1,), (0,)).look(DAY)
    assert look.orders.tolist() == [2, 0, 1]
    assert look.silent.tolist() == [10, 0, 0]
    assert (DAY - look.first).tolist() == [30, 0, 0]
    assert look.active.tolist() == [True, False, True]


def test_order_days_count_for_36_months_and_the_first_ever_is_no_repetition():
    long = 3 * 365 + 1  # 2024 was a leap year: the last day outside
    look = orders((long + 400, long - 1, 20, 3), (50, 20, 3)).look(DAY)
    assert look.orders.tolist() == [3, 3]
    assert look.repeats.tolist() == [3, 2]
    assert (DAY - look.start).tolist() == [long, 50]


@pytest.mark.parametrize(
    ("silences", "told"),
    [((9, 5, 1), True), ((5, 1), False), ((900, 800, 364), True), ((900, 800, 365), False)],
)
def test_a_chance_is_told_of_three_orders_and_more_with_one_in_the_year(silences, told):
    assert orders(silences).look(DAY).told.tolist() == [told]


def test_the_horizon_begins_the_day_after_and_ends_with_its_last_day():
    book = orders((0,), (9, -1), (9, -90), (9, -91))
    assert book.ordered(DAY, 90).tolist() == [False, True, True, False]


def test_the_own_rhythm_is_that_of_the_night():
    book = orders((70, 60, 45, 20), (90, 30, 5), (8,))
    logs, squares = rhythm.log_units(np.array([10, 15, 25, 60, 25]))
    sums = [np.array([part[:3].sum(), part[3:].sum(), 0]) for part in (logs, squares)]
    count = np.array([3, 2, 0])
    night = rhythm.rhythms(rhythm.fit(count, *sums), count, sums[0])
    expected = rhythm.silence_probability(night, np.array([20, 5, 8]))
    assert np.array_equal(book.silence(book.look(DAY)), expected, equal_nan=True)


def test_models_learn_only_where_history_allows():
    small = signal(60)
    assert rules.trained(small.look(DAY), []) == {}
    assert set(rules.trained(signal(300).look(DAY), [])) == {rules.BG_NBD}
    known = [rules.past(small, DAY - 90, 90)]
    assert set(rules.trained(small.look(DAY), known)) == {rules.LOGISTIC, rules.RECENCY}


@pytest.mark.parametrize("name", rules.TELLING)
def test_what_was_learnt_tells_chances_that_fall_with_silence(name):
    book = signal(300)
    learnt = rules.trained(book.look(DAY), [rules.past(book, DAY - 90, 90)])[name]
    look = orders((400, 300, 200, 100, 5), (400, 300, 200, 100, 80)).look(DAY)
    near, far = rules.chance(name, learnt, look, 90)
    assert 0 < far < near < 1


def figures(skill: float = 0.1, auc: float = 0.7, brier: float = 0.2, n: int = 500) -> Figures:
    return Figures(n=n, lost=100, auc=auc, brier=brier, brier_skill=skill)


def trials(**of: Figures) -> list[Trial]:
    return [Trial(DAY, of, of), Trial(DAY + 91, of, of)]


@pytest.mark.parametrize(
    ("tried", "dates", "lost", "reason"),
    [
        (trials(bg_nbd=figures()), 300, 50, rules.SHOWN),
        (trials(bg_nbd=figures())[:1], 300, 50, rules.SHORT),
        ([], 0, 0, rules.SHORT),
        (trials(bg_nbd=figures()), 299, 50, rules.FEW),
        (trials(bg_nbd=figures()), 300, 49, rules.FEW),
        (trials(bg_nbd=figures(skill=0.0)), 300, 50, rules.NO_SIGNAL),
        (trials(bg_nbd=figures(auc=0.5999)), 300, 50, rules.NO_SIGNAL),
        (trials(bg_nbd=Figures(n=9)), 300, 50, rules.NO_SIGNAL),
        (trials(recency=figures(), own_rhythm=figures()), 300, 50, rules.NO_SIGNAL),
    ],
)
def test_the_gate(tried, dates, lost, reason):
    found = rules.gate(tried, dates, lost)
    assert found.reason == reason
    assert (found.shown is not None) == (reason == rules.SHOWN)


def test_one_quarter_without_signal_shuts_the_gate():
    good, bad = trials(bg_nbd=figures())[0], trials(bg_nbd=figures(skill=-0.01))[0]
    assert rules.gate([good, bad], 900, 90).shown is None


def test_a_signal_among_novices_alone_shuts_the_gate():
    """To tell one-time buyers from regulars is no help to those the chance is told for."""
    good = trials(bg_nbd=figures())
    among = [replace(one, told={"bg_nbd": figures(skill=-0.03)}) for one in good]
    assert rules.gate(among, 900, 90).shown is None


def test_the_better_brier_wins_each_account_date_alike():
    first = Trial(DAY, {}, {"bg_nbd": figures(brier=0.1, n=100), "logistic": figures(brier=0.2)})
    last = Trial(DAY, {}, {"bg_nbd": figures(brier=0.2, n=900), "logistic": figures(brier=0.16)})
    both = [replace(one, everybody=one.told) for one in (first, last)]
    assert rules.told_brier(both, "bg_nbd") == pytest.approx(0.19)
    assert rules.gate(both, 900, 90).shown == "logistic"


def test_the_alarm_of_a_chance_is_one_below_a_half():
    found = rules.chance_figures(np.array([0.49, 0.5, 0.2]), np.array([False, True, True]))
    assert (found.n, found.lost, found.alarms, found.right) == (3, 1, 2, 1)


def test_the_alarm_of_the_rhythm_is_red_and_leaves_out_who_has_none():
    silence = np.array([0.049, 0.05, np.nan])
    found = rules.rhythm_figures(silence, np.array([False, True, False]))
    assert (found.n, found.lost, found.alarms, found.right) == (2, 1, 1, 1)
    assert (found.auc, found.brier) == (1.0, None)
