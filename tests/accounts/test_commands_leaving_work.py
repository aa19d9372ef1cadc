"""What somebody was to do goes to the heirs; nothing that others did since is taken from them."""

import datetime as dt
from dataclasses import asdict

import pytest
from django.utils import timezone

from accounts.commands.leaving_work import move_work, move_work_back
from accounts.models import CustomerLetter, GateOverride, Promise, Task
from common.models import Job
from tests.cast import LONG_AGO, make_account
from tests.field import make_touchpoint
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


def move(cast, heirs=None):
    return move_work(user=cast.karl, heirs=heirs or {}, heir=cast.lena, actor=cast.dora)


def test_work_of_an_account_goes_to_its_heir_and_all_else_to_the_one(cast):
    account = make_account(owner=cast.karl)
    make_task("There", owner=cast.karl, account=account)
    make_task("Own", owner=cast.karl)
    make_task("Done", owner=cast.karl, state="done")
    Promise.objects.create(account=account, text="x", colleague=cast.karl, made_on=LONG_AGO)
    moved = move(cast, {account.pk: cast.dora})
    held = dict(Task.objects.values_list("title", "owner__name"))
    assert held == {"There": "Dora", "Own": "Lena", "Done": "Karl"}
    assert Promise.objects.get().colleague == cast.dora
    move_work_back(user=cast.karl, moved=asdict(moved), actor=cast.dora)
    assert set(Task.objects.values_list("owner", flat=True)) == {cast.karl.pk}
    assert Promise.objects.get().colleague == cast.karl


def test_where_the_heir_comes_anyway_nobody_comes_twice(cast):
    meeting = make_touchpoint(make_account(owner=cast.karl), days_ago=-2, state="planned")
    for user in (cast.karl, cast.lena):
        meeting.attendances.create(colleague=user)
    moved = move(cast)
    assert [row.colleague for row in meeting.attendances.all()] == [cast.lena]
    move_work_back(user=cast.karl, moved=asdict(moved), actor=cast.dora)
    assert meeting.attendances.count() == 2


def test_runs_letters_and_leave_through_the_gate_stop(cast):
    account = make_account(owner=cast.karl)
    Job.objects.create(name="x", created_by=cast.karl)
    Job.objects.create(name="x", created_by=cast.lena)
    letter = CustomerLetter.objects.create(
        account=account, kind="handover", language="en", subject="s", body="b", state="queued",
        written_by=cast.karl,
    )  # fmt: skip
    through = GateOverride.objects.create(
        account=account, user=cast.karl, reason="Fair",
        valid_until=timezone.now() + dt.timedelta(days=2),
    )  # fmt: skip
    moved = move(cast)
    assert moved.jobs == 1 and Job.objects.filter(state="queued").get().created_by == cast.lena
    letter.refresh_from_db()
    through.refresh_from_db()
    assert letter.state == "stopped" and through.ended_at
    move_work_back(user=cast.karl, moved=asdict(moved), actor=cast.dora)
    letter.refresh_from_db()
    through.refresh_from_db()
    assert letter.state == "draft" and through.ended_at is None
