import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.choices import AccountStatus, Basis, PinKind, PolicyState
from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    Criterion,
    CriterionMark,
    DirtyAccount,
    KeySpan,
    Pin,
    Policy,
    Scoring,
    TierSpan,
)
from common.jobs import JobCancelled
from kpi.commands import recompute
from kpi.models import PortfolioDay
from tests.cast import make_account, make_company
from tests.kpi.facts import (
    digest,
    make_day,
    plain_revenue,
    plain_tier_in_force,
    plain_tiers,
    scores,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


def days(text: str) -> dt.timedelta:
    return dt.timedelta(days=int(text))


def make_book(*revenue: int, day: dt.date = DAY, begins: bool = True) -> list[Account]:
    """Accounts that bought once on `day`; the ledger began two years before."""
    accounts = [make_account() for _ in revenue]
    for account, net in zip(accounts, revenue, strict=True):
        if net:
            make_day(account, day, Decimal(net))
    if begins and accounts:
        make_day(accounts[0], day - dt.timedelta(days=800), Decimal("0.01"))
    return accounts


def tiers_of(accounts) -> str:
    return "".join(AccountScore.objects.get(account=account).tier for account in accounts)


def adopt(**rules) -> Policy:
    Policy.objects.filter(state=PolicyState.ADOPTED).update(state=PolicyState.RETIRED)
    rules.setdefault("adopted_on", dt.date(2020, 1, 1))
    return Policy.objects.create(name="P", state=PolicyState.ADOPTED, **rules)


def test_the_first_night_of_an_empty_house_is_quiet():
    make_company()
    assert recompute(as_of=DAY)["accounts"] == 0
    assert Scoring.current().whole
    assert PortfolioDay.objects.get().accounts == 0


def test_every_account_gets_its_sums_tier_and_key():
    accounts = make_book(500, 300, 150, 50, 0, -20)
    recompute(as_of=DAY)
    assert tiers_of(accounts) == "AABCNN"
    first = AccountScore.objects.get(account=accounts[0])
    assert (first.revenue, first.order_days, first.last_order) == (Decimal(500), 2, DAY)
    assert (first.is_key, first.key_reason) == (True, "share")
    assert first.first_order == DAY - days("800")
    last = AccountScore.objects.get(account=accounts[5])
    assert (last.revenue, last.order_days, last.last_order) == (Decimal(-20), 0, None)


def test_the_year_before_is_kept_apart():
    account = make_account()
    make_day(account, dt.date(2025, 3, 31), Decimal(70))
    make_day(account, dt.date(2025, 4, 1), Decimal(30))
    recompute(as_of=DAY)
    score = AccountScore.objects.get()
    assert (score.revenue, score.revenue_before) == (Decimal(30), Decimal(70))


def test_orders_are_days_above_zero_of_three_years():
    account = make_account()
    for day, net in (("2023-03-31", 5), ("2023-04-01", 5), ("2026-01-02", -5), ("2026-02-02", 0)):
        make_day(account, dt.date.fromisoformat(day), Decimal(net))
    recompute(as_of=DAY)
    score = AccountScore.objects.get()
    assert (score.order_days, score.first_order, score.last_order) == (
        1, dt.date(2023, 3, 31), dt.date(2023, 4, 1),
    )  # fmt: skip


def test_days_after_the_night_do_not_count():
    account = make_account()
    make_day(account, DAY + days("1"), Decimal(5))
    recompute(as_of=DAY)
    assert AccountScore.objects.get().revenue == 0


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


def test_only_changed_rows_are_written():
    accounts = make_book(500, 310, 140, 50)
    recompute(as_of=DAY)
    make_day(accounts[3], DAY + days("1"), Decimal(1))
    assert recompute(as_of=DAY + days("1"))["changed"] == 1
    assert list(AccountScore.objects.order_by("account_id").values_list("as_of", flat=True)) == [
        DAY, DAY, DAY, DAY + days("1"),
    ]  # fmt: skip
    assert recompute(as_of=DAY + days("1"))["changed"] == 0


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


def test_children_count_with_their_parent_and_take_its_tier():
    parent, child, loner, other, small = make_book(50, 60, 100, 20, 5)
    Account.objects.filter(pk=child.pk).update(parent=parent)
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=parent).revenue == Decimal(110)
    assert AccountScore.objects.get(account=child).revenue == Decimal(60)
    assert AccountScore.objects.get(account=child).counts_with == parent
    assert tiers_of([parent, child, loner, other, small]) == "AAABC"
    assert PortfolioDay.objects.get(day=DAY).accounts == 4


def test_order_days_of_a_group_are_its_days_with_net_above_zero():
    parent, child = make_account(), make_account()
    Account.objects.filter(pk=child.pk).update(parent=parent)
    for number, (mine, its) in enumerate([(5, 5), (5, -5), (-1, 2), (0, 1)]):
        make_day(parent, DAY - days(str(number)), Decimal(mine))
        make_day(child, DAY - days(str(number)), Decimal(its))
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=parent).order_days == 3
    assert AccountScore.objects.get(account=child).order_days == 3
    assert AccountScore.objects.get(account=parent).first_order == DAY - days("3")


@pytest.mark.parametrize("mark_dirty", [True, False])
def test_the_roll_up_switch_acts_the_same_night(mark_dirty):
    parent, child, loner = make_book(50, 60, 100)
    Account.objects.filter(pk=child.pk).update(parent=parent)
    recompute(as_of=DAY + days("5"))
    Account.objects.filter(pk=child.pk).update(rolls_up=False)
    if mark_dirty:
        DirtyAccount.objects.touch([child.pk, parent.pk])
    recompute(as_of=DAY + days("5"))
    assert AccountScore.objects.get(account=parent).revenue == Decimal(50)
    assert AccountScore.objects.get(account=child).counts_with is None
    switched = scores()
    Scoring.objects.all().delete()
    recompute(as_of=DAY + days("5"))
    assert scores() == switched


def test_a_merged_account_counts_with_its_survivor_and_has_no_tier():
    survivor, absorbed, other = make_book(50, 60, 100)
    Account.objects.filter(pk=absorbed.pk).update(merged_into=survivor, status=AccountStatus.MERGED)
    recompute(as_of=DAY)
    assert AccountScore.objects.get(account=survivor).revenue == Decimal(110)
    assert tiers_of([survivor, absorbed, other]) == "ANA"


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


def test_missed_nights_are_caught_up_day_by_day():
    make_book(500, 300, 150, 50)
    recompute(as_of=DAY)
    recompute(as_of=DAY + days("3"))
    assert PortfolioDay.objects.filter(day__gt=DAY).count() == 3


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


def test_moves_are_told_since_the_last_month_end_and_the_year_before():
    accounts = make_book(500, 300, 150, 50, day=dt.date(2025, 1, 15))
    make_day(accounts[0], dt.date(2023, 6, 1), Decimal(1))
    for account, net in zip(accounts, (1, 600, 300, 100), strict=True):
        make_day(account, dt.date(2026, 3, 20), Decimal(net))
    recompute(as_of=DAY)
    found = PortfolioDay.objects.get(day=DAY).moves
    assert found["month"]["since"] == "2026-02-28"
    assert found["year"]["since"] == "2025-03-31"
    assert [accounts[2].pk, "B", "A"] in found["year"]["listed"]
    assert found["year"]["counts"]["BA"] == 1


FIRST = dt.date(2023, 1, 1)
facts = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 1_200),
        st.integers(-40, 60).map(lambda n: Decimal(n) / 4),
    ),
    max_size=30,
    unique_by=lambda fact: fact[:2],
)


@settings(max_examples=25)
@given(
    facts,
    facts,
    st.lists(st.integers(300, 1_250), min_size=1, max_size=4),
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
    Scoring.objects.all().delete()
    recompute(as_of=last)
    assert scores() == found
    Scoring.objects.all().delete()
    PortfolioDay.objects.all().delete()
