import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import task as commands
from accounts.models import Account, Contact, Task
from common.errors import RuleBroken
from people.models import Event, Notification
from tests.field_tasks import make_helper, make_task

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_task_has_an_owner_a_giver_and_can_be_found(cast, account, today):
    made = commands.create_task(
        actor=cast.karl, title="  Send   the ОФФЕР ", account_id=account.pk, due=today
    )
    assert (made.title, made.owner, made.created_by) == ("Send the ОФФЕР", cast.karl, cast.karl)
    assert "offer" in made.search_text
    assert Event.objects.about(made).get().verb == "task.created"
    assert not Notification.objects.exists()


def test_the_same_cause_makes_no_second_task(cast, account):
    first = commands.create_task(
        actor=cast.karl, title="Who signs?", account_id=account.pk, cause="hole:finance"
    )
    again = commands.create_task(
        actor=cast.dora, title="Who pays?", account_id=account.pk, cause="hole:finance"
    )
    assert again == first
    commands.complete_task(actor=cast.karl, task_id=first.pk)
    later = commands.create_task(
        actor=cast.karl, title="Who signs?", account_id=account.pk, cause="hole:finance"
    )
    assert later != first
    with pytest.raises(RuleBroken):
        commands.reopen_task(actor=cast.karl, task_id=first.pk)


def test_nobody_makes_tasks_on_foreign_accounts(cast, account):
    for user in (cast.kim, cast.lena, cast.rita, cast.sam):
        with pytest.raises(Account.DoesNotExist):
            commands.create_task(actor=user, title="Spy", account_id=account.pk)
    assert not Task.objects.exists()


def test_a_task_is_given_to_who_has_to_do_with_the_account(cast, account):
    make_helper(account, cast.ivan)
    for owner in (cast.karl, cast.anna, cast.ivan, cast.dora):
        made = commands.create_task(
            actor=cast.karl, title="Do it", account_id=account.pk, owner=owner
        )
        assert made.owner == owner
    told = set(Notification.objects.values_list("user__name", "kind"))
    assert told == {("Anna", "task_given"), ("Ivan", "task_given"), ("Dora", "task_given")}
    for owner in (cast.kim, cast.lena, cast.sam):
        with pytest.raises(RuleBroken):
            commands.create_task(actor=cast.karl, title="Do it", account_id=account.pk, owner=owner)


def test_a_task_of_no_account_goes_to_oneself_and_those_one_works_with(cast):
    assert commands.create_task(actor=cast.anna, title="Book", owner=cast.karl).owner == cast.karl
    assert commands.create_task(actor=cast.karl, title="Book", owner=cast.anna).owner == cast.anna
    assert commands.create_task(actor=cast.dora, title="Book", owner=cast.kim).owner == cast.kim
    with pytest.raises(RuleBroken):
        commands.create_task(actor=cast.karl, title="Book", owner=cast.kim)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "  "},
        {"minutes": 0},
        {"minutes": 500},
        {"repeat_every": 2},
        {"repeat_unit": "week"},
    ],
)
def test_a_task_that_makes_no_sense_is_refused(cast, fields):
    with pytest.raises(RuleBroken):
        commands.create_task(actor=cast.karl, **{"title": "Call", **fields})
    assert not Task.objects.exists()


def test_a_person_of_another_account_is_not_taken(cast, account):
    stranger = Contact.objects.create(name="Elsewhere")
    with pytest.raises(Contact.DoesNotExist):
        commands.create_task(
            actor=cast.karl, title="Call", account_id=account.pk, contact_id=stranger.pk
        )


def test_the_second_of_two_savers_is_told(cast, account):
    task = make_task(owner=cast.karl, account=account)
    commands.edit_task(actor=cast.karl, task_id=task.pk, version=1, title="Call Anna")
    with pytest.raises(commands.Conflict) as told:
        commands.edit_task(actor=cast.anna, task_id=task.pk, version=1, title="Call Bob")
    assert told.value.task.title == "Call Anna"
    changes = Event.objects.about(task).get().data["changes"]
    assert changes == {"title": ["Call back", "Call Anna"]}


def test_who_only_helps_completes_and_comments_but_does_not_change(cast, account):
    make_helper(account, cast.ivan)
    task = make_task(owner=cast.ivan, account=account, created_by=cast.karl)
    commands.comment_task(actor=cast.ivan, task_id=task.pk, text="The lorry left")
    with pytest.raises(RuleBroken):
        commands.edit_task(actor=cast.ivan, task_id=task.pk, version=1, title="Mine")
    with pytest.raises(RuleBroken):
        commands.drop_task(actor=cast.ivan, task_id=task.pk)
    assert commands.complete_task(actor=cast.ivan, task_id=task.pk).state == "done"
    with pytest.raises(RuleBroken):
        commands.comment_task(actor=cast.ivan, task_id=task.pk, text=" ")


def test_strangers_reach_no_task(cast, account):
    task = make_task(owner=cast.karl, account=account)
    for user in (cast.kim, cast.lena, cast.sam):
        with pytest.raises(Task.DoesNotExist):
            commands.complete_task(actor=user, task_id=task.pk)


def test_completing_a_repeated_task_makes_the_next_and_opening_it_again_takes_it_away(
    cast, account, today
):
    task = make_task(
        owner=cast.karl, account=account, due=today, repeat_every=1, repeat_unit="week",
        repeat_from=today,
    )  # fmt: skip
    commands.complete_task(actor=cast.karl, task_id=task.pk)
    following = Task.objects.open().get()
    assert (following.due, following.repeats) == (today + 7 * DAY, task)
    commands.complete_task(actor=cast.karl, task_id=task.pk)
    assert Task.objects.count() == 2
    commands.reopen_task(actor=cast.karl, task_id=task.pk)
    assert Task.objects.open().get() == task


def test_late_repetitions_are_not_made_up_for_and_postponing_keeps_the_day(cast, today):
    begun = today - 15 * DAY
    task = make_task(
        owner=cast.karl, due=begun, repeat_every=1, repeat_unit="week", repeat_from=begun
    )
    commands.postpone_task(actor=cast.karl, task_id=task.pk, due=today + DAY)
    commands.complete_task(actor=cast.karl, task_id=task.pk)
    assert Task.objects.open().get().due == begun + 21 * DAY


def test_a_changed_day_moves_the_repetition(cast, today):
    task = make_task(
        owner=cast.karl, due=today, repeat_every=1, repeat_unit="week", repeat_from=today
    )
    commands.edit_task(actor=cast.karl, task_id=task.pk, version=1, due=today + DAY)
    commands.complete_task(actor=cast.karl, task_id=task.pk)
    assert Task.objects.open().get().due == today + 8 * DAY


def test_a_dropped_task_comes_no_more(cast, today):
    task = make_task(owner=cast.karl, due=today, repeat_every=1, repeat_unit="day")
    commands.drop_task(actor=cast.karl, task_id=task.pk)
    assert not Task.objects.open().exists()
    with pytest.raises(RuleBroken):
        commands.complete_task(actor=cast.karl, task_id=task.pk)


def test_a_task_is_planned_given_on_and_not_postponed_into_the_past(cast, account, today):
    task = make_task(owner=cast.karl, account=account, due=today)
    assert commands.plan_task(actor=cast.karl, task_id=task.pk, day=today).planned_on == today
    given = commands.delegate_task(actor=cast.karl, task_id=task.pk, owner=cast.anna)
    assert (given.owner, given.planned_on) == (cast.anna, None)
    assert Notification.objects.get().user == cast.anna
    with pytest.raises(RuleBroken):
        commands.postpone_task(actor=cast.karl, task_id=task.pk, due=today - DAY)
    commands.complete_task(actor=cast.anna, task_id=task.pk)
    for refused in (
        lambda: commands.plan_task(actor=cast.karl, task_id=task.pk, day=today),
        lambda: commands.delegate_task(actor=cast.karl, task_id=task.pk, owner=cast.karl),
        lambda: commands.postpone_task(actor=cast.karl, task_id=task.pk, due=today),
    ):
        with pytest.raises(RuleBroken):
            refused()
