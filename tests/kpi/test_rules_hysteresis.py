from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.rules.hysteresis import remembered_month_ends, tier_in_force

N, C, B, A = range(4)


def counted(month_ends: list[int], today: int) -> int:
    """The rule as people say it: per cut, up at once, down after two month-ends below it."""
    held = dict.fromkeys((C, B, A), False)
    weak = dict.fromkeys((C, B, A), 0)
    for level in month_ends:
        for cut in held:
            weak[cut] = 0 if level >= cut else weak[cut] + 1
            held[cut] = level >= cut or (held[cut] and weak[cut] < 2)
    return max([today, *(cut for cut in held if held[cut])])


def in_force(month_ends: list[int], today: int) -> int:
    remembered = [np.array([level], dtype=np.int8) for level in month_ends[-2:]]
    return int(tier_in_force(np.array([today], dtype=np.int8), *remembered)[0])


@given(st.lists(st.integers(N, A), max_size=12), st.integers(N, A))
def test_two_month_ends_say_as_much_as_the_whole_history(month_ends, today):
    assert in_force(month_ends, today) == counted(month_ends, today)


def test_one_weak_month_end_changes_nothing():
    assert in_force([A, A, B], today=B) == A


def test_two_weak_month_ends_bring_it_down():
    assert in_force([A, B, B], today=B) == B


def test_it_falls_no_further_than_the_better_of_the_two():
    assert in_force([A, C, B], today=C) == B


def test_a_rise_counts_at_once():
    assert in_force([C, C], today=A) == A


def test_history_begins_with_the_first_full_year():
    first_day = date(2010, 12, 1)
    assert remembered_month_ends(date(2011, 11, 29), first_day) == []
    assert remembered_month_ends(date(2011, 11, 30), first_day) == [date(2011, 11, 30)]
    assert remembered_month_ends(date(2012, 1, 15), first_day) == [
        date(2011, 12, 31),
        date(2011, 11, 30),
    ]


def test_an_empty_ledger_remembers_nothing():
    assert remembered_month_ends(date(2011, 11, 29), None) == []
