"""Sums that were slid are those that are made from all facts."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccountDay, ServiceMonth
from kpi.models import KeptSums
from kpi.queries.periods import kept, services
from kpi.queries.periods.kept import Kept, Passed, correct, slid, told, wholes
from kpi.queries.periods.period import before, pair_of
from tests.cast import make_account
from tests.kpi.facts import DAY
from tests.kpi.purchases import Purchases

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)
# Around the bounds of the periods of DAY, where a slide has to do, and some days between.
EDGES = [0, 364, 365, 366, 729, 730, 731, 1094, 1095, 1096]
days = st.one_of(
    st.integers(0, 1500), st.builds(int.__add__, st.sampled_from(EDGES), st.integers(-9, 9))
).map(lambda back: DAY - back * ONE)
bought = st.lists(
    st.tuples(st.integers(0, 2), days, st.sampled_from([-40, -1, 7, 100]), st.sampled_from("ab")),
    max_size=12,
)


def whole(day: dt.date, accounts=None) -> Kept:
    (one,) = wholes([day], accounts)
    return one


def tables(one: Kept) -> tuple:
    return one.pair, sorted(one.money.tolist()), sorted(one.lines.tolist())


def row(one: Kept) -> KeptSums:
    return KeptSums(day=one.day, packed=one.packed())


@contextmanager
def market() -> Iterator[Callable]:
    """Three customers, and what writes their purchases down besides those of before."""
    with transaction.atomic():
        accounts, shop = [make_account() for _ in range(3)], Purchases()

        def buy(rows) -> list[int]:
            for account, day, amount, line in rows:
                shop.buy(accounts[account], day, amount, f"line-{line}")
            for model in (AccountDay, ServiceMonth):
                model.objects.all().delete()
            shop.roll_up()
            return [accounts[account].pk for account, *_ in rows]

        yield buy
        transaction.set_rollback(True)


@given(bought, bought, st.integers(0, 35))
def test_slid_sums_are_those_of_all_facts(old, late, back):
    then = DAY - back * ONE
    with market() as buy:
        buy(old)
        before_it = told(row(whole(then)))
        whose = zip(buy(late), late, strict=True)
        corrected = {pk for pk, (_account, day, *_) in whose if day <= then}
        found = slid(
            before_it,
            DAY,
            Passed([(then, DAY), (DAY - 400 * ONE, DAY - 365 * ONE)]),
            corrected,
            whole(DAY, corrected),
        )
        assert tables(found) == tables(whole(DAY))


@given(bought, bought, bought, st.sampled_from([0, 2]))
def test_patched_sums_are_those_of_all_facts(old, late, later, most):
    """Corrected twice, the second time in part the same accounts."""
    with market() as buy, pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "PATCHED", most)
        buy(old)
        stored = row(whole(DAY))
        for rows in (late, later):
            accounts = set(buy(rows))
            found = correct(stored, accounts, whole(DAY, accounts))
            assert tables(found) == tables(told(stored)) == tables(whole(DAY))


@given(bought)
def test_whole_sums_are_those_of_each_period_alone(rows):
    with market() as buy:
        buy(rows)
        one, pair = whole(DAY), pair_of(DAY)
        for place, period, column in (
            (2, pair.current, services.NET),
            (3, before(pair), services.POSITIVE),
        ):
            table = one.lines[one.lines[:, place] != 0][:, [0, 1, place]]
            alone = services.sums(period)[:, [services.ACCOUNT, services.SERVICE, column]]
            assert table.tolist() == alone[alone[:, -1] != 0].tolist()


def test_other_periods_are_not_kept():
    one, pair = whole(DAY), pair_of(DAY)
    assert one.money_of(pair.base) is None
    assert one.net_of(before(pair)) is None
    assert one.sold_in(pair.base) is None


def test_a_patch_that_is_lost_is_told_by_the_sums():
    with market() as buy:
        buy([(0, DAY - 30 * ONE, 100, "a"), (1, DAY - 30 * ONE, 7, "b")])
        stored = row(whole(DAY))
        accounts = set(buy([(0, DAY - 31 * ONE, 7, "b")]))
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(kept, "PATCHED", 1)
            correct(stored, accounts, whole(DAY, accounts))
        assert tables(told(stored)) == tables(whole(DAY))
        stored.patch = b""
        assert tables(told(stored)) != tables(whole(DAY))
