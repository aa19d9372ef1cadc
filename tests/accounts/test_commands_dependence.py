"""The night's rows of load and dependence."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.commands.dependence import TOP_CONTACTS, write_dependence
from accounts.models import AccountScore, ContactDay, ManagerDay
from common.jobs import enqueue
from tests.accounts.test_queries_dependence import make_tie
from tests.cast import make_account, make_cast
from tests.field import make_contact

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


def book(owner, revenue: int, *ties: tuple) -> tuple:
    """An account with a person for each (colleague, energy)."""
    account = make_account(owner=owner)
    AccountScore.objects.create(account=account, as_of=TODAY, own_revenue=Decimal(revenue))
    contacts = []
    for colleague, energy in ties:
        contact = make_contact(account)
        make_tie(contact, colleague, energy)
        make_tie(contact, None, energy)
        contacts.append(contact)
    return account, contacts


def test_money_hangs_on_the_manager_by_their_part_of_the_ties(cast):
    book(cast.karl, 1_000, (cast.karl, 10), (cast.lena, 10))
    book(cast.karl, 400, (cast.karl, 10))
    book(cast.karl, 300, (cast.lena, 10))
    write_dependence(day=TODAY)
    row = ManagerDay.objects.get(user=cast.karl)
    assert (row.revenue, row.hanging, row.unknown) == (1_700, 900, 0)


def test_money_of_accounts_without_ties_is_named_and_never_nothing(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    book(cast.karl, 250)
    write_dependence(day=TODAY)
    row = ManagerDay.objects.get(user=cast.karl)
    assert (row.hanging, row.unknown, row.untied) == (1_000, 250, 1)


def test_managers_without_accounts_have_a_row_too(cast):
    write_dependence(day=TODAY)
    assert set(ManagerDay.objects.values_list("user__name", flat=True)) == {"Lena", "Karl", "Kim"}


def test_where_nobody_is_a_manager_nothing_hangs_on_anybody():
    found = write_dependence(day=TODAY)
    assert (found.managers, found.contacts) == (0, 0)


def test_money_hangs_on_a_person_of_theirs_by_their_part(cast):
    _account, (one, other) = book(cast.karl, 1_000, (cast.karl, 90), (cast.karl, 90))
    write_dependence(day=TODAY)
    found = dict(ContactDay.objects.values_list("contact", "hanging"))
    assert found == {one.pk: 500, other.pk: 500}


def test_only_those_on_whom_most_hangs_are_kept(cast, monkeypatch):
    monkeypatch.setattr("accounts.commands.dependence.TOP_CONTACTS", 2)
    people = [book(cast.karl, money, (cast.karl, 10))[1][0] for money in (10, 30, 20, 0)]
    write_dependence(day=TODAY)
    assert set(ContactDay.objects.values_list("contact", flat=True)) == {people[1].pk, people[2].pk}
    assert TOP_CONTACTS == 200


def test_a_day_reckoned_again_is_replaced(cast):
    account, _people = book(cast.karl, 100, (cast.karl, 10))
    write_dependence(day=TODAY)
    AccountScore.objects.filter(account=account).update(own_revenue=Decimal(70))
    write_dependence(day=TODAY)
    assert ManagerDay.objects.get(user=cast.karl).hanging == 70
    assert ContactDay.objects.get().hanging == 70


def test_after_a_quarter_only_the_last_day_of_each_week_stays(cast):
    monday = TODAY - dt.timedelta(days=TODAY.weekday() + 7 * 20)
    days = [monday + dt.timedelta(days=n) for n in (0, 2, 4, 7)] + [TODAY - dt.timedelta(days=1)]
    figures = {"hours": 1, "capacity": 1, "key": 0, "regular": 0, "relationships": 0}
    for day in days:
        ManagerDay.objects.create(user=cast.karl, day=day, rule_version="1", **figures)
    assert write_dependence(day=TODAY).thinned == 2
    left = ManagerDay.objects.filter(user=cast.karl).values_list("day", flat=True)
    assert list(left) == [days[2], days[3], days[4], TODAY]


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    for owner in (cast.karl, cast.lena, cast.kim):
        book(owner, 100, (owner, 10))
    with django_assert_max_num_queries(30) as few:
        write_dependence(day=TODAY)
    for owner in (cast.karl, cast.lena, cast.kim) * 3:
        book(owner, 100, (owner, 10), (cast.dora, 3))
    with django_assert_max_num_queries(len(few)):
        write_dependence(day=TODAY)


def test_the_night_writes_them_and_a_look_at_a_past_day_does_not(cast, run_jobs):
    enqueue("kpi.jobs.recompute", as_of="2026-03-31")
    run_jobs()
    assert not ManagerDay.objects.exists()
    enqueue("kpi.jobs.recompute")
    run_jobs()
    assert ManagerDay.objects.filter(day=TODAY).count() == 3


@pytest.mark.parametrize("reads", [(1,), (2, 5), (3, 4)])
def test_however_few_accounts_are_read_the_same_people_are_found(cast, monkeypatch, reads):
    """Also where as much hangs on the last of them as another account brings in all."""
    monkeypatch.setattr("accounts.commands.dependence.TOP_CONTACTS", 3)
    shape = ((45, 1), (100, 1), (90, 2), (60, 1), (30, 1), (0, 1))
    people = [book(cast.karl, money, *((cast.karl, 10),) * many)[1] for money, many in shape]
    write_dependence(day=TODAY)
    whole = dict(ContactDay.objects.values_list("contact", "hanging"))
    assert whole == {people[0][0].pk: 45, people[1][0].pk: 100, people[3][0].pk: 60}
    monkeypatch.setattr("accounts.commands.dependence.READS", reads)
    write_dependence(day=TODAY)
    assert dict(ContactDay.objects.values_list("contact", "hanging")) == whole
