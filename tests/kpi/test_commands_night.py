import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.choices import PinKind
from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    DirtyAccount,
    KeySpan,
    Pin,
    Scoring,
    TierSpan,
)
from common.jobs import JobCancelled
from kpi.commands import recompute
from kpi.models import PortfolioDay
from kpi.rules.rhythm import log_units
from tests.cast import make_account, make_company
from tests.kpi.facts import (
    DAY,
    days,
    digest,
    make_book,
    make_day,
    plain_gaps,
    plain_revenue,
    plain_tier_in_force,
    plain_tiers,
    scores,
    tiers_of,
)

pytestmark = pytest.mark.django_db


def test_the_first_night_of_an_empty_house_is_quiet():
    make_company()
    assert recompute(as_of=DAY)["accounts"] == 0
    assert Scoring.current().whole
    assert PortfolioDay.objects.get().accounts == 0


@pytest.mark.parametrize("gap", [1, 7, 28, 31, 40, 366, 800])
@pytest.mark.parametrize("start", ["2024-02-27", "2025-02-28", "2026-01-31"])
def test_a_night_slid_over_any_gap_equals_one_from_scratch(start, gap):
    accounts = make_book(40, 30, 20, 10, day=dt.date(2023, 2, 28))
    for number, day in enumerate(("2024-02-28", "2024-02-29", "2024-03-01", "2025-03-01")):
        make_day(accounts[number], dt.date.fromisoformat(day), Decimal(100 + number))
        make_day(accounts[-number], dt.date.fromisoformat(day) + days("60"), Decimal(7))
    begin = dt.date.fromisoformat(start)
    recompute(as_of=begin)
    recompute(as_of=begin + days(str(gap)))
    slid = scores()
    Scoring.objects.all().delete()
    recompute(as_of=begin + days(str(gap)))
    assert scores() == slid


def test_a_touched_account_is_computed_anew():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    AccountDay.objects.filter(account=accounts[0], day=DAY).update(net=Decimal(10))
    DirtyAccount.objects.touch([accounts[0].pk])
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=accounts[0]).revenue == Decimal(10)
    assert tiers_of(accounts) == "CAAB"
    assert not DirtyAccount.objects.exists()


def test_an_account_touched_only_by_new_days_is_slid():
    accounts = make_book(500, 300)
    recompute(as_of=DAY)
    make_day(accounts[0], DAY + days("1"), Decimal(25))
    DirtyAccount.objects.create(account=accounts[0], since=DAY + days("1"))
    recompute(as_of=DAY + days("1"))
    assert AccountScore.objects.get(account=accounts[0]).revenue == Decimal(525)
    assert not DirtyAccount.objects.exists()


def test_an_account_touched_while_the_night_works_stays_touched():
    accounts = make_book(500, 300)
    DirtyAccount.objects.touch([accounts[0].pk])

    def import_meanwhile(done, total, **_):
        DirtyAccount.objects.touch([accounts[0].pk])

    recompute(as_of=DAY, progress=import_meanwhile)
    assert DirtyAccount.objects.get().account == accounts[0]


def test_late_facts_change_the_month_ends_too():
    accounts = make_book(40, 30, 20, 10)
    recompute(as_of=DAY + days("10"))
    make_day(accounts[3], DAY - days("90"), Decimal(900))
    DirtyAccount.objects.create(account=accounts[3], since=DAY - days("90"))
    recompute(as_of=DAY + days("10"))
    late = scores()
    Scoring.objects.all().delete()
    recompute(as_of=DAY + days("10"))
    assert scores() == late


def test_missed_nights_are_caught_up_day_by_day():
    make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    recompute(as_of=DAY + days("3"))
    assert PortfolioDay.objects.filter(day__gt=DAY).count() == 3


def test_stopped_halfway_it_is_mended_by_the_next_run():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    make_day(accounts[3], DAY + days("1"), Decimal(9000))

    def stop_late(done, total, **_):
        if done == total - 1:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        recompute(as_of=DAY + days("1"), progress=stop_late)
    recompute(as_of=DAY + days("1"))
    mended = digest()
    Scoring.objects.all().delete()
    for model in (TierSpan, KeySpan, PortfolioDay):
        model.objects.all().delete()
    recompute(as_of=DAY)
    recompute(as_of=DAY + days("1"))
    assert digest()["scores"] == mended["scores"]
    assert mended["scoring"][:2] == (DAY + days("1"), True)


FIRST = dt.date(2023, 1, 1)
facts = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 1_800),
        st.integers(-40, 60).map(lambda n: Decimal(n) / 4),
    ),
    max_size=30,
    unique_by=lambda fact: fact[:2],
)


@settings(max_examples=settings.default.max_examples // 2)  # the heavy profile asks for more
@given(
    facts,
    facts,
    st.lists(st.integers(300, 1_850), min_size=1, max_size=4),
    st.sampled_from([None, 0, 1]),
)
def test_nights_in_any_order_end_like_one_from_scratch(known, late, nights, parent):
    make_company()
    Account.objects.all().delete()
    accounts = [make_account() for _ in range(4)]
    if parent is not None:
        Account.objects.filter(pk=accounts[3].pk).update(parent=accounts[parent])
    heads = {account.pk: account.pk for account in accounts}
    if parent is not None:
        heads[accounts[3].pk] = accounts[parent].pk
    seen = set()
    for account, day, net in known:
        seen.add((account, day))
        make_day(accounts[account], FIRST + dt.timedelta(days=day), net)
    for night in nights[:-1]:
        recompute(as_of=FIRST + dt.timedelta(days=night))
    for account, day, net in late:
        if (account, day) not in seen:
            when = FIRST + dt.timedelta(days=day)
            make_day(accounts[account], when, net)
            DirtyAccount.objects.update_or_create(
                account=accounts[account], defaults={"since": FIRST, "claimed": False}
            )
    last = FIRST + dt.timedelta(days=nights[-1])
    recompute(as_of=last)
    found = scores()
    stored = {score.account_id: score for score in AccountScore.objects.all()}
    revenue = plain_revenue(last, heads)
    of_day, in_force = plain_tiers(revenue), plain_tier_in_force(last, heads)
    for pk, head in heads.items():
        assert stored[pk].tier_of_day == of_day[head]
        assert stored[pk].tier == in_force[head]
        if pk == head:
            assert stored[pk].revenue * 10_000 == revenue[pk]
        counted = [other for other in heads if heads[other] == pk] if pk == head else [pk]
        logs = [part.tolist() for part in log_units(np.array(plain_gaps(last, counted), dtype=int))]
        found_gaps = (stored[pk].gaps, stored[pk].log_gaps, stored[pk].log_gaps_squared)
        assert found_gaps == (len(logs[0]), sum(logs[0]), sum(logs[1]))
    Scoring.objects.all().delete()
    recompute(as_of=last)
    assert scores() == found
    Scoring.objects.all().delete()
    PortfolioDay.objects.all().delete()


def test_accounts_an_import_brings_meanwhile_wait_for_the_next_night():
    accounts = make_book(500, 300)
    recompute(as_of=DAY)

    def import_meanwhile(done, total, **_):
        if done == 0:
            newcomer = make_account()
            make_day(newcomer, DAY, Decimal(7))
            make_day(newcomer, DAY + days("1"), Decimal(7))
            Pin.objects.create(account=newcomer, kind=PinKind.KEY, reason="New", valid_from=DAY)

    recompute(as_of=DAY + days("1"), progress=import_meanwhile)
    assert AccountScore.objects.count() == len(accounts)
    assert AccountScore.objects.get(account=accounts[1]).revenue == Decimal(300)
    recompute(as_of=DAY + days("1"))
    assert AccountScore.objects.get(revenue=Decimal(14)).is_key
