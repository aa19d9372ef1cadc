"""What the page of groups reads: eight whole quarters, letters only where they mean something."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountDay, AccountScore, DirtyAccount
from kpi.commands import recompute
from kpi.queries import groups
from tests.cast import make_account, make_cast
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db


def make_buyer(name, nets, **fields):
    """One order in the middle of each of the eight quarters up to DAY."""
    account = make_account(name, **fields)
    for start, net in zip(groups.quarter_starts(DAY), nets, strict=True):
        if net:
            make_day(account, start + dt.timedelta(days=40), Decimal(net))
    return account


@pytest.fixture
def cast():
    cast = make_cast()
    make_buyer("Steady", [100] * 8, owner=cast.karl)
    make_buyer("Lumpy", [100, 0] * 4, owner=cast.karl)
    make_buyer("Young", [0, 0] + [100] * 6, owner=cast.kim)
    recompute(as_of=DAY)
    return cast


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-03-31", "2024-04-01", "2026-01-01"),
        ("2026-03-30", "2024-01-01", "2025-10-01"),
        ("2026-04-01", "2024-04-01", "2026-01-01"),
    ],
)
def test_quarters_are_those_that_are_over(day, first, last):
    starts = groups.quarter_starts(dt.date.fromisoformat(day))
    assert (str(starts[0]), str(starts[-1]), len(starts)) == (first, last, 8)


def test_letters_stand_where_a_history_bears_them(cast):
    page = groups.group_page(cast.dora)
    assert {row.name: (row.xyz, row.cv) for row in page.rows} == {
        "Steady": ("X", 0.0), "Lumpy": ("Y", 1.0), "Young": ("", None),
    }  # fmt: skip
    assert page.untold == 1
    assert page.rows[-1].quarters == (100, 0) * 4


def test_children_count_with_their_parent(cast):
    parent = make_buyer("Parent", [100, 0] * 4)
    make_buyer("Child", [0, 100] * 4, parent=parent)
    recompute(as_of=DAY)
    rows = {row.name: row for row in groups.group_page(cast.dora).rows}
    assert rows["Parent"].xyz == "X" and "Child" not in rows


def test_the_cells_hold_every_customer_once(cast):
    page = groups.group_page(cast.dora)
    cells = [cell for _tier, row in page.cells for cell in row]
    assert sum(cell.accounts for cell in cells) == 3
    assert sum(cell.revenue for cell in cells) == sum(row.revenue for row in page.rows)
    for cell in cells:
        assert len(page.chosen(cell.tier, cell.xyz or "none", quiet=False)) == cell.accounts


def test_readers_see_the_customers_they_may_open(cast):
    seen = {
        reader: sorted(row.name for row in groups.group_page(getattr(cast, reader)).rows)
        for reader in ("lena", "karl", "kim")
    }
    assert seen == {
        "lena": ["Lumpy", "Steady"], "karl": ["Lumpy", "Steady"], "kim": ["Young"],
    }  # fmt: skip


def test_few_customers_are_not_ranked(cast):
    page = groups.group_page(cast.dora)
    assert not page.is_ranked and page.quiet == 0


def test_good_customers_gone_quiet(cast):
    for number in range(25):
        account = make_account(f"Firm {number:02}")
        for step in range(6 if number == 0 else 1):
            make_day(account, DAY - dt.timedelta(days=200 if number == 0 else 5, weeks=step),
                     Decimal(500 if number == 0 else 10))  # fmt: skip
    recompute(as_of=DAY)
    page = groups.group_page(cast.dora)
    quiet = [row.name for row in page.chosen("", "", quiet=True)]
    assert quiet[0] == "Firm 00" and "Firm 01" not in quiet
    assert page.rows[0].ranks == (1, 5, 5)


def test_the_file_holds_the_quarters(cast):
    page = groups.group_page(cast.dora)
    row = next(row for row in groups.file_rows(page) if row[0] == "Steady")
    assert row[4:9] == [0.0, "X", None, None, None] and row[-8:] == [100.0] * 8
    assert groups.header(page, "EUR")[-1] == "Q1 2026"
    assert len(row) == len(groups.header(page, "EUR"))


def test_before_the_first_night_there_is_nothing(cast):
    AccountScore.objects.all().delete()
    assert groups.group_page(cast.dora).rows == ()


READERS = ("dora", "lena", "karl", "kim")


def pages(cast):
    return [groups.group_page(getattr(cast, name)) for name in READERS]


def test_what_is_kept_is_what_is_read(cast):
    DirtyAccount.objects.touch([make_account().pk])
    read = pages(cast)
    DirtyAccount.objects.all().delete()
    assert [pages(cast), pages(cast)] == [read, read]


def test_after_one_look_nobody_reads_the_days(cast):
    groups.group_page(cast.kim)
    with CaptureQueriesContext(connection) as seen:
        pages(cast)
    assert not any(AccountDay._meta.db_table in one["sql"] for one in seen)


def test_facts_that_wait_for_the_night_show_at_once(cast):
    groups.group_page(cast.kim)
    young = AccountScore.objects.get(account__name="Young").account
    make_day(young, DAY - dt.timedelta(days=5), Decimal(50))
    DirtyAccount.objects.touch([young.pk])
    assert groups.group_page(cast.kim).rows[0].quarters[-1] == 150
