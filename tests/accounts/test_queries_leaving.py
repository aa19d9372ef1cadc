"""What falls when people leave."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.commands.coverage import install_coverage_rules
from accounts.models import Promise, Task, Touchpoint
from accounts.queries.leaving import leaving
from accounts.queries.leaving_who import Who
from tests.accounts.test_queries_dependence import make_tie
from tests.cast import make_account, make_cast
from tests.field import make_contact, set_tier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


def book(owner, revenue: int, *ties: tuple, name="", tier="A"):
    """An account with a person for each (colleague, energy)."""
    account = make_account(name, owner=owner)
    score = set_tier(account, tier)
    score.own_revenue = Decimal(revenue)
    score.save()
    contacts = []
    for colleague, energy in ties:
        contact = make_contact(account)
        make_tie(contact, colleague, energy)
        make_tie(contact, None, energy)
        contacts.append(contact)
    return account, contacts


def test_accounts_stand_in_order_of_the_money_that_hangs(cast):
    book(cast.karl, 100, (cast.karl, 10), name="Small")
    book(cast.karl, 900, (cast.karl, 10), (cast.lena, 10), name="Half")
    book(cast.karl, 500, name="Unknown")
    found = leaving(cast.dora, Who(users=(cast.karl,)))
    assert [row.account.name for row in found.accounts] == ["Half", "Small", "Unknown"]
    assert [row.hanging for row in found.accounts] == [450, 100, None]
    assert (found.hanging, found.owned_revenue, found.unknown_money) == (550, 1_500, 500)


def test_threads_and_lost_ties_before_and_after(cast):
    book(cast.karl, 100, (cast.karl, 10), (cast.lena, 10), name="Shared")
    book(cast.karl, 100, (cast.karl, 10), name="Alone")
    alone, shared = leaving(cast.dora, Who(users=(cast.karl,))).accounts
    assert (alone.threads, alone.loses_tie) == ((pytest.approx(1), 0), True)
    assert shared.our_threads == (pytest.approx(2), pytest.approx(1))
    assert (shared.threads, shared.loses_tie) == ((pytest.approx(2), pytest.approx(1)), False)
    assert [name for name, *_rest in shared.strongest.values()] == [pytest.approx(63.2, abs=0.1)]


def test_a_person_of_theirs_takes_their_part(cast):
    _account, (one, _other) = book(cast.karl, 1_000, (cast.karl, 90), (cast.karl, 90))
    (row,) = leaving(cast.karl, Who(contacts=(one,))).accounts
    assert (row.loss, row.hanging, row.is_owned) == (pytest.approx(0.5), 500, False)


def test_two_together_take_what_neither_takes_alone(cast):
    book(cast.karl, 1_000, (cast.karl, 10), (cast.lena, 10))
    alone = leaving(cast.dora, Who(users=(cast.karl,))).accounts[0]
    both = leaving(cast.dora, Who(users=(cast.karl, cast.lena))).accounts[0]
    assert not alone.loses_tie and both.loses_tie
    assert both.hanging == 1_000


def test_promises_tasks_and_meetings_of_those_who_leave_are_counted(cast):
    account, (boss,) = book(cast.karl, 100, (cast.karl, 10))
    Promise.objects.create(account=account, text="Price list", colleague=cast.karl, made_on=TODAY)
    Promise.objects.create(account=account, text="Kept", colleague=cast.karl, made_on=TODAY,
                           state="kept")  # fmt: skip
    Task.objects.create(account=account, title="Call", owner=cast.karl)
    Task.objects.create(account=account, title="Other", owner=cast.lena)
    meeting = Touchpoint.objects.create(
        account=account, state="planned", channel="meeting",
        at=timezone.now() + dt.timedelta(days=3),
    )  # fmt: skip
    meeting.attendances.create(colleague=cast.karl)
    meeting.presences.create(contact=boss)
    found = leaving(cast.dora, Who((cast.karl,), (boss,)))
    assert (found.promises.count, found.tasks.count, found.planned.count) == (1, 1, 1)


def test_readers_see_accounts_they_may_open_only(cast):
    book(cast.kim, 100, (cast.karl, 10), name="Foreign")
    assert leaving(cast.karl, Who(users=(cast.karl,))).accounts == ()
    assert len(leaving(cast.dora, Who(users=(cast.karl,))).accounts) == 1


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    install_coverage_rules()
    people = book(cast.karl, 100, (cast.karl, 10))[1]
    with django_assert_max_num_queries(16) as few:
        leaving(cast.dora, Who((cast.karl,), tuple(people)))
    for _ in range(4):
        people += book(cast.karl, 100, (cast.karl, 10), (cast.lena, 10))[1]
    with django_assert_max_num_queries(len(few)):
        leaving(cast.dora, Who((cast.karl, cast.lena), tuple(people)))
