import pytest

from accounts.commands import handover, handover_items
from accounts.commands.handover_items import Conflict
from accounts.models import Handover, HandoverItem, Promise, Task
from accounts.queries.handover_lines import lines_of
from common.errors import RuleBroken
from people.models import Event, User
from tests.field import make_contact, make_observation
from tests.handovers import make_road, tell, to_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast):
    return make_road(cast)


@pytest.fixture
def given(cast, road):
    return {"actor": cast.lena, "handover_id": road.row.pk}


def first(road, kind: str) -> HandoverItem:
    return road.row.items.filter(kind=kind).first()


def answer(road, given, text: str, version: int = 1) -> HandoverItem:
    item = first(road, "question")
    return handover_items.answer_question(item_id=item.pk, answer=text, version=version, **given)


def test_an_answer_counts_when_it_says_something(road, given):
    item = answer(road, given, " They hate mornings. ")
    assert (item.answer, item.version) == ("They hate mornings.", 2) and item.done_at
    item = answer(road, given, "  ", version=2)
    assert item.done_at is None and item.done_by is None


def test_two_writers_do_not_overwrite_each_other(cast, road, given):
    answer(road, given, "Lena's words")
    with pytest.raises(Conflict) as caught:
        answer(road, {**given, "actor": cast.dora}, "Dora's words")
    assert caught.value.item.answer == "Lena's words"
    same = answer(road, {**given, "actor": cast.dora}, "Lena's words")
    assert same.version == 2  # the same words are no conflict


def test_what_changes_after_it_was_read_is_to_be_read_again(cast, road, given):
    item = answer(road, given, "One")
    seen = handover_items.see_item(actor=cast.karl, handover_id=road.row.pk, item_id=item.pk)
    assert seen.seen_at
    assert answer(road, given, "Two", version=seen.version).seen_at is None


def test_words_that_changed_under_the_eye_are_not_acknowledged(cast, road, given):
    item = answer(road, given, "Twice a week.")
    answer(road, given, "Once a month.", version=item.version)
    see = {"actor": cast.karl, "handover_id": road.row.pk, "item_id": item.pk}
    with pytest.raises(RuleBroken, match="read it once more"):
        handover_items.see_item(version=item.version, **see)
    seen = handover_items.see_item(version=item.version + 1, **see)
    assert seen.seen_at and seen.version == item.version + 1


def test_a_check_is_ticked_and_a_question_is_not(road, given):
    item = first(road, "check")
    assert handover_items.tick_check(item_id=item.pk, **given).done_at
    assert not handover_items.tick_check(item_id=item.pk, done=False, **given).done_at
    with pytest.raises(RuleBroken, match="answered in words"):
        handover_items.tick_check(item_id=first(road, "question").pk, **given)


def test_a_question_is_waived_with_a_reason_and_asked_again_without(road, given):
    item = first(road, "question")
    item = handover_items.waive_told(item_id=item.pk, reason="They have no competitors", **given)
    assert item.waived_at and item.waived_by.name == "Lena"
    assert Event.objects.filter(verb="account.handover_waived").count() == 1
    item = handover_items.waive_told(item_id=item.pk, reason=" ", **given)
    assert item.waived_at is None and item.waived_why == ""


def test_answering_takes_the_waiver_back(road, given):
    item = first(road, "question")
    item = handover_items.waive_told(item_id=item.pk, reason="No", **given)
    item = answer(road, given, "After all", version=item.version)
    assert item.waived_at is None and item.answer == "After all"


@pytest.mark.parametrize("who", ["karl", "lena"])
def test_only_a_director_lets_an_introduction_go(cast, road, who):
    given = {"handover_id": road.row.pk, "reason": "On leave"}
    for verb, more in (
        (handover_items.waive_introduction, {"contact_id": road.boss.pk}),
        (handover_items.waive_whole, {"kind": "joint"}),
    ):
        with pytest.raises(RuleBroken, match="a director"):
            verb(actor=getattr(cast, who), **given, **more)
        verb(actor=cast.dora, **given, **more)
    lines = lines_of(road.row)
    assert lines.people[0].is_done and lines.joint_needed == 0
    handover_items.waive_whole(actor=cast.dora, handover_id=road.row.pk, kind="joint", reason="")
    assert lines_of(road.row).joint_needed == 1


def test_a_director_goes_on_though_nobody_of_power_is_known(cast, road):
    make_observation(road.boss, "power", "1")
    assert lines_of(road.row).missing.get("power") == 1
    with pytest.raises(RuleBroken, match="values offered"):
        handover_items.waive_whole(
            actor=cast.dora, handover_id=road.row.pk, kind="task", reason="x"
        )
    handover_items.waive_whole(
        actor=cast.dora, handover_id=road.row.pk, kind="person", reason="A small shop"
    )
    assert "power" not in lines_of(road.row).missing


def test_a_promise_is_taken_over_passed_to_somebody_or_settled(cast, road, given):
    given["promise_id"] = road.promise.pk
    item = handover_items.pass_promise(**given)
    assert (item.choice, item.taker) == ("on", None)
    item = handover_items.pass_promise(taker=cast.kim, note="Knows them", **given)
    assert (item.choice, item.taker, item.answer) == ("to", cast.kim, "Knows them")
    assert handover_items.pass_promise(taker=cast.karl, **given).choice == "on"
    assert Promise.objects.get().colleague == cast.lena  # until the signature
    handover_items.settle_promise(state="kept", note="Sent", **given)
    assert (Promise.objects.get().state, HandoverItem.objects.get(kind="promise").choice) == (
        "kept", "settled",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="ended already"):
        handover_items.pass_promise(**given)
    gone = User.objects.create(email="gone@example.org", is_active=False)
    Promise.objects.update(state="open", settled_on=None)
    with pytest.raises(User.DoesNotExist):
        handover_items.pass_promise(taker=gone, **given)


def test_a_settled_promise_that_is_opened_again_is_missing_again(road, given):
    handover_items.settle_promise(promise_id=road.promise.pk, state="kept", **given)
    assert "promise" not in lines_of(road.row).missing
    Promise.objects.update(state="open", settled_on=None)
    assert lines_of(road.row).missing["promise"] == 1


def test_a_task_is_passed_on_done_or_dropped(cast, road, given):
    given["task_id"] = road.task.pk
    with pytest.raises(RuleBroken, match="nothing to do with this account"):
        handover_items.pass_task(taker=cast.kim, **given)
    assert handover_items.pass_task(taker=cast.dora, **given).taker == cast.dora
    handover_items.settle_task(note="Done", **given)
    assert Task.objects.get().state == "done"
    with pytest.raises(RuleBroken, match="done already"):
        handover_items.pass_task(**given)
    other = Task.objects.create(account=road.account, title="Other", owner=cast.lena)
    handover_items.settle_task(drop=True, **{**given, "task_id": other.pk})
    other.refresh_from_db()
    assert other.state == "dropped" and "task" not in lines_of(road.row).missing


def test_passed_to_somebody_else_it_is_theirs_with_the_signature(cast, road, given):
    to_state(road, "planned")
    tell(road)
    handover_items.pass_promise(promise_id=road.promise.pk, taker=cast.dora, **given)
    handover_items.pass_task(task_id=road.task.pk, taker=cast.dora, **given)
    row = handover.move_on(actor=cast.lena, handover_id=road.row.pk, state="captured")
    road.row = row
    for kind, verb in (("person", None), ("joint", None)):
        verb = handover_items.waive_whole if kind == "joint" else None
        if verb:
            verb(actor=cast.dora, handover_id=row.pk, kind=kind, reason="x")
    handover_items.waive_introduction(
        actor=cast.dora, handover_id=row.pk, contact_id=road.boss.pk, reason="x"
    )
    to_state(road, "watch")
    assert Promise.objects.get().colleague == cast.dora
    assert Task.objects.get().owner == cast.dora


def test_only_the_new_manager_acknowledges_and_only_what_was_said(cast, road, given):
    item = first(road, "question")
    with pytest.raises(RuleBroken, match="Nothing has been said"):
        handover_items.see_item(actor=cast.karl, handover_id=road.row.pk, item_id=item.pk)
    answer(road, given, "Yes")
    for actor in (cast.lena, cast.dora):
        with pytest.raises(RuleBroken, match="it takes Karl"):
            handover_items.see_item(actor=actor, handover_id=road.row.pk, item_id=item.pk)
    see = {"actor": cast.karl, "handover_id": road.row.pk, "item_id": item.pk}
    assert handover_items.see_item(**see).seen_at
    assert not handover_items.see_item(seen=False, **see).seen_at


def test_lines_of_other_accounts_are_not_there(cast, road, given):
    other = make_road(cast, name="Other")
    with pytest.raises(Promise.DoesNotExist):
        handover_items.pass_promise(promise_id=other.promise.pk, **given)
    with pytest.raises(Task.DoesNotExist):
        handover_items.settle_task(task_id=other.task.pk, **given)
    with pytest.raises(HandoverItem.DoesNotExist):
        handover_items.tick_check(item_id=first(other, "check").pk, **given)
    stranger = make_contact(other.account, "Stranger")
    with pytest.raises(type(stranger).DoesNotExist):
        handover_items.waive_introduction(
            actor=cast.dora, handover_id=road.row.pk, contact_id=stranger.pk, reason="x"
        )
    with pytest.raises(Handover.DoesNotExist):
        answer(road, {**given, "actor": cast.kim}, "Hello")


def test_nothing_is_told_after_the_signature(cast, road, given):
    to_state(road, "watch")
    with pytest.raises(RuleBroken, match="further already"):
        answer(road, {**given, "actor": cast.dora}, "Late", version=2)


def test_too_long_an_answer_is_refused(road, given):
    with pytest.raises(RuleBroken, match="too long"):
        answer(road, given, "x" * 4001)
