"""The accounts behind a figure add up to it."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import AccountDay, Assignment, Segment, ServiceLine, ServiceMonth, Touchpoint
from kpi.commands import recompute
from kpi.queries.measures.behind import MAKERS, behind
from kpi.queries.measures.figures import figures
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day

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
