import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.commands import handover as commands
from accounts.commands.assignment import assign_account
from accounts.commands.handover import Incomplete
from accounts.models import (
    Account,
    Assignment,
    CareSettings,
    Control,
    Handover,
    HandoverMove,
    Promise,
    Task,
)
from common.errors import RuleBroken
from people.models import Employment, Event, Notification, company_day
from tests.cast import LONG_AGO, make_account
from tests.field import make_contact, make_observation
from tests.gate import employ, make_key_account
from tests.handovers import accept, begin, digest, make_road, meet, see_all, tell, to_state

pytestmark = pytest.mark.django_db


def later(days: int):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False)


def gaps(caught) -> set[str]:
    return {str(one.gap) for one in caught.value.missing}


def test_a_director_plans_and_the_new_manager_reads_from_that_moment(cast):
    road = make_road(cast, begun=False)
    before = Account.objects.visible_to(cast.karl).filter(pk=road.account.pk)
    assert not before.exists()
    road.row = begin(road, note=" calm ")
    assert before.exists() and road.row.state == "planned" and road.row.note == "calm"
    assert road.row.agreed_by == cast.dora and road.row.from_user == cast.lena
    assert road.row.tier == "A" and road.row.items.filter(kind="question").count() == 14
    row = road.account.assignments.get(user=cast.karl)
    assert (row.role, row.valid_to) == ("deputy", None)
    assert Event.objects.filter(verb="account.handover_planned").count() == 1
    told = Notification.objects.filter(kind="handover").values_list("user__name", flat=True)
    assert sorted(told) == ["Karl", "Lena"]


def test_a_manager_proposes_their_own_account_and_a_director_agrees(cast):
    road = make_road(cast, begun=False)
    road.row = begin(road, actor=cast.lena)
    assert road.row.agreed_at is None
    asked = Notification.objects.filter(user=cast.dora, data__what="asked")
    assert asked.count() == 1
    tell(road)
    commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")
    meet(road, road.boss)
    with pytest.raises(Incomplete) as caught:
        commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="introduced")
    assert gaps(caught) == {"agreement"} and "A director has to agree" in str(caught.value)
    for actor in (cast.lena, cast.karl):
        with pytest.raises(RuleBroken, match="a director"):
            commands.agree_handover(actor=actor, handover_id=road.row.pk)
    row = commands.agree_handover(actor=cast.dora, handover_id=road.row.pk)
    at = row.agreed_at
    assert commands.agree_handover(actor=cast.dora, handover_id=row.pk).agreed_at == at
    commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="introduced")


@pytest.mark.parametrize(
    ("who", "fields", "words"),
    [
        ("kim", {}, None),
        ("anna", {}, None),
        ("dora", {"to_user": "lena"}, "they have the account already"),
        ("dora", {"to_user": "anna"}, "does not have the role"),
        ("dora", {"cause": "whim"}, "Choose one of the values offered"),
        ("dora", {"joint_meetings": 11}, "no joint meeting and ten"),
        ("dora", {"planned_for": dt.date(2020, 1, 1)}, "today or a later day"),
    ],
)
def test_planning_is_refused_and_changes_nothing(cast, who, fields, words):
    road = make_road(cast, begun=False)
    given = {"cause": "load", "planned_for": company_day(), "to_user": "karl"} | fields
    given["to_user"] = getattr(cast, given["to_user"])
    before = digest(road.account)
    error = RuleBroken if words else Account.DoesNotExist
    with pytest.raises(error, match=words):
        commands.plan_handover(actor=getattr(cast, who), account_id=road.account.pk, **given)
    assert digest(road.account) == before and not Handover.objects.exists()


@pytest.mark.parametrize(
    ("grade", "trial", "words"),
    [(2, True, "is on probation"), (None, False, "has no grade"), (1, False, "lower grade")],
)
def test_the_gate_is_asked_when_it_is_planned_and_again_when_it_is_signed(
    cast, grade, trial, words
):
    road = make_road(cast, begun=False)
    employ(cast.karl, grade, on_probation=trial)
    with pytest.raises(RuleBroken, match=words):
        begin(road)
    assert not Handover.objects.exists()
    employ(cast.karl, 2)
    road.row = begin(road)
    to_state(road, "joint")
    see_all(road)
    employ(cast.karl, grade, on_probation=trial)
    before = digest(road.account)
    with pytest.raises(RuleBroken, match=words):
        accept(road)
    assert digest(road.account) == before
    assert Handover.objects.get().state == "joint"


def test_one_handover_at_a_time(cast):
    road = make_road(cast)
    with pytest.raises(RuleBroken, match="to Karl is under way"):
        begin(road)


def test_each_step_says_what_is_missing_for_it(cast):
    road = make_road(cast)
    with pytest.raises(Incomplete) as caught:
        commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")
    assert gaps(caught) == {"question", "check", "promise", "task"}
    assert "14 questions are not answered yet." in str(caught.value)
    assert "1 open promise has not been gone through." in str(caught.value)
    assert all(one.url for one in caught.value.missing)
    tell(road)
    commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")
    with pytest.raises(Incomplete, match="Not introduced yet: Ursula Boss") as caught:
        commands.move_on(actor=cast.karl, handover_id=road.row.pk, state="introduced")
    meet(road, road.boss)
    commands.move_on(actor=cast.karl, handover_id=road.row.pk, state="introduced")
    with pytest.raises(Incomplete, match="1 joint meeting of both managers"):
        commands.move_on(actor=cast.karl, handover_id=road.row.pk, state="joint")
    meet(road)
    commands.move_on(actor=cast.karl, handover_id=road.row.pk, state="joint")
    states = list(HandoverMove.objects.values_list("to_state", flat=True))
    assert states == ["planned", "captured", "introduced", "joint"]


def test_steps_are_taken_in_order_and_only_by_who_may(cast):
    road = make_road(cast)
    with pytest.raises(RuleBroken, match="One step after the other"):
        commands.move_on(actor=cast.dora, handover_id=road.row.pk, state="joint")
    with pytest.raises(RuleBroken, match="it takes Lena or a director"):
        commands.move_on(actor=cast.karl, handover_id=road.row.pk, state="captured")
    with pytest.raises(Handover.DoesNotExist):
        commands.move_on(actor=cast.kim, handover_id=road.row.pk, state="captured")
    with pytest.raises(Handover.DoesNotExist):
        commands.move_on(actor=cast.anna, handover_id=road.row.pk, state="captured")
    to_state(road, "joint")
    with pytest.raises(RuleBroken, match="further already"):
        commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")


def test_the_director_cannot_sign_for_the_new_manager_nor_the_former_one(cast):
    road = to_state(make_road(cast), "joint")
    see_all(road)
    for actor in (cast.dora, cast.lena):
        with pytest.raises(RuleBroken, match="it takes Karl"):
            commands.accept_handover(actor=actor, handover_id=road.row.pk, signature=str(actor))


def test_a_promise_that_was_not_read_keeps_from_signing(cast):
    road = to_state(make_road(cast), "joint")
    see_all(road)
    line = road.row.items.get(promise=road.promise)
    line.seen_at = None
    line.save()
    with pytest.raises(Incomplete, match="Karl has not acknowledged 1 line") as caught:
        commands.accept_handover(actor=cast.karl, handover_id=road.row.pk, signature="Karl")
    assert caught.value.missing[0].url.endswith("#promises")


def test_a_promise_made_after_capture_is_missing_again(cast):
    road = to_state(make_road(cast), "joint")
    see_all(road)
    Promise.objects.create(
        account=road.account, text="New", colleague=cast.lena, made_on=company_day()
    )
    with pytest.raises(Incomplete) as caught:
        commands.accept_handover(actor=cast.karl, handover_id=road.row.pk, signature="Karl")
    assert gaps(caught) == {"promise", "unseen"}


@pytest.mark.parametrize(("typed", "words"), [("", "Sign by typing"), ("Dora", "your own name")])
def test_unsigned_is_not_accepted(cast, typed, words):
    road = to_state(make_road(cast), "joint")
    see_all(road)
    before = digest(road.account)
    with pytest.raises(RuleBroken, match=words):
        commands.accept_handover(actor=cast.karl, handover_id=road.row.pk, signature=typed)
    assert digest(road.account) == before


def test_ownership_promises_and_tasks_change_at_the_moment_of_signing(cast):
    road = to_state(make_road(cast), "joint")
    assert Account.objects.get(pk=road.account.pk).owner == cast.lena
    row = accept(road, " karl ")
    today = company_day()
    assert (row.state, row.accepted_on, row.signature) == ("watch", today, "karl")
    assert row.watch_until == today + dt.timedelta(days=90)
    assert list(row.baseline) == [str(road.boss.pk)] and row.baseline[str(road.boss.pk)] >= 0
    assert Account.objects.get(pk=road.account.pk).owner == cast.karl
    owners = road.account.assignments.owners().values_list("user__name", "valid_to")
    assert list(owners) == [("Lena", today), ("Karl", None)]
    deputy = road.account.assignments.on(today).get(role="deputy")
    assert deputy.user == cast.lena and deputy.valid_to == row.watch_until
    assert Promise.objects.get().colleague == cast.karl
    assert Task.objects.get().owner == cast.karl
    assert Event.objects.filter(verb="account.handover_accepted").count() == 1


def test_without_the_wish_the_former_manager_loses_the_account_with_the_signature(cast):
    road = make_road(cast, former_stays=False)
    to_state(road, "watch")
    assert not Account.objects.editable_by(cast.lena).filter(pk=road.account.pk).exists()


def test_a_former_manager_whom_the_gate_does_not_let_helps_on_in_the_team(cast):
    road = to_state(make_road(cast), "joint")
    employ(cast.lena, None)
    accept(road)
    row = road.account.assignments.on(company_day()).get(user=cast.lena)
    assert (row.role, row.function) == ("team", "former manager")


def test_undone_on_day_29_everything_is_as_before(cast):
    road = make_road(cast, begun=False)
    Task.objects.filter(pk=road.task.pk).update(planned_on=company_day())
    before = digest(road.account)
    road.row = begin(road)
    with later(1):
        to_state(road, "watch")
    assert digest(road.account) != before
    with later(30):  # accepted on day 1
        commands.undo_handover(actor=cast.dora, handover_id=road.row.pk, reason="Too early")
        assert not Account.objects.visible_to(cast.karl).filter(pk=road.account.pk).exists()
    after = digest(road.account)
    read = [row for row in after["assignments"] if f"({cast.karl.pk}, 'deputy'" in row]
    after["assignments"] = [row for row in after["assignments"] if row not in read]
    assert after == before and len(read) == 1  # who read when stays in the past
    road.row.refresh_from_db()
    assert (road.row.state, road.row.ended_why) == ("undone", "Too early")


def test_on_day_31_it_is_refused_with_the_reason_and_what_to_do_instead(cast):
    road = to_state(make_road(cast), "watch")
    with later(30):
        commands.check(commands.Verb.UNDO, road.row, cast.dora)
    with later(31):
        before = digest(road.account)
        with pytest.raises(RuleBroken) as caught:
            commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)
        assert digest(road.account) == before
    assert "can be taken back for 30 days" in str(caught.value)
    assert "Plan a handover back to Lena instead." in str(caught.value)


def test_only_a_director_takes_it_back_and_only_after_acceptance(cast):
    road = make_road(cast)
    with pytest.raises(RuleBroken, match="call the handover off instead"):
        commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)
    to_state(road, "watch")
    for actor in (cast.karl, cast.lena):
        with pytest.raises(RuleBroken, match="a director"):
            commands.undo_handover(actor=actor, handover_id=road.row.pk)


def test_it_is_not_taken_back_over_a_later_assignment(cast):
    road = to_state(make_road(cast), "watch")
    employ(cast.kim, 2)
    with later(2):
        assign_account(
            actor=cast.dora, account_id=road.account.pk, user=cast.kim, role="owner",
            start=company_day(),
        )  # fmt: skip
        with pytest.raises(RuleBroken, match="assigned again since"):
            commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)


def test_what_was_written_since_goes_back_with_the_account(cast):
    road = to_state(make_road(cast, former_stays=False), "watch")
    new = Promise.objects.create(
        account=road.account, text="New", colleague=cast.karl, made_on=company_day()
    )
    task = Task.objects.create(account=road.account, title="New", owner=cast.karl)
    commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)
    new.refresh_from_db()
    task.refresh_from_db()
    assert (new.colleague, task.owner) == (cast.lena, cast.lena)


def test_nothing_goes_back_to_somebody_who_has_left(cast):
    road = to_state(make_road(cast), "watch")
    cast.lena.is_active = False
    cast.lena.save()
    with pytest.raises(RuleBroken, match="Lena has left"):
        commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)


def test_called_off_before_acceptance_ends_the_right_to_read(cast):
    road = make_road(cast, begun=False)
    before = digest(road.account)
    road.row = begin(road)
    with pytest.raises(RuleBroken, match="Say why"):
        commands.cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason=" ")
    with pytest.raises(RuleBroken, match="it takes Dora or a director"):
        commands.cancel_handover(actor=cast.karl, handover_id=road.row.pk, reason="No")
    commands.cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason="Customer said no")
    assert digest(road.account) == before
    told = Notification.objects.filter(kind="handover_ended", user=cast.karl)
    assert told.count() == 1
    road.row = begin(road)
    to_state(road, "watch")
    with pytest.raises(RuleBroken, match="further already"):
        commands.cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason="Late")


def test_a_former_manager_who_is_gone_is_stood_for_by_the_director(cast):
    road = make_road(cast)
    tell(road)
    commands.move_on(actor=cast.dora, handover_id=road.row.pk, state="captured")
    cast.lena.is_active = False
    cast.lena.save()
    meet(road, road.boss, ours=(cast.karl,))
    with pytest.raises(Incomplete, match="Karl and Dora"):
        commands.move_on(actor=cast.dora, handover_id=road.row.pk, state="introduced")
    meet(road, road.boss, ours=(cast.karl, cast.dora))
    commands.move_on(actor=cast.dora, handover_id=road.row.pk, state="introduced")


def test_accepting_ends_a_directors_control_and_undoing_brings_it_back(cast):
    road = make_road(cast, begun=False)
    Assignment.objects.filter(account=road.account).update(user=cast.dora)
    control = Control.objects.create(
        account=road.account, director=cast.dora, reason="Gone", valid_from=company_day(),
        valid_to=company_day() + dt.timedelta(days=60),
    )  # fmt: skip
    road.giver = cast.dora
    Promise.objects.update(colleague=cast.dora)
    Task.objects.update(owner=cast.dora)
    road.row = begin(road)
    to_state(road, "watch")
    control.refresh_from_db()
    assert control.ended_at and control.outcome == "Handed over to Karl."
    commands.undo_handover(actor=cast.dora, handover_id=road.row.pk)
    control.refresh_from_db()
    assert control.ended_at is None


def test_an_account_of_nobody_is_handed_over_by_a_director(cast):
    employ(cast.karl, 2)
    account = make_account("Loose")
    row = commands.plan_handover(
        actor=cast.dora, account_id=account.pk, to_user=cast.karl, cause="other",
        planned_for=company_day(), joint_meetings=0,
    )  # fmt: skip
    assert row.from_user is None and row.tier == "N"
    assert CareSettings.current().joint_meetings == 2


def test_power_that_nobody_has_named_keeps_from_introducing(cast):
    road = make_road(cast)
    boss = make_contact(make_account("Other"), "Elsewhere")
    make_observation(boss, "power", "3")
    make_observation(road.boss, "power", "")
    tell(road)
    commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")
    with pytest.raises(Incomplete, match="Nobody of power is known") as caught:
        commands.move_on(actor=cast.lena, handover_id=road.row.pk, state="introduced")
    assert caught.value.missing[0].url.endswith("/map/")


def test_employment_rows_are_not_touched(cast):
    road = to_state(make_road(cast), "watch")
    assert Employment.objects.filter(valid_from=LONG_AGO).count() == 2
    assert make_key_account("Next", owner=cast.lena).pk != road.account.pk
