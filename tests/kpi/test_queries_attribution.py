"""Money by manager from a real ledger: agreement to the cent, credits, merges, sight."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AccountDay, Assignment
from common.money import to_units
from kpi.queries.attribution import by_manager
from kpi.queries.attribution import facts as read
from kpi.queries.attribution.period import Period, period_of, usual
from kpi.rules.attribution import View, attribute
from tests.accounts.lines import Ledger
from tests.cast import make_account, make_cast, make_user
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
MARCH = Period("", FIRST, LAST)
SWITCH = dt.date(2026, 3, 11)


@pytest.fixture
def cast():
    return make_cast()


def hand_over(account, giver, taker, day=SWITCH):
    """The account was the giver's from the beginning of the year and the taker's from `day`."""
    Assignment.objects.filter(account=account).delete()
    begin = dt.date(2026, 1, 1)
    Assignment.objects.create(
        account=account, user=giver, role="owner", valid_from=begin, valid_to=day
    )
    if taker:
        Assignment.objects.create(account=account, user=taker, role="owner", valid_from=day)


def nets(found) -> dict:
    return {row.user.name if row.user else "": row.net for row in found.rows}


def test_every_view_adds_up_to_the_ledger(cast):
    moved, stays, orphan = make_account(), make_account(owner=cast.kim), make_account()
    hand_over(moved, cast.karl, cast.lena)
    for account, day, net in (
        (moved, 5, "100.01"), (moved, 20, "33.33"), (stays, 9, "7.77"), (orphan, 9, "-0.03"),
        (moved, 11, "-10.0001"),
    ):  # fmt: skip
        make_day(account, FIRST.replace(day=day), Decimal(net))
    make_day(moved, dt.date(2026, 4, 1), Decimal(1_000))
    ledger = sum(row.net for row in AccountDay.objects.filter(day__range=(FIRST, LAST)))
    for view in View:
        found = by_manager(cast.dora, MARCH, view)
        assert found.total.net == ledger == sum(row.net for row in found.rows)
        assert set(found.total.views) == {ledger}


def test_the_day_of_the_switch_is_the_takers(cast):
    account = make_account()
    hand_over(account, cast.karl, cast.lena)
    make_day(account, SWITCH - dt.timedelta(days=1), Decimal(10))
    make_day(account, SWITCH, Decimal(20))
    assert nets(by_manager(cast.dora, MARCH, View.INVOICE)) == {"Lena": 20, "Karl": 10}


def test_what_nobody_owned_is_nobodys_and_stands_last(cast):
    account = make_account()
    hand_over(account, cast.karl, None)
    make_day(account, SWITCH, Decimal(900))
    make_day(account, FIRST, Decimal(10))
    found = by_manager(cast.dora, MARCH, View.INVOICE)
    assert [row.user for row in found.rows] == [cast.karl, None]
    assert found.rows[-1].net == 900


def test_a_credit_note_with_the_invoices_number_goes_to_the_owner_of_the_invoice(cast):
    account = make_account()
    hand_over(account, cast.karl, cast.lena)
    ledger = Ledger()
    ledger.line(account, FIRST, 100, document="INV-1")
    ledger.line(account, LAST, -40, document="INV-1", status="credit")
    ledger.line(account, LAST, -5, document="CN-9", status="credit")
    make_day(account, FIRST, Decimal(100))
    make_day(account, LAST, Decimal(-45))
    assert nets(by_manager(cast.dora, MARCH, View.INVOICE)) == {"Karl": 60, "Lena": -5}


def test_what_was_merged_follows_the_survivors_owners_after_its_own(cast):
    survivor, absorbed = make_account(owner=cast.kim), make_account()
    hand_over(absorbed, cast.karl, None)
    absorbed.merged_into = survivor
    absorbed.save()
    make_day(absorbed, FIRST, Decimal(10))
    make_day(absorbed, LAST, Decimal(20))
    assert nets(by_manager(cast.dora, MARCH, View.INVOICE)) == {"Kim": 20, "Karl": 10}


def test_reading_sums_and_reading_days_say_the_same(cast):
    for number in range(6):
        account = make_account(owner=cast.kim)
        if number % 2:
            hand_over(account, cast.karl, cast.lena, FIRST + dt.timedelta(days=3 * number))
        for day in range(0, 31, 4):
            make_day(account, FIRST + dt.timedelta(days=day), Decimal(day - 7), cost=day)
    held = read.owners()
    book = read.facts(held, FIRST, LAST)
    found = attribute(book, held, View.INVOICE, first=FIRST.toordinal(), last=LAST.toordinal(),
                      today=LAST.toordinal())  # fmt: skip
    plain: dict[int, int] = {}
    for row in AccountDay.objects.all():
        owner = Assignment.objects.owners().on(row.day).filter(account=row.account).first()
        key = owner.user_id if owner else 0
        plain[key] = plain.get(key, 0) + to_units(row.net)
    assert {user: share.money[0] for user, share in found.items()} == plain


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        ("dora", {"Lena", "Karl", "Kim", ""}),
        ("lena", {"Lena", "Karl"}),
        ("karl", {"Karl"}),
        ("anna", {"Karl"}),
    ],
)
def test_readers_see_their_own_part_only(cast, reader, names):
    for owner in (cast.lena, cast.karl, cast.kim, None):
        make_day(make_account(owner=owner), FIRST, Decimal(10))
    found = by_manager(getattr(cast, reader), MARCH, View.INVOICE)
    assert set(nets(found)) == names
    assert (found.total is not None) == (reader == "dora")


def test_a_place_is_told_among_five_managers_and_more_only(cast):
    for owner, amount in ((cast.lena, 11), (cast.karl, 12), (cast.kim, 13)):
        make_day(make_account(owner=owner), FIRST, Decimal(amount))
    assert by_manager(cast.karl, MARCH, View.INVOICE).place is None
    for name in ("Max", "Mia"):
        make_day(make_account(owner=make_user(name, "kam")), FIRST, Decimal(1_000))
    place, of = by_manager(cast.karl, MARCH, View.INVOICE).place
    assert (place, of) == (4, 5)
    assert by_manager(cast.dora, MARCH, View.INVOICE).place is None


def test_accounts_that_changed_hands_are_marked_for_ninety_days(cast):
    account, old = make_account("Moved"), make_account("Long ago")
    hand_over(account, cast.karl, cast.lena)
    hand_over(old, cast.karl, cast.lena, dt.date(2026, 1, 2))
    make_day(account, FIRST, Decimal(10))
    make_day(old, FIRST, Decimal(10))
    late = Period("", FIRST, dt.date(2026, 4, 15))
    found = by_manager(cast.karl, late, View.INVOICE)
    assert found.hands == ()
    found = by_manager(cast.dora, late, View.INVOICE)
    assert [(one.account.name, one.giver, one.taker, one.net) for one in found.hands] == [
        ("Moved", cast.karl, cast.lena, 10)
    ]
    assert {row.user.name: row.hands for row in found.rows} == {"Lena": 1, "Karl": 1}


def test_of_one_day_the_account_with_most_money_stands_first(cast):
    for name, money in (("Small", 1), ("Large", 9)):
        account = make_account(name)
        hand_over(account, cast.karl, cast.lena)
        make_day(account, FIRST, Decimal(money))
    found = by_manager(cast.dora, MARCH, View.INVOICE)
    assert [one.account.name for one in found.hands] == ["Large", "Small"]


def test_it_is_said_when_an_account_is_counted_for_two(cast):
    account = make_account()
    hand_over(account, cast.karl, cast.lena)
    make_day(account, FIRST, Decimal(1))
    assert not by_manager(cast.dora, MARCH, View.INVOICE).is_shared
    make_day(account, LAST, Decimal(1))
    found = by_manager(cast.dora, MARCH, View.INVOICE)
    assert found.is_shared and found.total.accounts == 1
    assert not by_manager(cast.karl, MARCH, View.INVOICE).is_shared
    assert dict(found.why.inputs) == {"View": "Owner on the invoice date"}


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, ("2025-05-16", "2026-05-15")),
        ({"period": "quarter"}, ("2026-04-01", "2026-05-15")),
        ({"period": "last_month"}, ("2026-04-01", "2026-04-30")),
        ({"first": "2026-01-05", "last": "2026-01-05"}, ("2026-01-05", "2026-01-05")),
    ],
)
def test_the_period_asked_for(asked, days):
    period = period_of(asked, dt.date(2026, 5, 15))
    assert (period.first.isoformat(), period.last.isoformat()) == days


@pytest.mark.parametrize(
    "asked",
    [{"period": "x"}, {"first": "2026-02-01"}, {"first": "2026-02-02", "last": "2026-02-01"},
     {"first": "1900-01-01", "last": "2026-01-01"}, {"first": "2026-02-30", "last": "2026-03-01"}],
)  # fmt: skip
def test_periods_that_are_none(asked):
    with pytest.raises(ValueError):
        period_of(asked, dt.date(2026, 5, 15))
    assert set(usual(LAST)) == {"year", "this_year", "quarter", "month", "last_month"}


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    def fill(number):
        for n in range(number):
            account = make_account()
            hand_over(account, cast.karl, cast.lena if n % 2 else cast.kim)
            make_day(account, FIRST, Decimal(n))

    fill(2)
    with django_assert_max_num_queries(15) as few:
        by_manager(cast.dora, MARCH, View.INVOICE)
    fill(6)
    with django_assert_max_num_queries(len(few)):
        by_manager(cast.dora, MARCH, View.INVOICE)


def test_of_very_many_accounts_the_same_is_read_without_naming_them(cast, monkeypatch):
    account = make_account()
    hand_over(account, cast.karl, cast.lena)
    ledger = Ledger()
    ledger.line(account, FIRST, 100, document="INV-1")
    ledger.line(account, LAST, -40, document="INV-1", status="credit")
    make_day(account, FIRST, Decimal(100))
    make_day(account, LAST, Decimal(-40))
    found = nets(by_manager(cast.dora, MARCH, View.INVOICE))
    monkeypatch.setattr(read, "NAMED", 0)
    assert nets(by_manager(cast.dora, MARCH, View.INVOICE)) == found
