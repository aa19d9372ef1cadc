"""Who moved, and why: the company's list and a manager's own."""

import datetime as dt

import pytest

from accounts.models import Account
from kpi.commands import recompute
from kpi.queries.moves import found_moves, since_day, tier_moves
from kpi.queries.overview import overview
from tests.cast import make_account
from tests.kpi.books import DAY, make_book, make_policy
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=14)


@pytest.fixture
def riser(cast):
    make_policy()
    accounts = make_book(cast)
    make_day(accounts[9], LATER, 8000)
    recompute(as_of=LATER)
    return accounts[9]


def moves_of(user, period="month"):
    view = overview(user, day=LATER, as_of=LATER)
    return tier_moves(view, found_moves(view, period), Account.objects.in_bulk())


def test_periods_are_counted_from_month_ends():
    assert since_day(LATER, "month") == DAY
    assert since_day(LATER, "year") == dt.date(2025, 3, 31)


def test_a_rise_names_the_cut_and_the_figures(cast, riser):
    moves = moves_of(cast.dora)
    move = moves.listed[0]
    assert (move.account, move.old, move.new, move.day) == (riser, "C", "A", LATER)
    assert move.why.startswith("Passed the 80\u00a0% cut")
    assert moves.up == 1


def test_a_manager_s_own_list_says_the_same_without_the_company_s_figures(cast, riser):
    move = moves_of(cast.karl).listed[0]
    assert (move.account, move.old, move.new) == (riser, "C", "A")
    assert move.why == "Passed the 80\u00a0% cut."


def test_a_new_customer_is_new(cast, riser):
    newcomer = make_account("New", owner=cast.karl)
    make_day(newcomer, LATER, 9000)
    recompute(as_of=LATER)
    move = next(move for move in moves_of(cast.dora).listed if move.account == newcomer)
    assert (move.old, move.new) == ("", "A")
    assert move.why.startswith("New among the buyers")


def test_foreign_moves_are_not_listed(cast, riser):
    assert moves_of(cast.kim).total == 0


def test_a_past_day_tells_its_own_moves(cast, riser):
    later = LATER + dt.timedelta(days=3)
    recompute(as_of=later)
    view = overview(cast.dora, day=LATER, as_of=later)
    moves = tier_moves(view, found_moves(view, "month"), Account.objects.in_bulk())
    assert [(move.account, move.old, move.new) for move in moves.listed] == [(riser, "C", "A")]
