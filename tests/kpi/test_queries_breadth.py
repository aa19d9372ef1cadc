"""Service lines and quarters that the night keeps equal those read anew."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountScore, DirtyAccount, Scoring, ServiceLine, ServiceMonth
from kpi.commands import recompute
from kpi.models import KeptColumn
from kpi.queries import breadth
from kpi.queries.health.sheet import sheet
from kpi.queries.kept_scores import kept_scores
from kpi.queries.packed import packed_column
from kpi.queries.state import empty_state
from kpi.rules.health.score import Part
from tests.cast import make_account, make_company
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db

FIRST = dt.date(2025, 1, 10)


def buy(account, day: dt.date, line: ServiceLine | None = None, net=100) -> None:
    """As an import leaves it."""
    found = account.days.filter(day=day).first()
    if found:
        found.net += Decimal(net)
        found.save()
    else:
        make_day(account, day, Decimal(net))
    if line:
        month, _made = ServiceMonth.objects.get_or_create(
            account=account, service_line=line, month=day.replace(day=1)
        )
        month.net += Decimal(net)
        month.save()
    known = DirtyAccount.objects.filter(pk=account.pk).first()
    since = min(day, known.since) if known else day
    DirtyAccount.objects.update_or_create(account=account, defaults={"since": since})


def orders_of(day: dt.date) -> dict[str, list]:
    found = sheet(day).found[Part.ORDERS]
    return {name: values.tolist() for name, values in found.inputs.items()}


def read_anew(day: dt.date) -> dict:
    """The same without what the night slid: as if another version had stored it."""
    kept = Scoring.objects.values_list("rule_version", flat=True).get()
    Scoring.objects.update(rule_version="")
    found = orders_of(day)
    Scoring.objects.update(rule_version=kept)
    return found


@pytest.fixture
def book():
    make_company()
    lines = [ServiceLine.objects.create(code=f"line-{number}") for number in range(3)]
    lines.append(ServiceLine.objects.get_or_create(code="")[0])
    head = make_account()
    accounts = [head, make_account(parent=head), *(make_account() for _number in range(4))]
    return accounts, lines


@pytest.mark.parametrize("seed", range(4))
def test_windows_that_slid_through_any_nights_equal_those_read_anew(book, seed):
    accounts, lines = book
    draw = random.Random(seed)
    for number in range(60):
        buy(accounts[number % 6], FIRST + dt.timedelta(draw.randrange(430)), draw.choice(lines))
    day = FIRST + dt.timedelta(430)
    for step in (0, 1, 1, 0, 17, 40, 1):
        day += dt.timedelta(step)
        for _line in range(3):
            back = dt.timedelta(draw.choice((0, 0, 5, 95, 370)))
            net = draw.choice((100, 100, -100))
            buy(draw.choice(accounts), day - back, draw.choice(lines), net)
        recompute(as_of=day)
        assert orders_of(day) == read_anew(day)


def test_a_child_that_leaves_its_group_takes_its_lines_along(book):
    (head, child, *_rest), (one, two, *_more) = book
    buy(head, FIRST, one)
    buy(child, FIRST, two)
    recompute(as_of=FIRST)
    assert lines_of(head) == (2, 2)
    child.parent = None
    child.save()
    recompute(as_of=FIRST)
    assert (lines_of(head), lines_of(child)) == ((1, 1), (1, 1))


def test_a_line_drops_out_when_the_month_turns_without_any_invoice(book):
    account, line = book[0][2], book[1][0]
    buy(account, FIRST, line)
    recompute(as_of=dt.date(2025, 4, 30))
    assert lines_of(account) == (1, 1)
    recompute(as_of=dt.date(2025, 5, 1))
    assert lines_of(account) == (0, 1)


def test_what_was_sold_without_a_service_line_is_none(book):
    account, unnamed = book[0][2], book[1][-1]
    buy(account, FIRST, unnamed)
    recompute(as_of=FIRST)
    assert lines_of(account) == (0, 0)


def lines_of(account) -> tuple[int, int]:
    return AccountScore.objects.values_list("lines", "most_lines").get(account=account)


def kept() -> list:
    """What is kept of each month, and what rows tell."""
    found = kept_scores()
    bought = breadth.Bought.of(found.lines, found.columns)
    rows = AccountScore.objects.order_by("pk").values_list(*breadth.NAMES)
    return [bought.months.tolist(), list(rows)]


def counted_anew(day: dt.date) -> list:
    state = empty_state()
    breadth.count_lines(state, day)
    rows = zip(*(state[name].tolist() for name in breadth.NAMES), strict=True)
    return [state.bought.months.tolist(), list(rows)]


def live_through(book, seed: int) -> Iterator[dt.date]:
    """Nights of three months after any two years; most touch the running month only."""
    accounts, lines = book
    draw = random.Random(seed)
    day = FIRST + dt.timedelta(700)
    for _line in range(80):
        buy(draw.choice(accounts), day - dt.timedelta(draw.randrange(700)), draw.choice(lines))
    recompute(as_of=day)
    for _night in range(14):
        day += dt.timedelta(draw.choice((0, 1, 2, 9)))
        for _line in range(2):
            back = draw.choice((0, 0, 0, min(day.day - 1, 3), 40, 200))
            net = draw.choice((100, 100, -100, -300))
            buy(draw.choice(accounts), day - dt.timedelta(back), draw.choice(lines), net)
        recompute(as_of=day)
        yield day


@pytest.mark.parametrize("seed", range(3))
def test_lines_kept_from_night_to_night_equal_those_counted_anew(book, seed):
    for day in live_through(book, seed):
        assert kept() == counted_anew(day)


def test_a_fault_in_what_is_kept_of_the_months_before_would_be_seen(book):
    account, line = book[0][2], book[1][0]
    day = FIRST + dt.timedelta(430)
    buy(account, day, line)
    recompute(as_of=day)
    month = KeptColumn.objects.filter(name="bought-0-0")
    month.update(packed=packed_column(np.full(len(book[0]), 2)))
    buy(account, day, line)
    recompute(as_of=day)
    assert kept() != counted_anew(day)


def test_a_line_that_comes_and_one_that_goes_are_counted(book):
    account, (one, *_more) = book[0][2], book[1]
    day = FIRST + dt.timedelta(430)
    buy(account, day - dt.timedelta(60), one)
    recompute(as_of=day)
    fresh = [ServiceLine.objects.create(code=f"fresh-{number}") for number in range(9)]
    for line in fresh:
        buy(account, day, line)
    recompute(as_of=day)
    assert kept() == counted_anew(day)
    assert lines_of(account) == (10, 10)
    ServiceMonth.objects.filter(service_line=fresh[0]).delete()
    fresh[0].delete()
    recompute(as_of=day)
    assert kept() == counted_anew(day)
    assert lines_of(account) == (9, 9)


def test_what_was_dated_ahead_counts_when_its_month_begins(book):
    account, line = book[0][2], book[1][0]
    day = dt.date(2026, 3, 31)
    buy(account, FIRST, None)
    buy(account, day + dt.timedelta(1), line)
    recompute(as_of=day)
    assert lines_of(account) == (0, 0)
    recompute(as_of=day + dt.timedelta(1))
    assert kept() == counted_anew(day + dt.timedelta(1))
    assert lines_of(account) == (1, 1)


def test_of_what_was_touched_this_month_no_other_month_is_read(book):
    account, line = book[0][2], book[1][0]
    day = FIRST + dt.timedelta(430)
    buy(account, day - dt.timedelta(60), line)
    recompute(as_of=day)
    buy(account, day, line)
    with CaptureQueriesContext(connection) as queries:
        recompute(as_of=day)
    (read,) = [one["sql"] for one in queries if "accounts_servicemonth" in one["sql"]]
    assert f"m.month >= '{day.replace(day=1)}'" in read
