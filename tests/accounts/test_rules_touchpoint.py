import datetime as dt

import pytest

from accounts.rules.touchpoint import is_possible, late_hours

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "minutes", "late"), [(0, None, 0), (23, None, 0), (24, None, 24), (25, 120, 0),
                                   (26, 120, 24), (-3, None, 0)]
)  # fmt: skip
def test_late_is_counted_from_the_end_and_only_from_the_agreed_hour(hours, minutes, late):
    assert late_hours(AT, minutes, AT + hours * HOUR, 24) == late


def test_what_took_place_lies_behind_us_by_any_honest_clock():
    assert is_possible(AT, "done", AT - dt.timedelta(minutes=10))
    assert not is_possible(AT, "done", AT - HOUR)
    assert is_possible(AT, "planned", AT - 1000 * HOUR)
    assert not is_possible(AT.replace(year=1), "done", AT)
