"""The book the laboratory works on, with what people decided."""

import datetime as dt

import pytest

from accounts.choices import PinKind
from accounts.commands.criterion import install_criteria
from accounts.models import AccountScore, Criterion, CriterionMark, Pin, Policy
from kpi.queries.book import current_book, plain_rules, policy_on
from kpi.rules import key, laboratory, pareto
from tests.cast import make_cast
from tests.kpi.books import DAY, make_book, make_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    install_criteria()
    return make_cast()


def test_before_the_first_night_the_book_is_empty(cast):
    read = current_book()
    assert (read.day, len(read.book)) == (None, 0)


def test_pins_and_newest_marks_are_in_the_book(cast):
    accounts = make_book(cast)
    span = {"reason": "x", "valid_from": DAY, "valid_to": DAY + dt.timedelta(days=9)}
    Pin.objects.create(account=accounts[8], kind=PinKind.TIER_A, **span)
    Pin.objects.create(account=accounts[0], kind=PinKind.NOT_KEY, **span)
    growth = Criterion.objects.get(code="growth")
    for days, mark in ((30, 1), (2, 3)):
        CriterionMark.objects.create(
            account=accounts[5],
            criterion=growth,
            mark=mark,
            reason="x",
            day=DAY - dt.timedelta(days=days),
        )
    read = current_book()
    assert (read.book.tier_pin[8], read.book.key_pin[0]) == (pareto.A, key.PINNED_OUT)
    assert read.book.marks[5, read.criteria.index(growth)] == 3


def test_the_laboratory_decides_what_the_night_decided(cast):
    """Same functions, same book: the policy in force changes nothing."""
    policy = make_policy(cap=3)
    make_book(cast)
    read = current_book()
    verdict = laboratory.judge(read.book, plain_rules(policy, read.criteria))
    rows = AccountScore.objects.values_list("account_id", "tier", "is_key")
    from_night = {pk: (tier, is_key) for pk, tier, is_key in rows}
    for index, pk in enumerate(read.book.ids):
        letter = str(pareto.LETTERS[verdict.tier[index]])
        assert from_night[int(pk)] == (letter, bool(verdict.key[index]))


def test_the_policy_of_a_day_is_the_last_adopted_by_then(cast):
    assert policy_on(DAY).pk is None
    first = make_policy(state="retired", adopted_on=dt.date(2025, 1, 1))
    second = make_policy(adopted_on=dt.date(2026, 1, 1))
    assert policy_on(dt.date(2025, 6, 1)) == first
    assert policy_on(DAY) == second
    assert policy_on(dt.date(2020, 1, 1)) == first
    assert Policy.objects.count() == 2
