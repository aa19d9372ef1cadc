"""Readings of the newest day and of month-ends, and what late corrections do to them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import F

from accounts.models import AccountDay, DirtyAccount, Scoring
from common.dates import is_month_end
from kpi.choices import PlanMeasure, PlanState
from kpi.commands import readings, recompute, write_readings
from kpi.models import PlanLine, PlanVersion, Reading, ReadingDay
from kpi.queries.measures import figures as query
from people.models import Membership, Team
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)
TODAY = dt.date(2026, 4, 10)


@pytest.fixture
def book():
    """Karl keeps one customer and loses another, Kim wins one; the ledger is four years old."""
    cast = make_cast()
    kept, lost, new = (make_account(owner=user) for user in (cast.karl, cast.karl, cast.kim))
    make_day(kept, dt.date(2022, 1, 5), Decimal(1))
    for account, day, net in (
        (kept, dt.date(2024, 6, 1), 100), (lost, dt.date(2024, 7, 1), 50),
        (kept, dt.date(2025, 9, 1), 150), (new, dt.date(2025, 10, 1), 40),
    ):  # fmt: skip
        make_day(account, day, Decimal(net), cost=net // 2)
    recompute(as_of=TODAY)
    return cast, kept, lost, new


def value(code: str, scope: str = "company", key: str = "", day: dt.date = TODAY, **fields):
    row = Reading.objects.get(code=code, scope=scope, key=key, day=day, **fields)
    return row.numerator, row.denominator


def correct(account, day: dt.date, net: int) -> AccountDay:
    """As an import does it: it says whose past it changed."""
    DirtyAccount.objects.touch([account.pk])
    return make_day(account, day, Decimal(net))


def test_the_newest_day_is_read_for_the_company_and_each_manager(book):
    cast, *_accounts = book
    write_readings()
    assert value("retention") == (1, 2)
    assert value("revenue") == (190 * 10_000, None)
    assert value("revenue", "manager", str(cast.karl.pk)) == (150 * 10_000, None)
    assert value("lost-revenue") == (50 * 10_000, 150 * 10_000)
    assert value("new-revenue", "manager", str(cast.kim.pk)) == (40 * 10_000, None)


def test_groups_of_every_split_add_up_to_the_company(book):
    write_readings()
    for code in ("revenue", "retention", "new-revenue", "margin"):
        for scope in ("manager", "team", "segment", "tier"):
            rows = Reading.objects.filter(code=code, scope=scope, day=TODAY, is_restated=False)
            assert sum(row.numerator for row in rows) == value(code)[0], (code, scope)


def test_missed_month_ends_are_caught_up(book):
    write_readings()
    days = set(ReadingDay.objects.values_list("day", flat=True))
    assert {dt.date(2026, 3, 31), dt.date(2025, 3, 31), dt.date(2025, 4, 10)} <= days
    assert len([day for day in days if is_month_end(day)]) == readings.MONTHS


def test_twice_is_once(book):
    write_readings()
    before = list(Reading.objects.values_list("pk", "value"))
    assert write_readings() == {"readings": 1}  # the newest day alone, and nothing written
    assert list(Reading.objects.values_list("pk", "value")) == before


def test_a_closed_day_keeps_what_was_known_and_stands_beside_what_is_known_now(book):
    _cast, kept, *_others = book
    write_readings()
    correct(kept, dt.date(2026, 3, 20), 10)
    write_readings()
    assert value("revenue", day=DAY, is_restated=False)[0] == 190 * 10_000
    assert value("revenue", day=DAY, is_restated=True)[0] == 200 * 10_000
    assert not Reading.objects.filter(day=DAY, code="retention", is_restated=True).exists()


def test_a_correction_taken_back_leaves_nothing_restated(book):
    _cast, kept, *_others = book
    write_readings()
    late = correct(kept, dt.date(2026, 3, 20), 10)
    write_readings()
    AccountDay.objects.filter(pk=late.pk).delete()
    write_readings()
    assert not Reading.objects.filter(is_restated=True).exists()


def test_money_that_went_from_one_account_to_another_is_a_correction(book):
    _cast, kept, lost, _new = book
    day = dt.date(2026, 3, 20)
    rows = [make_day(account, day, Decimal(20)) for account in (kept, lost)]
    write_readings()
    for row, more in zip(rows, (5, -5), strict=True):
        AccountDay.objects.filter(pk=row.pk).update(net=F("net") + more)
    DirtyAccount.objects.touch([kept.pk, lost.pk])
    write_readings()
    assert Reading.objects.filter(day=DAY, code="concentration", is_restated=True).exists()


def test_the_day_itself_is_not_closed_before_it_is_over(book):
    _cast, kept, *_others = book
    write_readings(day=DAY)
    correct(kept, DAY, 10)
    write_readings(day=DAY + dt.timedelta(days=1))
    assert value("revenue", day=DAY) == (200 * 10_000, None)


def test_a_month_end_that_was_not_over_is_read_again_when_it_is(book):
    """Teams and segments of its last hours are in no sum that would tell of a correction."""
    cast, *_accounts = book
    write_readings(day=DAY)
    south = Team.objects.get(name="South")
    Membership.objects.filter(user=cast.karl).update(valid_to=DAY)
    Membership.objects.create(user=cast.karl, team=south, valid_from=DAY)
    write_readings(day=DAY + dt.timedelta(days=1))
    assert value("revenue", "team", str(south.pk), day=DAY) == (190 * 10_000, None)
    read = ReadingDay.objects.get(day=DAY).made_at
    write_readings(day=DAY + dt.timedelta(days=2))
    assert ReadingDay.objects.get(day=DAY).made_at == read


def test_a_night_killed_in_between_reads_the_day_again(book):
    write_readings()
    whole = set(Reading.objects.values_list("code", "scope", "key", "day", "value"))
    Reading.objects.filter(day=DAY, scope="manager").delete()
    ReadingDay.objects.filter(day=DAY).delete()
    write_readings()
    assert set(Reading.objects.values_list("code", "scope", "key", "day", "value")) == whole


def test_the_rhythm_of_contacts_is_known_of_the_day_it_was_read_alone(book):
    write_readings()
    assert set(
        Reading.objects.filter(code="coverage").values_list("day", flat=True)
    ) == {TODAY}  # fmt: skip


def test_days_that_are_neither_newest_nor_a_month_end_go(book):
    write_readings(day=TODAY)
    write_readings(day=TODAY + dt.timedelta(days=1))
    assert not ReadingDay.objects.filter(day=TODAY).exists()


def test_a_short_ledger_has_no_readings_that_compare():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    make_day(account, dt.date(2025, 1, 1), Decimal(5))
    recompute(as_of=TODAY)
    write_readings()
    codes = set(Reading.objects.filter(day=TODAY).values_list("code", flat=True))
    assert "revenue" in codes
    assert not codes & {"retention", "nrr", "growth", "services"}


def test_without_a_night_nothing_is_read():
    assert not Scoring.objects.exists()
    assert write_readings() == {}


def test_ten_times_the_accounts_need_as_many_queries(book, django_assert_max_num_queries):
    cast, *_accounts = book
    for _number in range(20):
        make_day(make_account(owner=cast.kim), dt.date(2025, 9, 1), Decimal(7))
    with django_assert_max_num_queries(75):
        query.figures(TODAY, is_newest=True)


def test_a_plan_in_force_is_read_of_the_company_and_of_who_has_one(book):
    cast, *_accounts = book
    version = PlanVersion.objects.create(
        year=2026, number=1, state=PlanState.ADOPTED, valid_from=dt.date(2026, 1, 1)
    )
    PlanLine.objects.create(
        version=version, user=cast.karl, measure=PlanMeasure.SALES, month=1, value=100
    )
    write_readings()
    assert value("plan-sales", "manager", str(cast.karl.pk)) == (0, 100 * 10_000)
    assert value("plan-sales") == (0, 100 * 10_000)
    assert not Reading.objects.filter(code="plan-sales", day=dt.date(2025, 12, 31)).exists()
