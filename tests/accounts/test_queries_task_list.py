import datetime as dt

import pytest
from django.utils import timezone

from accounts.queries import task_list as queries
from tests.cast import make_account
from tests.field_tasks import make_helper, make_task

pytestmark = pytest.mark.django_db
LATE = timezone.localdate() - dt.timedelta(days=2)


def titles(reader, scope, text=""):
    return [task.title for task in queries.tasks_in(reader, scope, text)]


def test_each_scope_holds_its_tasks(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_task("own", owner=cast.karl, due=LATE)
    make_task("given", owner=cast.anna, account=account, created_by=cast.karl)
    make_task("done", owner=cast.karl, state="done", settled_at=timezone.now())
    make_task("foreign", owner=cast.kim, due=LATE)
    assert titles(cast.karl, "mine") == ["own"]
    assert titles(cast.karl, "given") == ["given"]
    assert titles(cast.karl, "accounts") == ["given"]
    assert titles(cast.karl, "overdue") == ["own"]
    assert titles(cast.karl, "done") == ["done"]
    assert titles(cast.karl, "accounts", "hans") == []
    assert titles(cast.karl, "mine", "own") == ["own"]


def test_a_row_knows_what_it_may_link_to_and_who_may_settle_it(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_helper(account, cast.ivan)
    task = make_task(owner=cast.ivan, account=account, created_by=cast.karl)
    rows = {user: queries.rows_of(user, [task])[0] for user in (cast.karl, cast.lena, cast.ivan)}
    assert [row.may_open for row in rows.values()] == [True, True, False]
    assert [row.may_settle for row in rows.values()] == [True, False, True]
    assert queries.rows_of(cast.ivan, []) == []


def test_pages_hold_fifty(cast):
    for _n in range(queries.PAGE + 1):
        make_task(owner=cast.karl)
    assert len(queries.page_of(cast.karl, "mine", "", "1").object_list) == queries.PAGE
    assert len(queries.page_of(cast.karl, "mine", "", "2").object_list) == 1


def test_a_scope_is_narrowed_to_one_owner_among_those_the_reader_sees(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_task("of anna", owner=cast.anna, account=account)
    make_task("of karl", owner=cast.karl, account=account)
    make_task("foreign", owner=cast.kim, account=make_account(owner=cast.kim))
    assert list(queries.owners_in(cast.karl, "accounts")) == [cast.anna, cast.karl]
    found = queries.tasks_in(cast.karl, "accounts", owner=cast.anna.pk)
    assert [task.title for task in found] == ["of anna"]
    assert not queries.tasks_in(cast.karl, "accounts", owner=cast.kim.pk)
    assert cast.kim in queries.owners_in(cast.dora, "accounts")
