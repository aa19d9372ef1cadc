"""The book as arrays: own accounts, past days, parents with their children."""

import datetime as dt

import pytest

from accounts.choices import Basis
from kpi.commands import recompute
from kpi.queries.ranked import ranked
from tests.cast import make_account
from tests.kpi.books import DAY, make_book
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db


def test_scores_and_daily_facts_give_the_same_book(cast):
    make_book(cast)
    scores = ranked(cast.dora, DAY, is_newest=True)
    facts = ranked(cast.dora, DAY, is_newest=False)
    for name in ("ids", "revenue", "before", "margin", "uncosted", "tier", "cut", "is_key"):
        assert getattr(scores, name).tolist() == getattr(facts, name).tolist(), name


def test_readers_get_the_accounts_they_may_open(cast):
    accounts = make_book(cast, owners={0: cast.kim})
    assert len(ranked(cast.dora, DAY, is_newest=True)) == 10
    assert accounts[0].pk not in ranked(cast.karl, DAY, is_newest=True).ids
    assert ranked(cast.kim, DAY, is_newest=True).ids.tolist() == [accounts[0].pk]
    assert len(ranked(cast.sam, DAY, is_newest=True)) == 0


def test_children_are_counted_with_their_parent_on_past_days_too(cast):
    parent = make_account("Parent")
    child = make_account("Child", parent=parent)
    make_day(parent, DAY, 100)
    make_day(child, DAY, 50)
    recompute(as_of=DAY)
    for is_newest in (True, False):
        book = ranked(cast.dora, DAY, is_newest=is_newest)
        assert book.revenue[book.ids == parent.pk].tolist() == [150 * 10_000]
        assert child.pk not in book.ids


def test_accounts_without_revenue_stand_last_and_have_no_rank(cast):
    accounts = make_book(cast, [0, 500, -30, 400, 300, 200, 100])
    book = ranked(cast.dora, DAY, is_newest=True)
    assert book.ids[-2:].tolist() == [accounts[0].pk, accounts[2].pk]
    assert book.ranking.rank[-2:].tolist() == [0, 0]


def test_the_measure_decides_the_order(cast):
    accounts = [make_account() for _ in range(2)]
    make_day(accounts[0], DAY, 100, cost=90)
    make_day(accounts[1], DAY, 50, cost=10)
    recompute(as_of=DAY)
    by = {basis: ranked(cast.dora, DAY, is_newest=True, basis=basis).ids[0] for basis in Basis}
    assert by == {Basis.REVENUE: accounts[0].pk, Basis.MARGIN: accounts[1].pk}


def test_a_day_before_the_ledger_is_an_empty_book(cast):
    make_book(cast)
    book = ranked(cast.dora, DAY - dt.timedelta(days=3000), is_newest=False)
    assert (len(book), book.ranking.total) == (0, 0)
