"""Whatever is planned, called off, signed, taken back and assigned by hand: one owner every day,
and taking back brings everything to what it was before the signature."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.commands import handover, handover_items
from accounts.commands.assignment import assign_account
from accounts.models import Account, Handover, HandoverQuestion, Promise, Task
from accounts.queries.handover_lines import lines_of
from common.errors import RuleBroken
from people.models import company_day
from tests.cast import LONG_AGO, make_cast
from tests.gate import employ, make_key_account

pytestmark = pytest.mark.django_db

WHO = ("lena", "karl", "kim")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.sampled_from(WHO)),
        st.tuples(st.just("sign"), st.just("")),
        st.tuples(st.just("hand"), st.sampled_from(WHO)),
        st.tuples(st.just("undo"), st.just("")),
        st.tuples(st.just("cancel"), st.just("")),
        st.tuples(st.just("assign"), st.sampled_from(WHO)),
        st.tuples(st.just("write"), st.sampled_from(WHO)),
        st.tuples(st.just("wait"), st.sampled_from([1, 5, 14, 29])),
    ),
    max_size=5,
)


class Story:
    def __init__(self):
        self.cast = make_cast()
        for name in WHO:
            employ(getattr(self.cast, name), 2)
        HandoverQuestion.objects.get_or_create(code="none", retired_at=timezone.now())
        self.account = make_key_account(owner=self.cast.lena)
        self.before: dict[int, dict] = {}

    def step(self, verb: str, what) -> None:
        try:
            with transaction.atomic():
                getattr(self, verb)(what)
        except RuleBroken:
            return

    def plan(self, who: str) -> None:
        handover.plan_handover(
            actor=self.cast.dora, account_id=self.account.pk, to_user=getattr(self.cast, who),
            cause="load", planned_for=company_day(), joint_meetings=0,
        )  # fmt: skip

    def hand(self, who: str) -> None:
        self.plan(who)
        self.sign(who)

    def sign(self, _what) -> None:
        row = Handover.objects.filter(state="planned").first()
        if row is None:
            return
        given = {"actor": self.cast.dora, "handover_id": row.pk}
        handover_items.waive_whole(kind="person", reason="nobody known", **given)
        lines = lines_of(row)
        items = [handover_items.pass_promise(promise_id=line.row.pk, **given)
                 for line in lines.promises]  # fmt: skip
        items += [handover_items.pass_task(task_id=line.row.pk, **given) for line in lines.tasks]
        for item in items:
            handover_items.see_item(actor=row.to_user, handover_id=row.pk, item_id=item.pk)
        for state in ("captured", "introduced", "joint"):
            handover.move_on(state=state, **given)
        before = self.digest(without=row.switched.get("reading"))
        signature = {"handover_id": row.pk, "signature": str(row.to_user)}
        handover.accept_handover(actor=row.to_user, **signature)
        self.before[row.pk] = before
        assert Account.objects.get(pk=self.account.pk).owner == row.to_user

    def undo(self, _what) -> None:
        row = Handover.objects.filter(state="watch").order_by("-accepted_at", "-pk").first()
        if row is None:
            return
        known = {name: list(self.digest()[name]) for name in ("promises", "tasks")}
        handover.undo_handover(actor=self.cast.dora, handover_id=row.pk)
        assert (company_day() - row.accepted_on).days <= 30
        before, after = self.before[row.pk], self.digest()
        assert after["owners"] == before["owners"]
        assert not before["others"] - after["others"]
        for name in ("promises", "tasks"):
            old = {pk for pk, _user in before[name]}
            assert [pair for pair in after[name] if pair[0] in old] == before[name]
            assert len(after[name]) == len(known[name])
            since = [user for pk, user in after[name] if pk not in old]
            assert row.to_user_id not in since or row.to_user_id == row.from_user_id

    def cancel(self, _what) -> None:
        row = Handover.objects.filter(state="planned").first()
        if row:
            handover.cancel_handover(actor=self.cast.dora, handover_id=row.pk, reason="no")

    def assign(self, who: str) -> None:
        assign_account(
            actor=self.cast.dora, account_id=self.account.pk, user=getattr(self.cast, who),
            role="owner", start=company_day(),
        )  # fmt: skip

    def write(self, _who: str) -> None:
        owner = Account.objects.get(pk=self.account.pk).owner
        Promise.objects.create(
            account=self.account, text="x", colleague=owner, made_on=company_day()
        )
        Task.objects.create(account=self.account, title="x", owner=owner)

    def digest(self, without: int | None = None) -> dict:
        rows = self.account.assignments.exclude(pk=without)
        days = rows.values_list("role", "user", "valid_from", "valid_to")
        return {
            "owners": sorted(str(row) for row in days if row[0] == "owner"),
            "others": Counter(str(row) for row in days if row[0] != "owner"),
            "promises": list(self.account.promises.order_by("pk").values_list("pk", "colleague")),
            "tasks": list(self.account.tasks.order_by("pk").values_list("pk", "owner")),
        }

    def check(self) -> None:
        spans = self.account.assignments.owners().order_by("valid_from")
        day = LONG_AGO
        for start, end in spans.values_list("valid_from", "valid_to"):
            assert start == day, "a day without an owner, or with two"
            day = end
        assert day is None
        today = self.account.assignments.owners().today().get().user_id
        assert Account.objects.get(pk=self.account.pk).owner_id == today
        live = Handover.objects.filter(state__in=("planned", "captured", "introduced", "joint"))
        readers = self.account.assignments.today().filter(role="deputy", valid_to=None)
        assert readers.count() <= live.count() <= 1


@settings(
    max_examples=min(150, settings.default.max_examples),  # each is two handovers and their days
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(STEPS, st.sampled_from(WHO), STEPS), min_size=1, max_size=2))
def test_one_owner_every_day_and_taking_back_restores(parts):
    steps = [step for before, who, after in parts
             for step in (*before, ("hand", who), *after, ("undo", ""))]  # fmt: skip
    sid = transaction.savepoint()
    try:
        story, now = Story(), timezone.now()
        for verb, what in steps:
            if verb == "wait":
                now += dt.timedelta(days=what)
                continue
            with time_machine.travel(now, tick=False):
                story.step(verb, what)
                story.check()
    finally:
        transaction.savepoint_rollback(sid)
