"""Personal control: taken, prolonged, ended, taken back; the account always has one owner."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import control as commands
from accounts.commands.assignment import assign_account
from accounts.models import Account, Assignment, Control
from common.errors import RuleBroken
from people.models import Event
from tests.care import in_days, make_employment, make_key_account
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def owner_of(account: Account):
    return account.assignments.owners().today().get().user


def take(cast, account: Account, **fields) -> Control:
    fields = {"actor": cast.dora, "director": cast.dora, "reason": "Karl is gone", **fields}
    return commands.take_control(account_id=account.pk, **fields)


def test_the_director_owns_it_from_that_moment_and_the_former_owner_helps_on(cast):
    account = make_key_account(owner=cast.karl)
    control = take(cast, account)
    assert owner_of(account) == cast.dora
    assert control.valid_to == in_days(60) and control.former == cast.karl
    assert account.assignments.filter(role="team", user=cast.karl, function="former manager")
    assert not Account.objects.visible_to(cast.karl).filter(pk=account.pk).exists()
    assert Event.objects.about(account).filter(verb="account.control_taken").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": 0}, "three months"),
        ({"until": 93}, "three months"),
        ({"actor": "lena"}, "Only directors"),
        ({"director": "lena"}, "Only directors"),
    ],
)
def test_each_refusal_says_why_and_changes_nothing(cast, fields, words):
    account = make_key_account(owner=cast.karl)
    values = {
        name: in_days(value) if name == "until" else getattr(cast, value, value)
        for name, value in fields.items()
    }
    with pytest.raises(RuleBroken, match=words):
        take(cast, account, **values)
    assert owner_of(account) == cast.karl and not Control.objects.exists()


def test_one_account_is_under_control_once(cast):
    account = make_key_account(owner=cast.karl)
    take(cast, account)
    with pytest.raises(RuleBroken, match="already"):
        take(cast, account)


def test_every_key_account_of_a_person_comes_at_once_and_no_other(cast):
    keys = [make_key_account(owner=cast.karl) for _number in range(3)]
    other, foreign = make_account(owner=cast.karl), make_key_account(owner=cast.kim)
    made = commands.take_control_of(
        actor=cast.dora, user=cast.karl, director=cast.dora, reason="Gone"
    )
    assert [row.account for row in made] == keys
    assert {owner_of(account) for account in keys} == {cast.dora}
    assert owner_of(other) == cast.karl and owner_of(foreign) == cast.kim


def test_a_planned_change_of_owner_after_it_stays_planned(cast):
    account = make_key_account(owner=cast.karl)
    make_employment(cast.kim)
    assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=in_days(30)
    )
    take(cast, account)
    days = [account.assignments.owners().on(in_days(n)).get().user for n in (0, 29, 30)]
    assert days == [cast.dora, cast.dora, cast.kim]


def test_taken_back_on_its_day_everything_is_as_before(cast):
    make_employment(cast.karl)
    account = make_key_account(owner=cast.karl)
    before = list(account.assignments.order_by("pk").values())
    control = take(cast, account)
    commands.undo_control(actor=cast.dora, control_id=control.pk)
    assert list(account.assignments.order_by("pk").values()) == before
    control.refresh_from_db()
    assert control.ended_at is not None
    take(cast, account)


def test_a_day_later_it_is_not_taken_back(cast):
    control = take(cast, make_key_account(owner=cast.karl))
    Control.objects.update(made_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(RuleBroken, match="earlier day"):
        commands.undo_control(actor=cast.dora, control_id=control.pk)


def test_it_is_prolonged_with_a_reason_up_to_three_months(cast):
    control = take(cast, make_key_account(owner=cast.karl))
    with pytest.raises(RuleBroken, match="longer"):
        commands.prolong_control(
            actor=cast.dora, control_id=control.pk, until=in_days(80), reason=""
        )
    with pytest.raises(RuleBroken, match="Three months"):
        commands.prolong_control(
            actor=cast.dora, control_id=control.pk, until=in_days(93), reason="No one"
        )
    commands.prolong_control(
        actor=cast.dora, control_id=control.pk, until=in_days(92), reason="No newcomer yet"
    )
    control.refresh_from_db()
    assert control.valid_to == in_days(92)


def test_kept_for_good_the_watch_ends_and_the_director_stays_owner(cast):
    account = make_key_account(owner=cast.karl)
    control = take(cast, account)
    with pytest.raises(RuleBroken, match="how it ended"):
        commands.end_control(actor=cast.dora, control_id=control.pk, outcome="")
    commands.end_control(actor=cast.dora, control_id=control.pk, outcome="I keep it")
    assert owner_of(account) == cast.dora
    with pytest.raises(RuleBroken, match="ended on"):
        commands.end_control(actor=cast.dora, control_id=control.pk, outcome="again")


def test_nobody_but_a_director_reaches_a_control(cast):
    control = take(cast, make_key_account(owner=cast.karl))
    for user in (cast.lena, cast.karl, cast.rita, cast.adam, cast.sam):
        with pytest.raises(Control.DoesNotExist):
            commands.end_control(actor=user, control_id=control.pk, outcome="mine")


def test_the_night_of_its_day_ends_the_watch_of_what_another_owns_from_then_on(cast):
    account = make_key_account(owner=cast.karl)
    make_employment(cast.kim)
    control = take(cast, account)
    assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=in_days(3)
    )
    assert commands.close_controls(day=in_days(2)) == 0
    assert commands.close_controls(day=in_days(3)) == 1
    assert commands.close_controls(day=in_days(3)) == 0
    control.refresh_from_db()
    assert "Kim" in control.outcome


def test_an_end_that_passes_leaves_the_director_answering(cast):
    account = make_key_account(owner=cast.karl)
    take(cast, account, until=in_days(10))
    assert commands.close_controls(day=in_days(11)) == 0
    assert Assignment.objects.owners().on(in_days(11)).get(account=account).user == cast.dora
