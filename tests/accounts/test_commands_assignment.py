import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import account as account_commands
from accounts.commands import assignment as commands
from accounts.models import Account, Assignment
from common.errors import RuleBroken
from people.models import Event, Notification
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=offset)


def spans(account, role="owner"):
    rows = account.assignments.filter(role=role).order_by("valid_from")
    return [(row.user.name, row.valid_from, row.valid_to) for row in rows]


def test_a_new_owner_ends_the_former_on_that_day(cast):
    account = make_account(owner=cast.karl)
    commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=day(0)
    )
    account.refresh_from_db()
    assert account.owner == cast.kim
    assert spans(account) == [("Karl", LONG_AGO, day(0)), ("Kim", day(0), None)]
    assert Event.objects.about(account)[0].data["name"] == "Kim"


def test_a_future_owner_waits_for_the_day(cast):
    account = make_account(owner=cast.karl)
    commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=day(5)
    )
    account.refresh_from_db()
    assert account.owner == cast.karl
    assert commands.refresh_owners(day=day(0)) == 0
    assert commands.refresh_owners(day=day(5)) == 1
    account.refresh_from_db()
    assert account.owner == cast.kim


def test_after_a_time_under_control_the_former_owner_continues(cast):
    account = make_account(owner=cast.karl)
    commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.dora, role="owner",
        start=day(0), to=day(30),
    )  # fmt: skip
    assert spans(account) == [
        ("Karl", LONG_AGO, day(0)),
        ("Dora", day(0), day(30)),
        ("Karl", day(30), None),
    ]


@pytest.mark.parametrize(
    ("who", "role", "start", "to"),
    [
        ("kim", "owner", -1, None),
        ("kim", "owner", 3, 3),
        ("anna", "owner", 0, None),
        ("rita", "deputy", 0, None),
        ("kim", "control", 0, None),
        ("karl", "owner", 0, None),
    ],
)
def test_a_refused_assignment_changes_nothing(cast, who, role, start, to):
    account = make_account(owner=cast.karl)
    with pytest.raises(RuleBroken):
        commands.assign_account(
            actor=cast.dora, account_id=account.pk, user=getattr(cast, who), role=role,
            start=day(start), to=to and day(to),
        )  # fmt: skip
    assert spans(account) == [("Karl", LONG_AGO, None)]
    assert Assignment.objects.count() == 1
    assert not Event.objects.about(account)


def test_nobody_is_assigned_to_a_closed_account(cast):
    account = make_account(owner=cast.karl)
    account_commands.close_account(actor=cast.karl, account_id=account.pk)
    with pytest.raises(RuleBroken):
        commands.assign_account(
            actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=day(0)
        )


def test_an_owner_names_a_deputy_but_no_owner(cast):
    account = make_account(owner=cast.karl)
    give = {"actor": cast.karl, "account_id": account.pk, "user": cast.kim, "start": day(0)}
    commands.assign_account(role="deputy", **give)
    with pytest.raises(RuleBroken):
        commands.assign_account(role="deputy", **give)
    with pytest.raises(RuleBroken):
        commands.assign_account(role="owner", **give)
    assert Account.objects.visible_to(cast.kim).get() == account


def test_a_foreign_account_is_not_found(cast):
    account = make_account(owner=cast.karl)
    with pytest.raises(Account.DoesNotExist):
        commands.assign_account(
            actor=cast.kim, account_id=account.pk, user=cast.kim, role="owner", start=day(0)
        )


def test_an_ended_assignment_gives_the_account_away(cast):
    account = make_account(owner=cast.karl)
    row = account.assignments.get()
    commands.end_assignment(actor=cast.dora, assignment_id=row.pk, day=day(0))
    account.refresh_from_db()
    assert account.owner is None
    assert not Account.objects.visible_to(cast.karl).exists()
    with pytest.raises(RuleBroken):
        commands.end_assignment(actor=cast.dora, assignment_id=row.pk, day=day(3))


def test_a_planned_assignment_that_is_ended_never_was(cast):
    account = make_account(owner=cast.karl)
    planned = commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="deputy", start=day(9)
    )
    commands.end_assignment(actor=cast.dora, assignment_id=planned.pk, day=day(0))
    assert not account.assignments.filter(role="deputy").exists()


def test_the_past_is_not_rewritten_by_an_end(cast):
    row = make_account(owner=cast.karl).assignments.get()
    with pytest.raises(RuleBroken):
        commands.end_assignment(actor=cast.dora, assignment_id=row.pk, day=day(-2))


def test_many_accounts_are_assigned_all_or_none(cast):
    mine, foreign = make_account(owner=cast.karl), make_account(owner=cast.kim)
    give = {"actor": cast.karl, "user": cast.lena, "role": "deputy", "start": day(0)}
    with pytest.raises(Account.DoesNotExist):
        commands.assign_accounts(account_ids=[mine.pk, foreign.pk], **give)
    with pytest.raises(Account.DoesNotExist):
        commands.assign_accounts(account_ids=[mine.pk, 10**9], **give)
    with pytest.raises(Account.DoesNotExist):
        commands.assign_accounts(account_ids=[], **give)
    assert not Assignment.objects.filter(role="deputy").exists()


def test_one_undo_takes_a_bulk_assignment_back_exactly(cast):
    owned, orphan = make_account(owner=cast.karl), make_account()
    already = make_account(owner=cast.kim)
    commands.assign_account(
        actor=cast.dora, account_id=owned.pk, user=cast.lena, role="owner", start=day(7)
    )
    before = {account.pk: spans(account) for account in (owned, orphan, already)}
    event = commands.assign_accounts(
        actor=cast.dora, account_ids=before, user=cast.kim, role="owner", start=day(0)
    )
    assert event.data["accounts"] == 2
    assert all(spans(account)[-1][0] == "Kim" for account in (owned, orphan, already))
    assert commands.undo_assign_accounts(actor=cast.dora, event_id=event.pk) == 2
    assert {account.pk: spans(account) for account in (owned, orphan, already)} == before
    owned.refresh_from_db()
    assert owned.owner == cast.karl
    with pytest.raises(RuleBroken):
        commands.undo_assign_accounts(actor=cast.dora, event_id=event.pk)


def test_a_bulk_assignment_that_was_changed_since_is_not_undone(cast):
    account = make_account(owner=cast.karl)
    event = commands.assign_accounts(
        actor=cast.dora, account_ids=[account.pk], user=cast.kim, role="owner", start=day(0)
    )
    commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.lena, role="owner", start=day(0)
    )
    with pytest.raises(RuleBroken):
        commands.undo_assign_accounts(actor=cast.dora, event_id=event.pk)
    assert spans(account)[-1][0] == "Lena"


def test_anybody_may_help_on_the_account_team_with_a_function_and_without_sight(cast):
    account = make_account("Hansa", owner=cast.karl)
    today = timezone.localdate()
    team = {"account_id": account.pk, "role": "team", "start": today}
    for user, function in ((cast.ivan, "logistics"), (cast.rita, "finance")):
        row = commands.assign_account(actor=cast.karl, user=user, function=function, **team)
        assert row.function == function
        assert not Account.objects.visible_to(user).exists()
    assert Event.objects.about(account).first().data["function"] == "finance"
    with pytest.raises(RuleBroken):
        commands.assign_account(actor=cast.karl, user=cast.adam, function=" ", **team)
    with pytest.raises(RuleBroken):
        commands.assign_account(actor=cast.karl, user=cast.ivan, function="service", **team)
    assert not Notification.objects.exists()


def test_who_is_assigned_an_account_is_told(cast):
    account = make_account("Hansa", owner=cast.karl)
    commands.assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="deputy",
        start=timezone.localdate(),
    )  # fmt: skip
    told = Notification.objects.get()
    assert (told.user, told.kind, told.target_id) == (cast.kim, "account_given", account.pk)
