"""Money by manager over any history of owners: every view adds up to the company, to the unit."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Account, AccountDay, Assignment
from kpi.queries.attribution import by_manager
from kpi.queries.attribution.period import Period
from kpi.rules.attribution import View
from tests.accounts.lines import Ledger
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2026, 2, 1)
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
MARCH = Period("", FIRST, LAST)
DAYS = 90
ACCOUNTS = 3

days = st.integers(0, DAYS)
amounts = st.integers(-90_000, 90_000).map(lambda units: Decimal(units) / 10_000)
# Of each account who took it on which day: 0 is nobody, 1-3 are managers.
histories = st.lists(
    st.dictionaries(days, st.integers(0, 3), max_size=5), min_size=ACCOUNTS, max_size=ACCOUNTS
)
facts = st.dictionaries(st.tuples(st.integers(0, ACCOUNTS - 1), days), amounts, max_size=15)
credits = st.lists(
    st.tuples(st.integers(0, ACCOUNTS - 1), days, days), max_size=3, unique_by=lambda one: one[:2]
)


def on(day: int) -> dt.date:
    return BEGIN + dt.timedelta(days=day)


def own(account: Account, history: dict[int, int], managers: list) -> None:
    starts = sorted(history)
    for start, end in zip(starts, [*starts, None][1:], strict=True):
        if history[start]:
            Assignment.objects.create(
                account=account, user=managers[history[start] - 1], role="owner",
                valid_from=on(start), valid_to=None if end is None else on(end),
            )  # fmt: skip


def told_to(history: dict[int, int], day: int) -> int:
    """Who has the account on that day, read as plainly as can be."""
    return next((history[start] for start in sorted(history, reverse=True) if start <= day), 0)


class Book:
    """Money on days, and beside it what it comes to for each person by the invoice date."""

    def __init__(self, accounts: list[Account], histories: list[dict[int, int]]):
        self.accounts, self.histories = accounts, histories
        self.money: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        self.told: dict[int, Decimal] = defaultdict(Decimal)

    def add(self, place: int, day: int, net: Decimal, counted_on: int | None = None) -> None:
        self.money[place, day] += net
        if FIRST <= on(day) <= LAST:
            owner = told_to(self.histories[place], day if counted_on is None else counted_on)
            self.told[owner] += net

    def credit(self, ledger: Ledger, place: int, first: int, second: int) -> None:
        """An invoice of 7, and half of it taken back on a later day under its number."""
        document = f"INV-{place}-{first}"
        ledger.line(self.accounts[place], on(first), 7, document=document)
        ledger.line(self.accounts[place], on(second), -3, document=document, status="credit")
        self.add(place, first, Decimal(7))
        self.add(place, second, Decimal(-3), counted_on=first)

    def write(self) -> Decimal:
        """The company's net of March."""
        for (place, day), net in self.money.items():
            make_day(self.accounts[place], on(day), net)
        return sum(row.net for row in AccountDay.objects.filter(day__range=(FIRST, LAST)))


@settings(max_examples=settings.default.max_examples // 2)  # the heavy profile asks for more
@given(histories, facts, credits, st.booleans())
def test_every_view_adds_up_over_any_history(histories, facts, credits, merges):
    with transaction.atomic():
        cast = make_cast()
        managers = [cast.lena, cast.karl, cast.kim]
        book = Book([make_account() for _ in range(ACCOUNTS)], histories)
        for account, history in zip(book.accounts, histories, strict=True):
            own(account, history, managers)
        for (place, day), net in facts.items():
            book.add(place, day, net)
        ledger = Ledger()
        for place, first, second in credits:
            if first < second:
                book.credit(ledger, place, first, second)
        company = book.write()
        if merges:
            Account.objects.filter(pk=book.accounts[2].pk).update(merged_into=book.accounts[0])
        for view in View:
            found = by_manager(cast.dora, MARCH, view)
            assert found.total.net == company == sum(row.net for row in found.rows)
            assert set(found.total.views) == {company}
        if not merges:
            rows = by_manager(cast.dora, MARCH, View.INVOICE).rows
            told = {managers.index(row.user) + 1 if row.user else 0: row.net for row in rows}
            assert {one: net for one, net in told.items() if net} == {
                one: net for one, net in book.told.items() if net
            }
        transaction.set_rollback(True)


def test_a_credit_of_an_invoice_from_before_the_first_owner_is_nobodys():
    cast = make_cast()
    history = {20: 1}
    book = Book([make_account()], [history])
    own(book.accounts[0], history, [cast.karl])
    book.credit(Ledger(), 0, 10, 40)
    assert book.write() == -3
    rows = by_manager(cast.dora, MARCH, View.INVOICE).rows
    assert [(row.user, row.net) for row in rows] == [(cast.karl, 0), (None, -3)]
