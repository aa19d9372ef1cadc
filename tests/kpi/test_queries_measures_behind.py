"""The accounts behind a figure add up to it."""

import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import (
    Account,
    AccountDay,
    Assignment,
    Segment,
    ServiceLine,
    ServiceMonth,
    Touchpoint,
)
from kpi.commands import recompute, write_readings
from kpi.models import Reading
from kpi.queries.measures.behind import MAKERS, OF_THEIR_OWN, behind
from kpi.queries.measures.figures import figures
from tests.cast import make_account, make_cast, signed_in
from tests.kpi.facts import make_day
from tests.kpi.plans import make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def book():
    """Customers kept, lost, new and won back, one of them handed over; a contact and a line."""
    cast = make_cast()
    segment = Segment.objects.create(code="food", names={"en": "Food"})
    kept, lost, new, back = (
        make_account(owner=user, segment=one)
        for user, one in (
            (cast.karl, segment), (cast.karl, None), (cast.kim, segment), (None, None),
        )
    )  # fmt: skip
    for account, day, net in (
        (kept, dt.date(2022, 1, 5), 1), (back, dt.date(2023, 1, 5), 30),
        (kept, dt.date(2024, 6, 1), 100), (lost, dt.date(2024, 7, 1), 50),
        (kept, dt.date(2025, 9, 1), 150), (new, dt.date(2025, 10, 1), 40),
        (back, dt.date(2025, 11, 1), 20), (lost, dt.date(2025, 5, 1), -5),
    ):  # fmt: skip
        make_day(account, day, Decimal(net), cost=net // 2)
    line = ServiceLine.objects.create(code="boxes", names={"en": "Boxes"})
    ServiceMonth.objects.create(
        account=kept, service_line=line, month=dt.date(2025, 9, 1), net=150, positive=150, lines=1
    )
    Assignment.objects.filter(account=kept).update(valid_to=dt.date(2026, 1, 1))
    Assignment.objects.create(
        account=kept, user=cast.kim, role="owner", valid_from=dt.date(2026, 1, 1)
    )
    Touchpoint.objects.create(
        account=kept, channel="call", at=dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC)
    )
    recompute(as_of=DAY)
    return cast


@pytest.mark.parametrize("code", sorted(MAKERS))
def test_the_columns_add_up_to_every_group(book, code):
    rows = [one for one in figures(DAY, is_newest=False) if one.code == code]
    assert rows
    for one in rows:
        found = behind(code, one.scope, one.key, DAY)
        sums = [sum(part[column] for part in found.parts.values()) for column in (0, 1)]
        assert sums[0] == one.numerator, one
        if one.denominator is not None:
            assert sums[1] == one.denominator, one


def test_a_ledger_that_is_too_short_has_nothing_behind(book):
    AccountDay.objects.filter(day__lt=dt.date(2025, 9, 1)).delete()
    assert behind("revenue", "company", "", DAY) is None


@pytest.fixture
def planned(book):
    """A plan of every kind for Karl and Kim; the accounts were met, or not, since."""
    people = (book.karl, book.kim)
    flat = {"sales": 90, "active": 1, "new": 1, "width": 2}
    plans = {one: {user: [value] * 12 for user in people} for one, value in flat.items()}
    make_plan(2026, adopted=True, **plans)
    for account, day, net in (("a", 1, 70), ("a", 40, 20), ("b", 50, 30)):
        owner = {"a": book.karl, "b": book.kim}[account]
        known = Account.objects.filter(name=account).first() or make_account(account, owner=owner)
        make_day(known, dt.date(2026, 1, 1) + dt.timedelta(days=day), Decimal(net))
        line = ServiceLine.objects.get()
        month = (dt.date(2026, 1, 1) + dt.timedelta(days=day)).replace(day=1)
        ServiceMonth.objects.create(
            account=known, service_line=line, month=month, net=net, positive=net, lines=1
        )
    recompute(as_of=DAY)
    return book


@pytest.mark.parametrize("code", sorted(OF_THEIR_OWN))
def test_rows_of_plans_and_rhythms_make_the_share(planned, code):
    rows = [one for one in figures(DAY, is_newest=True) if one.code == code]
    assert {one.scope for one in rows} >= {"company", "manager"}
    for one in rows:
        found = behind(code, one.scope, one.key, DAY)
        came, asked = (sum(part[column] for part in found.parts.values()) for column in (0, 1))
        asked += found.plan
        assert came / asked == pytest.approx(one.value), one
        if code in ("coverage", "plan-sales", "plan-new"):
            assert (came, asked) == (one.numerator, one.denominator), one


def test_rhythms_of_other_days_and_plans_of_none_have_nothing_behind(book):
    assert behind("coverage", "company", "", DAY - dt.timedelta(days=1)) is None
    assert behind("plan-sales", "company", "", DAY) is None
    assert behind("plan-sales", "team", "1", DAY) is None


def test_the_file_of_a_plan_makes_the_share_again(planned):
    write_readings()
    answer = signed_in(planned.dora).get(reverse("kpi:measure_export", args=["plan-active", "csv"]))
    lines = list(csv.reader(answer.getvalue().decode().lstrip("\ufeff").splitlines()))
    assert lines[0][-2:] == ["Months with an order", "Planned"]
    assert lines[-1][1] == "The plan to date"
    came, asked = (sum(Decimal(line[at] or 0) for line in lines[1:]) for at in (4, 5))
    reading = Reading.objects.get(code="plan-active", scope="company", day=DAY)
    assert float(came / asked) == pytest.approx(reading.value)
