import datetime as dt

import pytest
from django.utils import timezone

from accounts.queries import tasks as queries
from tests.field_tasks import make_helper, make_task

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days):
    return TODAY - dt.timedelta(days=days)


def test_an_accounts_tasks_begin_with_the_longest_overdue(cast, account):
    make_task("some day", owner=cast.karl, account=account)
    make_task("later", owner=cast.karl, account=account, due=TODAY)
    make_task("late", owner=cast.anna, account=account, due=ago(5))
    make_task("done", owner=cast.karl, account=account, state="done")
    found = queries.tasks_of(cast.karl, account)
    assert [line.task.title for line in found] == ["late", "later", "some day"]
    assert [line.overdue_days for line in found] == [5, 0, 0]
    assert [line.is_mine for line in found] == [False, True, True]
    assert all(line.may_settle for line in found)


def test_a_lead_reads_them_without_settling(cast, account):
    make_task(owner=cast.karl, account=account)
    assert not queries.tasks_of(cast.lena, account)[0].may_settle
    assert queries.tasks_of(cast.kim, account) == []


def test_any_number_of_tasks_takes_the_same_queries(cast, account, django_assert_num_queries):
    for _n in range(5):
        make_task(owner=cast.anna, account=account)
    assert cast.karl.roles
    with django_assert_num_queries(2):
        [line.task.owner.name for line in queries.tasks_of(cast.karl, account)]


def test_the_account_team_may_be_given_tasks(cast, account):
    make_helper(account, cast.ivan, "finance")
    make_helper(account, cast.rita, valid_to=dt.date(2021, 1, 1))
    names = queries.possible_owners(cast.karl, account).values_list("name", flat=True)
    assert set(names) == {"Karl", "Anna", "Ivan", "Dora"}


def overdue(reader) -> int:
    return queries.overdue_rows(reader)["overdue"].count()


def test_the_count_of_overdue_is_of_what_one_may_still_see(cast, account):
    make_task(owner=cast.karl, account=account, due=ago(1))
    make_task(owner=cast.karl, due=ago(1))
    make_task(owner=cast.karl, due=TODAY)
    assert overdue(cast.karl) == 2
    account.assignments.update(valid_to=dt.date(2021, 1, 1))
    assert overdue(cast.karl) == 1
    assert overdue(cast.kim) == 0
