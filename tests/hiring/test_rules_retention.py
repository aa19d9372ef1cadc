import datetime as dt

import pytest

from hiring.rules.retention import FOR_EVER, Basis, keep_until, months_later

DAY = dt.date(2026, 3, 1)


def until(*bases):
    return keep_until(bases, created_on=DAY, keep_days=180, pool_months=12)


def test_without_any_basis_the_row_itself_starts_the_clock():
    assert until() == dt.date(2026, 8, 28)


def test_an_open_vacancy_keeps():
    assert until(Basis("vacancy", DAY)) == FOR_EVER


def test_half_a_year_after_the_vacancy_ended():
    assert until(Basis("vacancy", DAY, ends_on=dt.date(2026, 5, 1))) == dt.date(2026, 10, 28)


def test_a_new_application_extends_its_own_purpose_only():
    old = Basis("vacancy", DAY, ends_on=dt.date(2026, 5, 1))
    pool = Basis("pool", dt.date(2025, 1, 31))
    assert until(pool) == dt.date(2026, 1, 31)
    assert until(old, pool) == dt.date(2026, 10, 28)


def test_a_withdrawn_consent_keeps_nothing():
    gone = Basis("vacancy", DAY, withdrawn_on=dt.date(2026, 3, 9))
    assert until(gone) == dt.date(2026, 3, 9)
    assert until(gone, Basis("pool", DAY)) == dt.date(2027, 3, 1)


def test_news_keep_nobody():
    assert until(Basis("news", dt.date(2030, 1, 1))) == dt.date(2026, 8, 28)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 12, 31), 12, (2027, 12, 31)),
        ((2026, 11, 15), 1, (2026, 12, 15)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, later):
    assert months_later(dt.date(*day), months) == dt.date(*later)
