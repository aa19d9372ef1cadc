"""The card of dependence: who stands on it, for whom, with which past."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.commands.dependence import write_dependence
from accounts.models import ManagerDay
from kpi.queries.dependence import dependence, weekly
from tests.accounts.test_queries_leaving import book
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


def make_night(user, days_ago, hanging):
    return ManagerDay.objects.create(
        user=user, day=TODAY - dt.timedelta(days=days_ago), hanging=Decimal(hanging),
        revenue=Decimal(hanging), hours=1, capacity=1, key=0, regular=0, relationships=0,
        rule_version="1",
    )  # fmt: skip


def test_before_the_first_night_there_is_no_card(cast):
    assert dependence(cast.dora) is None


def test_most_stands_first_and_unknown_money_is_named(cast):
    book(cast.karl, 1_000, (cast.karl, 10), (cast.lena, 10))
    book(cast.karl, 250)
    book(cast.kim, 900, (cast.kim, 10))
    write_dependence(day=TODAY)
    found = dependence(cast.dora)
    assert [(row.name, row.hanging, row.share, row.unknown) for row in found.managers] == [
        ("Kim", 900, 1.0, 0), ("Karl", 500, 0.5, 250)
    ]  # fmt: skip
    assert [row.hanging for row in found.contacts] == [900, 500, 500]


def test_readers_see_whose_figures_they_may(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    _account, (foreign,) = book(cast.kim, 900, (cast.kim, 10))
    write_dependence(day=TODAY)
    for reader, names in (
        (cast.lena, ["Karl"]),
        (cast.karl, ["Karl"]),
        (cast.dora, ["Karl", "Kim"]),
    ):
        found = dependence(reader)
        assert [row.name for row in found.managers] == names
        assert (foreign.name in [row.name for row in found.contacts]) == (reader == cast.dora)
    assert dependence(cast.rita) is None


def test_the_past_is_weekly_and_told_as_a_table_too(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    for days_ago, hanging in ((400, 1), (93, 300), (28, 700), (1, 999)):
        make_night(cast.karl, days_ago, hanging)
    write_dependence(day=TODAY)
    (row,) = dependence(cast.dora).managers
    assert row.before == (700, 300, None)
    assert row.values[0] == 300 and row.values[-1] == 1_000


def test_of_each_week_the_last_night_counts():
    monday = dt.date(2026, 11, 16)
    points = [(monday + dt.timedelta(days=n), Decimal(n)) for n in (0, 3, 6, 7, 15)]
    assert [value for _day, value in weekly(points)] == [6, 7, 15]


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    book(cast.karl, 1_000, (cast.karl, 10))
    write_dependence(day=TODAY)
    with django_assert_max_num_queries(6) as few:
        dependence(cast.dora)
    for owner in (cast.karl, cast.lena, cast.kim):
        book(owner, 1_000, (owner, 10), (cast.dora, 3))
    write_dependence(day=TODAY)
    with django_assert_max_num_queries(len(few)):
        dependence(cast.dora)
