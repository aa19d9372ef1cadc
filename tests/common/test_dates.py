import datetime as dt

import pytest

from common.dates import is_month_end, month_end, year_before
from people.models import Membership, Team
from tests.cast import make_user


@pytest.mark.parametrize(
    ("day", "before"),
    [("2026-11-21", "2025-11-21"), ("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-28")],
)
def test_a_year_before_keeps_the_day_where_it_exists(day, before):
    assert year_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


def test_month_ends_know_leap_years():
    assert month_end(dt.date(2024, 2, 1)) == dt.date(2024, 2, 29)
    assert is_month_end(dt.date(2023, 2, 28))
    assert not is_month_end(dt.date(2024, 2, 28))


@pytest.mark.django_db
def test_a_span_holds_its_first_day_and_not_its_last():
    span = Membership.objects.create(
        user=make_user("Karl"),
        team=Team.objects.create(name="North"),
        valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2026, 2, 1),
    )
    in_force = {
        day: span in Membership.objects.on(day)
        for day in (dt.date(2025, 12, 31), span.valid_from, dt.date(2026, 1, 31), span.valid_to)
    }
    assert list(in_force.values()) == [False, True, True, False]
