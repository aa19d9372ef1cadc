"""The head of the portfolio page, whole and own, newest and past."""

import datetime as dt

import pytest

from accounts.models import AccountDay
from kpi.models import PortfolioDay
from kpi.queries.overview import overview, standing, stored_day
from tests.cast import make_account
from tests.kpi.books import DAY, TEN, make_book, make_policy
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
TODAY = DAY + dt.timedelta(days=1)


def test_nothing_stands_before_the_first_import():
    found = standing(TODAY)
    assert (found.as_of, found.newest_line, found.is_old) == (None, None, False)


def test_a_ledger_without_a_night_has_lines_and_no_figures(cast):
    make_day(make_account(), DAY, 1)
    found = standing(TODAY)
    assert (found.as_of, found.newest_line) == (None, DAY)


def test_a_ledger_that_ended_is_old(cast):
    make_book(cast)
    assert not standing(TODAY).is_old
    assert standing(DAY + dt.timedelta(days=46)).is_old


def test_the_stored_and_the_counted_book_agree(cast):
    """What the director reads from one row is what counting all rows gives."""
    make_policy()
    make_book(cast, owners=dict.fromkeys(range(10), cast.karl))
    whole = overview(cast.dora, day=DAY, as_of=DAY)
    own = overview(cast.karl, day=DAY, as_of=DAY)
    assert whole.net == own.net == sum(TEN)
    assert (whole.accounts, whole.key_accounts) == (own.accounts, own.key_accounts)
    assert whole.now.equal_customers == own.now.equal_customers
    assert whole.points == own.points
    assert whole.largest == own.largest
    assert [part.share for part in whole.parts] == pytest.approx([p.share for p in own.parts])


def test_a_year_ago_is_the_newest_day_at_least_a_year_before(cast):
    make_book(cast)
    view = overview(cast.dora, day=DAY, as_of=DAY)
    assert view.before.day == dt.date(2025, 3, 31)
    assert [point.day.month for point in view.trend][-2:] == [2, 3]


def test_an_own_book_is_compared_with_itself(cast):
    make_book(cast, owners={0: cast.kim})
    view = overview(cast.karl, day=DAY, as_of=DAY)
    assert view.before.equal_customers == view.now.equal_customers
    assert (view.trend, view.moves) == ([], {})


def test_the_period_is_twelve_months_with_both_ends(cast):
    make_book(cast)
    view = overview(cast.dora, day=DAY, as_of=DAY)
    assert (view.first, view.day) == (dt.date(2025, 4, 1), DAY)


def test_a_day_nobody_computed_has_no_overview(cast):
    make_book(cast)
    assert overview(cast.dora, day=DAY - dt.timedelta(days=1), as_of=DAY) is None
    assert stored_day(dt.date(1999, 1, 1)) is None


def test_an_empty_house_has_an_empty_overview(cast):
    make_book(cast, [])
    view = overview(cast.dora, day=DAY, as_of=DAY)
    assert (view.accounts, view.now.equal_customers, view.key_share) == (0, None, 0.0)
    assert not AccountDay.objects.exists() and PortfolioDay.objects.count() == 1
