"""Retention and upsell from the facts: who is counted where, and that every split adds up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Account, DirtyAccount, Segment, TierSpan
from common.money import to_units
from kpi.commands import recompute
from kpi.queries import periods
from kpi.queries.periods import NOBODY, SPLITS, Pair, Period
from kpi.queries.periods.services import parts
from kpi.queries.periods.source import stored_pair
from kpi.queries.periods.upsell import additional
from kpi.rules.retention import Retention, Status
from kpi.rules.upsell import Upsell
from people.models import Team
from tests.cast import make_account, make_cast
from tests.kpi.facts import DAY, make_day
from tests.kpi.purchases import Purchases, own

pytestmark = pytest.mark.django_db
PAIR = periods.pair_of(DAY)  # 1 April 2024 to 31 March 2025, and the year after it
BASE, NOW = dt.date(2024, 9, 10), dt.date(2025, 9, 10)
TURN = dt.date(2025, 12, 1)


def units(amount) -> int:
    return to_units(Decimal(amount))


def make_bought(base, current, **fields) -> Account:
    account = make_account(**fields)
    for day, net in ((BASE, base), (NOW, current)):
        if net:
            make_day(account, day, Decimal(net))
    return account


def test_the_periods_of_a_day_are_two_years_that_meet():
    assert (
        Pair(Period(dt.date(2024, 4, 1), dt.date(2025, 3, 31)), Period(dt.date(2025, 4, 1), DAY))
        == PAIR
    )


def test_periods_that_overlap_or_stand_on_their_head_are_none():
    for base, current in (((1, 9), (9, 12)), ((4, 3), (5, 6))):
        with pytest.raises(ValueError, match="period|last day"):
            Pair(*(Period(*(dt.date(2026, 1, day) for day in days)) for days in (base, current)))


def test_the_company():
    make_cast()
    for base, current in ((400, 460), (300, 210), (200, 0), (100, 130), (0, 70), (0, -5)):
        make_bought(base, current)
    back = make_bought(0, 40)
    make_day(back, dt.date(2020, 1, 5), Decimal(3))
    found = periods.retention(PAIR)[NOBODY]
    assert (found.base_accounts, found.kept, found.lost, found.new, found.reactivated) == (
        4, 3, 1, 1, 1,
    )  # fmt: skip
    assert (found.logo_retention, found.nrr, found.grr) == (0.75, 0.8, 0.71)
    assert found.total == units(460 + 210 + 130 + 70 - 5 + 40)


def test_both_ends_of_a_period_belong_to_it():
    make_cast()
    account = make_account()
    for day in (
        PAIR.base.first - dt.timedelta(days=1), PAIR.base.first, PAIR.base.last,
        PAIR.current.first, PAIR.current.last, PAIR.current.last + dt.timedelta(days=1),
    ):  # fmt: skip
        make_day(account, day, Decimal(1))
    found = periods.retention(PAIR)[NOBODY]
    assert (found.base, found.current) == (units(2), units(2))


def test_merged_accounts_and_children_count_with_their_head():
    make_cast()
    head = make_bought(100, 0)
    make_bought(0, 60, merged_into=head)
    make_bought(50, 0, parent=head)
    make_bought(7, 0, parent=head, rolls_up=False)
    found = periods.retention(PAIR)[NOBODY]
    assert (found.base_accounts, found.kept, found.lost, found.new) == (2, 1, 1, 0)
    assert (found.base, found.current) == (units(157), units(60))


def test_base_counts_for_the_first_owner_and_the_outcome_for_the_last():
    cast = make_cast()
    moved = make_bought(300, 330)
    own(moved, cast.karl, dt.date(2021, 1, 1), TURN)
    own(moved, cast.kim, TURN)
    make_bought(100, 0, owner=cast.kim)
    found = periods.retention(PAIR, by="manager")
    karl, kim = found[cast.karl.pk], found[cast.kim.pk]
    assert (karl.base, karl.went, karl.logo_retention) == (units(300), units(300), None)
    assert (kim.base, kim.came, kim.kept, kim.lost) == (units(100), units(300), 1, 1)
    teams = periods.retention(PAIR, by="team")
    north, south = Team.objects.order_by("name")
    assert (teams[north.pk].base, teams[south.pk].current) == (units(300), units(330))


def test_changed_hands_is_told_for_90_days():
    cast = make_cast()
    for days in (89, 90):
        turn = DAY - dt.timedelta(days=days)
        account = make_bought(10, 10)
        own(account, cast.karl, dt.date(2021, 1, 1), turn)
        own(account, cast.kim, turn)
    assert periods.retention(PAIR)[NOBODY].hands == 1
    assert periods.retention(PAIR, by="manager")[cast.kim.pk].hands == 1


def test_segment_and_tier_of_the_first_day():
    make_cast()
    retail = Segment.objects.create(code="retail", names={"en": "Retail"})
    account = make_bought(100, 90, segment=retail)
    make_bought(10, 0)
    TierSpan.objects.create(
        account=account, tier="A", valid_from=dt.date(2025, 1, 1), valid_to=TURN, reason="x"
    )
    TierSpan.objects.create(account=account, tier="C", valid_from=TURN, reason="x")
    assert periods.retention(PAIR, by="segment")[retail.pk].kept == 1
    found = periods.retention(PAIR, by="tier")
    assert {letter: one.lost for letter, one in found.items()} == {"A": 0, "N": 1}


def test_no_other_split():
    with pytest.raises(ValueError, match="split"):
        periods.retention(PAIR, by="planet")


def test_a_reader_gets_the_accounts_they_may_open():
    cast = make_cast()
    make_bought(100, 90, owner=cast.karl)
    make_bought(10, 0, owner=cast.kim)
    bases = {
        name: periods.retention(PAIR, reader=getattr(cast, name))[NOBODY].base
        for name in ("dora", "lena", "karl", "kim", "sam")
    }
    assert bases == {
        "dora": units(110), "lena": units(100), "karl": units(100), "kim": units(10), "sam": 0,
    }  # fmt: skip


def test_the_rows_behind_a_figure():
    cast = make_cast()
    kept = make_bought(100, 90, owner=cast.karl)
    lost = make_bought(300, 0, owner=cast.karl)
    make_bought(5, 0, owner=cast.kim)
    rows = periods.rows(PAIR, by="manager", key=cast.karl.pk)
    assert [(row.account, row.status) for row in rows] == [
        (lost.pk, Status.LOST), (kept.pk, Status.KEPT),
    ]  # fmt: skip
    only = periods.rows(PAIR, by="manager", key=cast.karl.pk, status=Status.LOST)
    assert [(row.base, row.current) for row in only] == [(units(300), 0)]


def test_a_constant_number_of_queries(django_assert_max_num_queries):
    cast = make_cast()
    make_bought(100, 90, owner=cast.karl)
    with django_assert_max_num_queries(10):
        periods.retention(PAIR, by="manager")
    for _more in range(5):
        make_bought(100, 90, owner=cast.kim)
    with django_assert_max_num_queries(10):
        periods.retention(PAIR, by="manager")


def test_what_the_night_has_stored_is_read_while_it_is_true():
    cast = make_cast()
    accounts = [make_bought(100, 90, owner=cast.karl), make_bought(40, 0), make_bought(0, 7)]
    make_bought(10, 20, parent=accounts[0])
    read = periods.retention(PAIR, by="manager")
    recompute(as_of=DAY)
    assert stored_pair() == PAIR
    assert periods.retention(PAIR, by="manager") == read
    make_day(accounts[1], DAY, Decimal(5))
    DirtyAccount.objects.touch([accounts[1].pk])
    assert periods.retention(PAIR)[NOBODY].lost == 0


def test_a_service_line_is_kept_lost_or_new_by_itself():
    shop, account, other = Purchases(), make_account(), make_account()
    shop.buy(account, BASE, 100)
    shop.buy(account, NOW, 60)
    shop.buy(account, BASE, 30, "label")
    shop.buy(other, NOW, 5, "label")
    shop.buy(account, NOW, 8, "tape")
    shop.roll_up()
    found = periods.retention(PAIR, by="service_line")
    lines = {code: found[line.pk] for code, line in shop.lines.items()}
    assert (lines["film"].kept, lines["film"].contraction) == (1, units(40))
    assert (lines["label"].lost, lines["label"].churned, lines["label"].new) == (1, units(30), 1)
    assert (lines["tape"].new, lines["tape"].logo_retention) == (1, None)


def test_whole_months_and_the_days_around_them():
    day = dt.date
    assert parts(PAIR.current) == (PAIR.current, [])
    assert parts(Period(day(2026, 1, 15), day(2026, 3, 30))) == (
        Period(day(2026, 2, 1), day(2026, 2, 28)),
        [Period(day(2026, 1, 15), day(2026, 1, 31)), Period(day(2026, 3, 1), day(2026, 3, 30))],
    )
    for first, last in ((3, 9), (1, 30), (2, 31)):
        inside = Period(day(2026, 3, first), day(2026, 3, last))
        assert parts(inside) == (None, [inside])
    around = Period(day(2026, 1, 31), day(2026, 2, 1))
    assert parts(around) == (None, [around])


class TestAdditional:
    """A service that an account with a base had not bought for two years."""

    def found(self, *purchases, pair=PAIR):
        shop, account = Purchases(), make_account()
        shop.buy(account, BASE, 100)
        for day, amount, *line in purchases:
            shop.buy(account, day, amount, *line or ["label"])
        shop.roll_up()
        return periods.upsell(pair)[NOBODY]

    def test_is_counted_with_its_revenue(self):
        found = self.found((NOW, 30), (TURN, 12))
        assert (found.accounts_with_additional, found.additional_services) == (1, 1)
        assert (found.additional_revenue, found.cross_sell_rate) == (units(42), 1)

    def test_what_was_bought_within_two_years_is_none(self):
        assert not self.found((dt.date(2023, 4, 1), 1), (NOW, 30)).additional_services

    def test_what_was_bought_earlier_is_one_again(self):
        assert self.found((dt.date(2023, 3, 31), 1), (NOW, 30)).additional_services == 1

    def test_what_was_credited_in_full_by_the_end_is_none(self):
        assert not self.found((NOW, 30), (TURN, -30)).additional_services

    def test_what_was_credited_after_the_end_is_one(self):
        later = PAIR.current.last + dt.timedelta(days=1)
        assert self.found((NOW, 30), (later, -30)).additional_revenue == units(30)

    def test_what_has_no_service_line_is_none(self):
        assert not self.found((NOW, 30, "")).additional_services

    def test_of_a_new_customer_it_is_new_business(self):
        shop = Purchases()
        shop.buy(make_account(), NOW, 50, "label")
        shop.roll_up()
        found = periods.upsell(PAIR)[NOBODY]
        assert (found.additional_services, found.cross_sell_rate) == (0, None)

    def test_days_within_a_month_are_told_apart(self):
        pair = Pair(
            Period(dt.date(2024, 3, 5), dt.date(2025, 9, 9)), Period(dt.date(2025, 9, 10), TURN)
        )
        assert self.found((dt.date(2025, 9, 10), 30), pair=pair).additional_services == 1
        assert additional(pair)[0].account == Account.objects.get().pk

    def test_growth_besides_is_upsell(self):
        found = self.found((NOW, 30), (NOW, 150, "film"))
        assert (found.expansion, found.upsell) == (units(80), units(50))


def test_a_service_counts_for_the_owner_on_the_day_it_was_bought():
    cast, shop, account = make_cast(), Purchases(), make_account()
    own(account, cast.karl, dt.date(2021, 1, 1), TURN)
    own(account, cast.kim, TURN)
    shop.buy(account, BASE, 100)
    shop.buy(account, NOW, 30, "label", "INV-1")
    shop.buy(account, TURN, 20, "label")
    shop.buy(account, TURN, -5, "label", "INV-1")  # counts on the day of its invoice
    shop.buy(account, TURN, 8, "tape")
    shop.roll_up()
    found = periods.upsell(PAIR, by="manager")
    karl, kim = found[cast.karl.pk], found[cast.kim.pk]
    assert (karl.additional_revenue, kim.additional_revenue) == (units(25), units(28))
    assert (karl.additional_services, kim.additional_services) == (1, 1)
    assert (karl.accounts_with_additional, kim.accounts_with_additional) == (1, 0)
    assert (karl.cross_sell_rate, kim.cross_sell_rate) == (1, None)


BEGIN = dt.date(2022, 12, 1)
days = st.integers(0, (DAY - BEGIN).days + 20).map(lambda number: BEGIN + dt.timedelta(days=number))
places = st.integers(0, 4)
purchases = st.lists(
    st.tuples(places, days, st.integers(-50_000, 90_000), st.sampled_from(["film", "label", ""])),
    max_size=25,
)
turns = st.lists(st.dictionaries(days, st.integers(0, 3), max_size=3), min_size=5, max_size=5)
cuts = st.lists(days, min_size=4, max_size=4, unique=True).map(sorted)


@settings(max_examples=settings.default.max_examples // 2)  # the heavy profile asks for more
@given(purchases, turns, cuts, st.sampled_from(["", "merged_into", "parent"]))
def test_every_split_adds_up_to_the_company_over_any_history(purchases, turns, cuts, link):
    pair = Pair(Period(cuts[0], cuts[1]), Period(cuts[2], cuts[3]))
    with transaction.atomic():
        cast, shop = make_cast(), Purchases()
        managers = [cast.lena, cast.karl, cast.kim]
        accounts = [make_account() for _place in range(5)]
        for account, history in zip(accounts, turns, strict=True):
            starts = sorted(history)
            for start, end in zip(starts, [*starts, None][1:], strict=True):
                if history[start]:
                    own(account, managers[history[start] - 1], start, end)
        for place, day, amount, line in purchases:
            if amount:
                shop.buy(accounts[place], day, Decimal(amount) / 10_000, line)
        shop.roll_up()
        if link:
            Account.objects.filter(pk=accounts[4].pk).update(**{link: accounts[0]})
        company, sold = periods.retention(pair)[NOBODY], periods.upsell(pair)[NOBODY]
        heads = {account.pk: account.pk for account in accounts}
        if link:
            heads[accounts[4].pk] = accounts[0].pk
        assert told(company, sold) == plainly(purchases, accounts, heads, pair)
        for by in SPLITS:
            added = sum(periods.retention(pair, by=by).values(), Retention())
            assert added.came == added.went
            assert all(
                getattr(added, name) == getattr(company, name)
                for name in Retention.__slots__
                if name not in ("came", "went", "came_accounts", "went_accounts")
            )
            assert sum(periods.upsell(pair, by=by).values(), Upsell()) == sold
        lines = periods.retention(pair, by="service_line").values()
        assert sum(one.total for one in lines) == company.total
        transaction.set_rollback(True)


def plainly(purchases, accounts, heads, pair) -> tuple:
    """The company read purchase by purchase."""
    bought = [(heads[accounts[place].pk], *rest) for place, *rest in purchases]
    two_years_before = Period(
        dt.date(pair.current.first.year - 2, *pair.current.first.timetuple()[1:3])
        if pair.current.first.timetuple()[1:3] != (2, 29)
        else dt.date(pair.current.first.year - 2, 2, 28),
        pair.current.first - dt.timedelta(days=1),
    )

    def of(head, period, line=None):
        return [
            amount for one, day, amount, code in bought
            if one == head and period.first <= day <= period.last and line in (None, code)
        ]  # fmt: skip

    found = {
        head: (sum(of(head, pair.base)), sum(of(head, pair.current))) for head in heads.values()
    }
    cohort = {head: money for head, money in found.items() if money[0] > 0}
    kept = {head: money for head, money in cohort.items() if money[1] > 0}
    services = [
        (head, sum(of(head, pair.current, line)))
        for head in cohort
        for line in ("film", "label")
        if sum(of(head, pair.current, line)) > 0
        and not any(amount > 0 for amount in of(head, two_years_before, line))
    ]
    base, expansion = (
        sum(b for b, _n in cohort.values()),
        sum(max(n - b, 0) for b, n in kept.values()),
    )
    return (
        (len(cohort), len(kept), sum(n > 0 for n in (n for h, (b, n) in found.items() if b <= 0))),
        (base, sum(n for _b, n in cohort.values()), expansion, sum(n for _b, n in found.values())),
        sum(min(max(n, 0), b) for b, n in cohort.values()),
        (
            len({head for head, _net in services}),
            len(services),
            sum(net for _head, net in services),
        ),
    )


def told(company: Retention, sold: Upsell) -> tuple:
    assert sold.expansion == company.expansion and sold.base_accounts == company.base_accounts
    return (
        (company.base_accounts, company.kept, company.new + company.reactivated),
        (company.base, company.current, company.expansion, company.total),
        company.retained,
        (sold.accounts_with_additional, sold.additional_services, sold.additional_revenue),
    )
