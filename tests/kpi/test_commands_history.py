import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import (
    AccountDay,
    AccountScore,
    DirtyAccount,
    KeySpan,
    TierSpan,
)
from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.kpi.facts import (
    DAY,
    days,
    digest,
    make_book,
    make_day,
    tiers_of,
)

pytestmark = pytest.mark.django_db


def test_one_weak_month_end_keeps_the_tier_and_the_second_lowers_it():
    first, second = make_book(10, 90, day=dt.date(2025, 12, 15))
    for month, day in enumerate(("2024-06-01", "2025-01-20"), 1):
        make_day(first, dt.date.fromisoformat(day), Decimal(100 * month))
    recompute(as_of=dt.date(2025, 12, 31))
    assert tiers_of([first, second]) == "AA"
    recompute(as_of=dt.date(2026, 1, 31))
    assert tiers_of([first, second]) == "AA"
    assert AccountScore.objects.get(account=first).tier_of_day == "B"
    recompute(as_of=dt.date(2026, 2, 27))
    assert tiers_of([first, second]) == "AA"
    recompute(as_of=dt.date(2026, 2, 28))
    assert tiers_of([first, second]) == "BA"
    spans = TierSpan.objects.filter(account=first).values_list("tier", "valid_from", "reason")
    assert list(spans)[-1] == ("B", dt.date(2026, 2, 28), "pareto")


def test_history_is_built_back_over_the_month_ends():
    (account, *_) = make_book(500, 300, 150, 50, day=dt.date(2026, 2, 10))
    make_day(account, dt.date(2025, 1, 5), Decimal(5))
    recompute(as_of=DAY)
    judged = list(PortfolioDay.objects.values_list("day", flat=True))
    first = account.days.earliest("day").day
    assert judged[0] == dt.date(2024, 12, 31)
    assert (judged[0] - first).days < 400
    assert judged[-1] == DAY
    assert len(judged) == 16
    assert TierSpan.objects.filter(account=account).earliest("valid_from").tier == "A"


def test_going_back_forgets_what_came_later():
    accounts = make_book(500, 300, 150, 50)
    make_day(accounts[3], DAY + days("20"), Decimal(9000))
    recompute(as_of=DAY)
    before = digest()
    recompute(as_of=DAY + days("30"))
    recompute(as_of=DAY)
    assert digest() == before


def test_a_ledger_that_begins_earlier_is_judged_anew():
    accounts = make_book(500, 300, begins=False)
    recompute(as_of=DAY)
    assert PortfolioDay.objects.count() == 1
    make_day(accounts[0], DAY - days("600"), Decimal(5))
    DirtyAccount.objects.touch([accounts[0].pk])
    recompute(as_of=DAY)
    assert PortfolioDay.objects.count() > 1


def test_a_day_judged_again_leaves_one_span_per_stretch():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    before = digest()
    for revenue in (Decimal(9_000), Decimal(50)):
        AccountDay.objects.filter(account=accounts[3], day=DAY).update(net=revenue)
        DirtyAccount.objects.touch([accounts[3].pk])
        recompute(as_of=DAY)
    assert digest() == before


def test_a_span_that_was_ended_by_mistake_goes_on():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    opened = TierSpan.objects.get(account=accounts[3])
    fact = make_day(accounts[3], DAY + days("1"), Decimal(9_000))
    recompute(as_of=DAY + days("1"))
    assert TierSpan.objects.filter(account=accounts[3]).count() == 2
    fact.delete()
    DirtyAccount.objects.touch([accounts[3].pk])
    recompute(as_of=DAY + days("1"))
    again = TierSpan.objects.get(account=accounts[3])
    assert (again.pk, again.valid_to) == (opened.pk, None)


def test_spans_carry_the_figures_of_their_beginning():
    accounts = make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    data = TierSpan.objects.get(account=accounts[2]).data
    assert data == {
        "rank": 3,
        "of": 4,
        "before": "0.8000",
        "share": "0.1500",
        "cuts": ["80", "95"],
        "basis": "revenue",
        "today": "B",
        "was": "N",
    }
    assert KeySpan.objects.get(account=accounts[0]).reason == "share"


def test_a_history_made_in_one_night_tells_the_tiers_of_each_of_its_days():
    """Of accounts that rise, fall, end and begin again."""
    accounts = make_book(500, 300, 150, 50)
    for months, revenue in ((2, 9_000), (9, 700), (15, 30)):
        make_day(accounts[3], DAY - days(str(30 * months)), Decimal(revenue))
    make_day(accounts[0], DAY - days("1000"), Decimal(1))
    recompute(as_of=DAY)
    judged = PortfolioDay.objects.order_by("day").values_list("day", flat=True)
    told = {
        day: (in_force(TierSpan, day, "tier"), in_force(KeySpan, day, "reason")) for day in judged
    }
    assert len({str(found) for found in told.values()}) > 3
    for day, found in reversed(told.items()):
        recompute(as_of=day)
        scored = AccountScore.objects.values_list("account", "tier", "is_key", "key_reason")
        tiers = {pk: tier for pk, tier, _key, _reason in scored if tier != "N"}
        keys = {pk: reason for pk, _tier, is_key, reason in scored if is_key}
        assert found == (tiers, keys), day


def in_force(model, day, column) -> dict[int, str]:
    rows = list(model.objects.on(day).values_list("account", column))
    assert len(dict(rows)) == len(rows)
    return dict(rows)
