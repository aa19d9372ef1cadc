"""Rows of the portfolio's table: rank, share, running share, change, margin, cuts."""

from decimal import Decimal

import pytest

from accounts.models import Account, Policy
from kpi.queries import customers
from kpi.queries.customers import Cursor, Line

POLICY = Policy()


def line(number, units, **fields) -> Line:
    plain = {
        "account": number, "basis": units, "revenue": units, "before": 0, "margin": 0,
        "uncosted": units, "tier": "A", "level": "A", "is_key": False, "reason": "",
    }  # fmt: skip
    return Line(**{**plain, **fields})


def page(lines, *, positive, after=None, is_whole=True):
    accounts = {item.account: Account(pk=item.account, name="x") for item in lines}
    return customers.customer_page(
        lines, accounts, positive=positive, policy=POLICY, after=after, is_whole=is_whole
    )


def test_ranks_of_equals_are_equal_and_skip_what_they_share():
    found = page([line(1, 50), line(2, 30), line(3, 30), line(4, 10)], positive=120)
    assert [row.rank for row in found.rows] == [1, 2, 2, 4]
    assert found.rows[2].running == pytest.approx(110 / 120)


def test_the_next_page_goes_on_counting():
    lines = [line(number, 1000 - number) for number in range(1, customers.PER_PAGE + 6)]
    positive = sum(item.basis for item in lines)
    first = page(lines, positive=positive)
    following = Cursor.parse(str(first.following))
    assert following == first.following
    second = page(lines[customers.PER_PAGE :], positive=positive, after=following)
    assert (second.first, second.last, second.following) == (26, 30, None)
    assert second.rows[-1].running == pytest.approx(1)


@pytest.mark.parametrize("text", ["x", "1.2.3", "1.2.3.4.5.6", "1.2.3.4.y"])
def test_a_cursor_we_did_not_write_is_an_error(text):
    with pytest.raises((ValueError, TypeError)):
        Cursor.parse(text)


def test_no_cursor_begins_at_the_top():
    assert Cursor.parse("") is None


def test_change_is_against_positive_revenue_only():
    rows = page(
        [line(1, 150, before=100), line(2, 90, before=0), line(3, 80, before=-5), line(4, 0)],
        positive=320,
    ).rows
    assert [row.change for row in rows] == [0.5, None, None, None]
    assert [row.is_new for row in rows] == [False, True, True, False]
    assert (rows[3].rank, rows[3].share) == (None, None)


def test_margin_is_of_what_has_a_cost_and_unknown_without():
    rows = page([line(1, 100, uncosted=50, margin=10), line(2, 90)], positive=190).rows
    assert [row.margin for row in rows] == [pytest.approx(0.2), None]


def test_a_cut_falls_where_the_tier_of_the_day_changes():
    levels = "AABBC"
    lines = [line(n, 100 - n, level=level) for n, level in enumerate(levels)]
    assert [row.cut for row in page(lines, positive=490).rows] == ["", "A", "", "B", ""]


def test_readers_of_an_own_book_get_no_share_of_the_company():
    keys = [line(1, 100, is_key=True, reason="tier"), line(2, 90, is_key=True, reason="share")]
    own = [row.why_key for row in page(keys, positive=190, is_whole=False).rows]
    whole = [row.why_key for row in page(keys, positive=190).rows]
    assert not any("%" in why for why in own)
    assert all("%" in why for why in whole)


def test_amounts_come_back_as_decimals():
    assert page([line(1, 12_345_600)], positive=12_345_600).rows[0].revenue == Decimal("1234.56")
