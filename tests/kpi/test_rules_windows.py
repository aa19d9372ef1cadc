from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules import windows

days = st.dates(date(2001, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "length"),
    [
        (date(2011, 11, 30), date(2010, 12, 1), 365),
        (date(2024, 2, 28), date(2023, 3, 1), 365),
        (date(2024, 2, 29), date(2023, 3, 1), 366),
        (date(2025, 2, 28), date(2024, 2, 29), 366),
        (date(2025, 3, 1), date(2024, 3, 2), 365),
    ],
)
def test_trailing_year_is_open_at_its_beginning(day, first, length):
    window = windows.trailing_year(day)
    assert window.first == first
    assert (window.until - window.after).days == length
    assert day in window
    assert window.after not in window


@given(days)
def test_the_two_years_meet_without_gap_or_overlap(day):
    assert windows.previous_year(day).until == windows.trailing_year(day).after
    assert windows.rhythm_window(day).after <= windows.previous_year(day).after


@given(days, st.integers(1, 60))
def test_windows_only_move_forward(day, step):
    later = windows.trailing_year(day + timedelta(days=step))
    assert later.after >= windows.trailing_year(day).after


@given(days)
def test_last_two_month_ends_are_two_neighbours_not_after_the_day(day):
    newest, earlier = windows.last_two_month_ends(day)
    assert earlier < newest <= day
    assert windows.month_ends(earlier, newest) == [earlier, newest]
    assert windows.month_ends(newest + timedelta(days=1), day) == []


@given(days)
def test_first_full_year_is_the_earliest_day_with_a_whole_year(first_day):
    day = windows.first_full_year(first_day)
    assert windows.trailing_year(day).first >= first_day
    assert windows.trailing_year(day - timedelta(days=1)).first < first_day


def test_first_full_year_of_a_ledger_from_december_ends_in_november():
    assert windows.first_full_year(date(2010, 12, 1)) == date(2011, 11, 30)


def test_margin_counts_only_lines_whose_cost_is_known():
    net, cost, uncosted = np.array([100, 50]), np.array([60, 0]), np.array([0, 50])
    assert windows.margin(net, cost, uncosted).tolist() == [40, 0]


spans = st.tuples(days, st.integers(1, 800)).map(
    lambda pair: windows.Window(pair[0], pair[0] + timedelta(days=pair[1]))
)


@given(spans, spans)
def test_adding_and_taking_off_turns_one_window_into_another(old, new):
    held = dict.fromkeys(inside(old), 1)
    for sign, part in windows.moved(old, new):
        for day in inside(part):
            held[day] = held.get(day, 0) + sign
    assert {day for day, times in held.items() if times} == set(inside(new))
    assert set(held.values()) <= {0, 1}


def inside(window):
    length = (window.until - window.after).days
    return [window.after + timedelta(days=number) for number in range(1, length + 1)]


@pytest.mark.parametrize(
    ("day", "first", "first_before", "last_before"),
    [
        (date(2026, 3, 31), date(2026, 1, 1), date(2025, 1, 1), date(2025, 3, 31)),
        (date(2026, 5, 31), date(2026, 3, 1), date(2025, 3, 1), date(2025, 5, 31)),
        (date(2024, 2, 29), date(2023, 11, 30), date(2022, 11, 30), date(2023, 2, 28)),
        (date(2026, 1, 15), date(2025, 10, 16), date(2024, 10, 16), date(2025, 1, 15)),
    ],
)
def test_a_quarter_and_the_same_a_year_before(day, first, first_before, last_before):
    before = windows.quarter_a_year_before(day)
    assert windows.trailing_quarter(day).first == first
    assert (before.first, before.until) == (first_before, last_before)


@given(days, st.integers(1, 60))
def test_quarters_only_move_forward(day, step):
    later = day + timedelta(days=step)
    for window in (windows.trailing_quarter, windows.quarter_a_year_before):
        assert window(later).after >= window(day).after
        assert window(later).until >= window(day).until
