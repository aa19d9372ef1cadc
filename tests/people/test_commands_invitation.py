import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common.errors import RuleBroken
from common.models import Job
from people import commands, rules
from people.models import Event, Invitation, Team, User
from people.queries import events
from tests.cast import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password"


def invite(actor, *, email="new@example.org", roles=("kam",), team=None) -> Invitation:
    made = commands.invite_people(actor=actor, people=[(email, "New")], roles=set(roles), team=team)
    return made[0]


def accept(invitation: Invitation, token: str | None = None) -> User:
    return commands.accept_invitation(
        token=token or invitation.token, name="New Person", password=PASSWORD, language="es"
    )


def test_an_invited_person_joins_with_the_roles_and_the_team(cast):
    row = invite(cast.dora, roles=["kam", "interviewer"], team=Team.objects.get(name="South"))
    user = accept(row)
    assert user.email == "new@example.org"
    assert user.roles == {"kam", "interviewer"}
    assert user.language == "es"
    assert user.memberships.get().team.name == "South"
    assert events(row)[0].verb == "user.invited"
    assert events(user)[0].verb == "user.joined"


def test_neither_the_table_nor_the_job_holds_the_link(cast):
    row = invite(cast.dora)
    token = row.token
    assert len(token) == 43
    kept = str(Invitation.objects.filter(pk=row.pk).values()) + str(list(Job.objects.values()))
    assert token not in kept
    assert Job.objects.get().kwargs == {"invitation_id": row.pk}


def test_a_link_opens_once(cast):
    row = invite(cast.dora)
    accept(row)
    with pytest.raises(RuleBroken):
        accept(row)
    assert User.objects.filter(email="new@example.org").count() == 1


def test_a_link_dies_after_three_days(cast):
    row = invite(cast.dora)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(hours=72, seconds=1), tick=False),
        pytest.raises(RuleBroken),
    ):
        accept(row)


def test_a_withdrawn_link_is_dead(cast):
    row = invite(cast.dora)
    commands.withdraw_invitation(actor=cast.dora, invitation=row)
    with pytest.raises(RuleBroken):
        accept(row)
    with pytest.raises(RuleBroken):
        commands.withdraw_invitation(actor=cast.dora, invitation=row)


def test_a_renewed_invitation_has_another_link(cast):
    row = invite(cast.dora)
    old = row.token
    row = commands.renew_invitation(actor=cast.dora, invitation=row)
    with pytest.raises(RuleBroken):
        accept(row, token=old)
    assert accept(row).pk


def test_a_second_invitation_replaces_the_first(cast):
    first, second = invite(cast.dora), invite(cast.dora)
    with pytest.raises(RuleBroken):
        accept(first)
    assert accept(second).pk


def test_a_link_is_no_better_than_the_inviter_is_now(cast):
    row = invite(cast.adam)
    make_user("Ada", "administrator")
    commands.change_roles(actor=cast.dora, user=cast.adam, roles={"kam"})
    with pytest.raises(RuleBroken):
        accept(row)
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "rita", "ivan", "sam"])
def test_who_may_not_invite(cast, who):
    with pytest.raises(RuleBroken):
        invite(getattr(cast, who))
    assert Invitation.objects.count() == 0
    assert Event.objects.count() == 0
    assert Job.objects.count() == 0


def test_an_administrator_makes_no_director(cast):
    with pytest.raises(RuleBroken):
        invite(cast.adam, roles=["kam", "director"])
    row = invite(cast.dora, roles=["director"])
    for command in (commands.renew_invitation, commands.withdraw_invitation):
        with pytest.raises(RuleBroken):
            command(actor=cast.adam, invitation=row)


def test_a_colleague_is_not_invited_again_and_then_nobody_is(cast):
    with pytest.raises(RuleBroken, match="colleague already"):
        commands.invite_people(
            actor=cast.dora,
            people=[("new@example.org", ""), ("KARL@example.org", "")],
            roles={"kam"},
        )
    assert Invitation.objects.count() == 0


@given(
    inviter=st.sets(st.sampled_from(sorted(rules.EVERY_ROLE))),
    asked=st.sets(st.sampled_from(sorted(rules.EVERY_ROLE))),
)
def test_roles_asked_for_are_given_exactly_when_the_inviter_may(inviter, asked):
    may = bool({"director", "administrator"} & inviter) and asked <= rules.grantable_roles(
        frozenset(inviter)
    )
    actor = User(email="i@example.org", name="I")
    actor.roles = frozenset(inviter)
    try:
        commands.invitation._ask_may_grant(actor, asked)
    except RuleBroken:
        assert not may
    else:
        assert may
