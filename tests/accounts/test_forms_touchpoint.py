"""Whom a form of a large customer shows at first sight."""

import pytest

from accounts.forms.touchpoint import AT_FIRST_SIGHT, PlanForm
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


def form(people, chosen=()):
    return PlanForm(initial={"contacts": list(chosen)}, people=people, ours=[])


def test_a_few_people_are_all_shown():
    account = make_account()
    people = [make_contact(account) for _ in range(AT_FIRST_SIGHT)]
    assert (form(people).near, form(people).far) == (people, [])


def test_of_many_the_ticked_come_first_and_the_rest_waits():
    account = make_account()
    people = [make_contact(account) for _ in range(AT_FIRST_SIGHT + 5)]
    last = people[-1]
    found = form(people, [last.pk])
    assert found.near == [last, *people[: AT_FIRST_SIGHT - 1]]
    assert found.far == people[AT_FIRST_SIGHT - 1 : -1]


def test_everybody_who_is_ticked_is_shown():
    account = make_account()
    people = [make_contact(account) for _ in range(AT_FIRST_SIGHT + 2)]
    found = form(people, [row.pk for row in people])
    assert (found.near, found.far) == (people, [])
