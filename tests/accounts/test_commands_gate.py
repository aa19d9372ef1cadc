import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.commands import gate
from accounts.commands.assignment import assign_account
from accounts.models import Account, AccountScore, Assignment, Control, GateOverride
from common.errors import RuleBroken
from people.models import Event, RoleGrant, company_day
from tests.cast import make_account
from tests.gate import employ, let_through, make_key, make_key_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    """A key account of Lena, who may; Karl may not yet."""
    employ(cast.lena, 2)
    employ(cast.karl, 1)
    return make_key_account("Hansa", owner=cast.lena)


def give(cast, account, user, *, role="owner", **more) -> Assignment:
    values = {"start": company_day(), "role": role} | more
    return assign_account(actor=cast.dora, account_id=account.pk, user=user, **values)


def owner_of(account) -> str:
    account.refresh_from_db()
    return account.owner and account.owner.name


def after(minutes: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def tick(at: dt.datetime) -> int:
    with time_machine.travel(at, tick=False):
        day = company_day()
        return gate.sweep_overrides(now=at) + gate.keep_gate(day=day, now=at)


def test_who_is_let_through_owns_it_until_the_minute_and_then_a_director_does(cast, hansa):
    row = let_through(cast.dora, hansa, cast.karl, minutes=60)
    given = give(cast, hansa, cast.karl)
    assert given.expires_at == row.valid_until and owner_of(hansa) == "Karl"
    with time_machine.travel(row.valid_until - dt.timedelta(seconds=1), tick=False):
        assert Account.objects.editable_by(cast.karl).filter(pk=hansa.pk).exists()
        assert gate.sweep_overrides(now=timezone.now()) == 0
    with time_machine.travel(row.valid_until, tick=False):
        assert not Account.objects.visible_to(cast.karl).filter(pk=hansa.pk).exists()
    assert tick(row.valid_until) == 1
    assert owner_of(hansa) == "Dora"
    assert Control.objects.get(account=hansa).former == cast.karl
    assert tick(row.valid_until + dt.timedelta(minutes=1)) == 0


def test_taken_back_it_ends_at_once_and_cannot_end_twice(cast, hansa):
    row = let_through(cast.dora, hansa, cast.karl)
    give(cast, hansa, cast.karl)
    gate.end_override(actor=cast.dora, override_id=row.pk)
    assert owner_of(hansa) == "Dora"
    assert not Account.objects.visible_to(cast.karl).filter(pk=hansa.pk).exists()
    with pytest.raises(RuleBroken):
        gate.end_override(actor=cast.dora, override_id=row.pk)
    verbs = list(Event.objects.about(hansa).values_list("verb", flat=True))
    assert "account.let_through_ended" in verbs and "account.control_taken" in verbs


@pytest.mark.parametrize("change", [
    {"actor": "karl"}, {"actor": "lena"}, {"reason": "  "}, {"minutes": 0}, {"minutes": -5},
    {"minutes": 91 * 24 * 60}, {"user": "dora"}, {"user": "rita"}, {"user": "kim"},
])  # fmt: skip
def test_only_a_director_lets_through_a_stopped_manager_for_a_time_with_a_reason(
    cast, hansa, change
):
    employ(cast.kim, 3)
    told = {"actor": "dora", "user": "karl", "minutes": 60, "reason": "ill"} | change
    make_key_account("Other", owner=cast.karl)
    with pytest.raises((RuleBroken, Account.DoesNotExist)):
        let_through(
            getattr(cast, told["actor"]), hansa, getattr(cast, told["user"]),
            minutes=told["minutes"], reason=told["reason"],
        )  # fmt: skip
    assert not GateOverride.objects.exists()
    assert not Event.objects.filter(verb="account.let_through").exists()


def test_let_through_anew_carries_what_the_first_carried(cast, hansa):
    let_through(cast.dora, hansa, cast.karl, minutes=10)
    row = give(cast, hansa, cast.karl)
    longer = let_through(cast.dora, hansa, cast.karl, minutes=90)
    row.refresh_from_db()
    assert row.expires_at == longer.valid_until
    assert GateOverride.objects.at(timezone.now()).get() == longer
    assert tick(after(30)) == 0 and owner_of(hansa) == "Karl"


def test_who_has_risen_meanwhile_keeps_it_when_the_override_ends(cast, hansa):
    row = let_through(cast.dora, hansa, cast.karl)
    given = give(cast, hansa, cast.karl)
    employ(cast.karl, 2)
    tick(row.valid_until)
    given.refresh_from_db()
    assert given.expires_at is None and owner_of(hansa) == "Karl"
    assert not Control.objects.exists()


def test_an_account_that_is_no_longer_key_stays_with_whom_it_was(cast, hansa):
    row = let_through(cast.dora, hansa, cast.karl)
    given = give(cast, hansa, cast.karl)
    AccountScore.objects.filter(account=hansa).update(is_key=False)
    tick(row.valid_until)
    given.refresh_from_db()
    assert given.expires_at is None and owner_of(hansa) == "Karl"


def test_a_deputy_let_through_steps_aside_at_the_minute_and_the_owner_stays(cast, hansa):
    row = let_through(cast.dora, hansa, cast.karl)
    give(cast, hansa, cast.karl, role="deputy")
    assert tick(row.valid_until) == 1
    assert owner_of(hansa) == "Lena"
    with time_machine.travel(row.valid_until, tick=False):
        roles = {a.role for a in hansa.assignments.today().filter(user=cast.karl)}
    assert roles == {"team"}
    assert tick(row.valid_until + dt.timedelta(minutes=1)) == 0


def test_what_becomes_key_goes_under_control_and_work_goes_on(cast):
    employ(cast.karl, 1)
    account = make_account("Vega", owner=cast.karl)
    give(cast, account, cast.kim, role="deputy")
    assert gate.keep_gate(day=company_day()) == 0
    make_key(account)
    assert gate.keep_gate(day=company_day()) == 1
    assert owner_of(account) == "Dora"
    held = {(a.user.name, a.role) for a in account.assignments.today()}
    assert held == {("Dora", "owner"), ("Karl", "team"), ("Kim", "team")}
    assert gate.keep_gate(day=company_day()) == 0


@pytest.mark.parametrize("what", ["gone", "no_manager", "probation", "grade_raised"])
def test_an_owner_who_may_not_any_more_is_followed_by_a_director(cast, hansa, what):
    if what == "gone":
        type(cast.lena).objects.filter(pk=cast.lena.pk).update(is_active=False)
    elif what == "no_manager":
        RoleGrant.objects.filter(user=cast.lena).delete()
    elif what == "probation":
        employ(cast.lena, 3, on_probation=True)
    else:
        Account.objects.filter(pk=hansa.pk).update(grade_needed=3)
    assert gate.keep_gate(day=company_day()) == 1
    assert owner_of(hansa) == "Dora"


def test_the_director_who_leads_the_team_comes_before_others(cast, hansa):
    second = RoleGrant.objects.create(user=cast.sam, role="director").user
    team = cast.lena.memberships.get().team
    team.lead = second
    team.save()
    Account.objects.filter(pk=hansa.pk).update(grade_needed=3)
    gate.keep_gate(day=company_day())
    assert owner_of(hansa) == "Sam"


def test_closed_and_unowned_key_accounts_are_left_alone(cast):
    make_key_account("Nobody's")
    closed = make_key_account("Closed", owner=cast.karl, status="closed")
    assert gate.keep_gate(day=company_day()) == 0
    assert owner_of(closed) == "Karl"


def test_what_somebody_held_before_they_were_let_through_ends_with_it(cast):
    employ(cast.karl, 1)
    account = make_key(make_account("Vega", owner=cast.karl))
    row = let_through(cast.dora, account, cast.karl)
    assert account.assignments.get().expires_at == row.valid_until
    assert tick(row.valid_until) == 1 and owner_of(account) == "Dora"


def test_what_becomes_key_meanwhile_ends_with_it_too(cast):
    employ(cast.karl, 1)
    account = make_account("Vega", owner=cast.karl)
    row = let_through(cast.dora, account, cast.karl)
    assert account.assignments.get().expires_at is None
    make_key(account)
    assert tick(after(1)) == 0
    assert account.assignments.get().expires_at == row.valid_until
    assert tick(row.valid_until) == 1 and owner_of(account) == "Dora"
