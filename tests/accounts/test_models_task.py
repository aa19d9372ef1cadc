import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import FieldSettings, Task
from tests.cast import LONG_AGO, make_account
from tests.field_tasks import make_cadence, make_helper, make_task

pytestmark = pytest.mark.django_db


def seen_by(user):
    return set(Task.objects.visible_to(user).values_list("title", flat=True))


def test_tasks_are_seen_with_the_account_or_by_who_helps_with_it(cast):
    account = make_account(owner=cast.karl)
    make_helper(account, cast.ivan)
    make_task("Karl's", owner=cast.karl, account=account)
    make_task("Ivan's", owner=cast.ivan, account=account, created_by=cast.karl)
    for user in (cast.dora, cast.lena, cast.karl, cast.anna):
        assert seen_by(user) == {"Karl's", "Ivan's"}
    assert seen_by(cast.ivan) == {"Ivan's"}
    for user in (cast.kim, cast.rita, cast.adam, cast.sam):
        assert seen_by(user) == set()


def test_whoever_leaves_an_account_leaves_its_tasks(cast):
    account = make_account(owner=cast.karl)
    helper = make_helper(account, cast.ivan)
    make_task("Karl's", owner=cast.karl, account=account)
    make_task("Ivan's", owner=cast.ivan, account=account, created_by=cast.karl)
    account.assignments.filter(role="owner").update(valid_to=dt.date(2021, 1, 1))
    helper.delete()
    assert seen_by(cast.karl) == seen_by(cast.anna) == seen_by(cast.ivan) == set()
    assert seen_by(cast.dora) == {"Karl's", "Ivan's"}


def test_a_task_of_no_account_is_its_owners_and_givers(cast):
    make_task("Book a room", owner=cast.anna, created_by=cast.karl)
    assert seen_by(cast.anna) == seen_by(cast.karl) == {"Book a room"}
    assert seen_by(cast.dora) == seen_by(cast.kim) == set()
    cast.anna.is_active = False
    assert seen_by(cast.anna) == set()


def test_a_lead_reads_the_teams_tasks_and_changes_only_own(cast):
    account = make_account(owner=cast.karl)
    make_task("Karl's", owner=cast.karl, account=account)
    assert not Task.objects.editable_by(cast.lena).exists()
    assert Task.objects.editable_by(cast.anna).exists()


def test_one_cause_makes_one_open_task(cast):
    account = make_account(owner=cast.karl)
    make_task(owner=cast.karl, account=account, cause="hole:finance", state="done")
    make_task(owner=cast.karl, account=account, cause="hole:finance")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_task(owner=cast.karl, account=account, cause="hole:finance")


def test_overdue_is_open_and_due_before_the_day(cast):
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    make_task("late", owner=cast.karl, due=yesterday)
    make_task("today", owner=cast.karl, due=today)
    make_task("done", owner=cast.karl, due=yesterday, state="done")
    make_task("some day", owner=cast.karl)
    assert [task.title for task in Task.objects.overdue(today)] == ["late"]


def test_an_account_has_one_open_rhythm(cast):
    account = make_account(owner=cast.karl)
    make_cadence(account, 14, valid_to=dt.date(2021, 1, 1))
    make_cadence(account, 30, valid_from=dt.date(2021, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_cadence(account, None)
    assert account.cadences.on(LONG_AGO).get().days == 14


def test_the_company_has_one_row_of_settings_and_defaults_before_it():
    assert FieldSettings.current().cadence_days["A"] == 14
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldSettings.objects.create(pk=2)
