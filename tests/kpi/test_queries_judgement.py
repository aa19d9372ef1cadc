from decimal import Decimal

import pytest

from accounts.choices import AccountStatus, Basis, PinKind
from accounts.models import (
    Account,
    AccountScore,
    Criterion,
    CriterionMark,
    KeySpan,
    Pin,
    TierSpan,
)
from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.cast import make_account
from tests.kpi.facts import (
    DAY,
    adopt,
    days,
    make_book,
    make_day,
    tiers_of,
)

pytestmark = pytest.mark.django_db


def test_a_pinned_tier_and_its_end():
    first, second = make_book(90, 10)
    Pin.objects.create(
        account=second,
        kind=PinKind.TIER_A,
        reason="A famous brand",
        valid_from=DAY,
        valid_to=DAY + days("2"),
    )
    recompute(as_of=DAY)
    assert tiers_of([first, second]) == "AA"
    assert TierSpan.objects.get(account=second, valid_to=None).reason == "pin"
    recompute(as_of=DAY + days("2"))
    assert tiers_of([first, second]) == "AB"


def test_marks_make_an_account_key():
    adopt(criteria_threshold=4, single_share=None, tier_a_is_key=False)
    first, second = make_book(90, 10)
    criterion = Criterion.objects.create(code="brand", weight=2)
    CriterionMark.objects.create(account=second, criterion=criterion, mark=2, day=DAY, reason="R")
    recompute(as_of=DAY)
    assert list(KeySpan.objects.values_list("account", "reason")) == [(second.pk, "criteria")]
    CriterionMark.objects.create(account=second, criterion=criterion, mark=1, day=DAY, reason="R")
    recompute(as_of=DAY + days("1"))
    assert KeySpan.objects.get().valid_to == DAY + days("1")
    assert not AccountScore.objects.get(account=second).is_key


def test_a_policy_by_margin_ranks_by_margin_and_leaves_unknown_costs_out():
    adopt(basis=Basis.MARGIN)
    rich, poor, unknown = make_account(), make_account(), make_account()
    make_day(rich, DAY, Decimal(100), cost=Decimal(20))
    make_day(poor, DAY, Decimal(500), cost=Decimal(490))
    make_day(unknown, DAY, Decimal(900), uncosted=Decimal(900))
    recompute(as_of=DAY)
    assert tiers_of([rich, poor, unknown]) == "ABN"
    assert AccountScore.objects.get(account=poor).margin == Decimal(10)
    assert PortfolioDay.objects.get(day=DAY).positive == Decimal(90)


def test_a_new_policy_acts_on_the_day_it_was_adopted():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    adopt(cut_a=40, cut_b=90, adopted_on=DAY)
    recompute(as_of=DAY)
    assert tiers_of(accounts) == "ABBC"
    spans = TierSpan.objects.filter(account=accounts[1]).values_list("tier", "valid_to")
    assert list(spans) == [("B", None)]


def test_the_night_names_the_days_from_which_silence_is_unusual():
    steady, fresh = make_account(), make_account()
    for number in range(8):
        make_day(steady, DAY - days(str(10 + 28 * number + number % 2)), Decimal(5))
    make_day(fresh, DAY, Decimal(5))
    recompute(as_of=DAY)
    found = AccountScore.objects.get(account=steady)
    assert found.last_order < found.amber_day <= found.alarm_day < found.last_order + days("35")
    assert found.usual_gap == 28
    new = AccountScore.objects.get(account=fresh)
    assert (new.usual_gap, new.amber_day, new.alarm_day) == (None, None, None)
    kept = PortfolioDay.objects.get(day=DAY).rhythm
    assert (kept["accounts"], kept["gaps"], kept["version"]) == (1, 7, "rhythm-1")


def test_a_child_is_held_against_the_book_by_its_own_orders():
    parent, child = make_account(), make_account()
    Account.objects.filter(pk=child.pk).update(parent=parent)
    for number in range(6):
        make_day(child if number % 2 else parent, DAY - days(str(7 * number)), Decimal(5))
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=parent).alarm_day < DAY + days("14")
    assert AccountScore.objects.get(account=child).last_order == DAY - days("7")
    assert AccountScore.objects.get(account=child).gaps == 2
    assert PortfolioDay.objects.get(day=DAY).rhythm["accounts"] == 1


def test_an_account_that_went_into_another_has_no_rhythm_of_its_own():
    survivor, absorbed = make_account(), make_account()
    for number in range(6):
        make_day(absorbed, DAY - days(str(7 * number)), Decimal(5))
    Account.objects.filter(pk=absorbed.pk).update(merged_into=survivor, status=AccountStatus.MERGED)
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=absorbed).alarm_day is None
    assert AccountScore.objects.get(account=survivor).alarm_day is not None
