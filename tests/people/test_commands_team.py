import datetime as dt

import pytest

from common.errors import RuleBroken
from people import commands
from people.choices import Role
from people.models import Attachment, Event, Membership, RoleGrant, Team, User
from people.queries import events
from tests.cast import LONG_AGO, make_user
from tests.races import two_at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def test_a_team_is_made_and_changed_with_a_record(cast):
    team = commands.create_team(actor=cast.adam, name="West", lead=cast.kim)
    commands.update_team(actor=cast.adam, team=team, name="Far West", lead=cast.karl)
    assert events(team)[0].data["changes"] == {
        "name": ["West", "Far West"],
        "lead": ["Kim", "Karl"],
    }


def test_two_teams_do_not_share_a_name_in_whatever_case(cast):
    with pytest.raises(RuleBroken):
        commands.create_team(actor=cast.dora, name="NORTH", lead=None)
    with pytest.raises(RuleBroken):
        commands.update_team(
            actor=cast.dora, team=Team.objects.get(name="South"), name="north", lead=None
        )
    assert Event.objects.count() == 0


def test_who_joins_another_team_leaves_the_former_that_day(cast):
    south = Team.objects.get(name="South")
    commands.join_team(actor=cast.dora, user=cast.karl, team=south, day=DAY)
    spans = Membership.objects.filter(user=cast.karl).order_by("valid_from")
    assert [(row.team.name, row.valid_from, row.valid_to) for row in spans] == [
        ("North", LONG_AGO, DAY),
        ("South", DAY, None),
    ]
    assert events(south)[0].data["name"] == "Karl"


def test_nobody_joins_their_own_team_again(cast):
    with pytest.raises(RuleBroken):
        commands.join_team(
            actor=cast.dora, user=cast.karl, team=Team.objects.get(name="North"), day=DAY
        )


def test_leaving_ends_the_membership_and_cannot_be_before_it_began(cast):
    row = Membership.objects.get(user=cast.kim)
    with pytest.raises(RuleBroken):
        commands.leave_team(actor=cast.dora, membership=row, day=dt.date(2019, 1, 1))
    commands.leave_team(actor=cast.dora, membership=row, day=DAY)
    row.refresh_from_db()
    assert row.valid_to == DAY
    with pytest.raises(RuleBroken):
        commands.leave_team(actor=cast.dora, membership=row, day=DAY)


def test_a_membership_that_ends_on_its_first_day_never_was(cast):
    row = Membership.objects.get(user=cast.kim)
    commands.leave_team(actor=cast.dora, membership=row, day=LONG_AGO)
    assert not Membership.objects.filter(user=cast.kim).exists()


def test_an_assistant_is_attached_and_detached_by_date(cast):
    row = commands.attach_assistant(
        actor=cast.dora, assistant=cast.anna, manager=cast.kim, day=LONG_AGO
    )
    commands.detach_assistant(actor=cast.dora, attachment=row, day=DAY)
    row.refresh_from_db()
    assert (row.valid_from, row.valid_to) == (LONG_AGO, DAY)
    assert [event.verb for event in events(cast.anna)] == ["user.detached", "user.attached"]


@pytest.mark.parametrize(
    ("assistant", "manager"), [("karl", "kim"), ("anna", "dora"), ("anna", "karl")]
)
def test_who_cannot_be_attached_to_whom(cast, assistant, manager):
    with pytest.raises(RuleBroken):
        commands.attach_assistant(
            actor=cast.dora,
            assistant=getattr(cast, assistant),
            manager=getattr(cast, manager),
            day=DAY,
        )
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("who", ["lena", "karl", "anna", "rita", "sam"])
def test_others_arrange_nothing(cast, who):
    actor, north = getattr(cast, who), Team.objects.get(name="North")
    joined = Membership.objects.get(user=cast.kim)
    attached = Attachment.objects.get()
    refused = [
        lambda: commands.create_team(actor=actor, name="Mine", lead=None),
        lambda: commands.update_team(actor=actor, team=north, name="Mine", lead=None),
        lambda: commands.join_team(actor=actor, user=make_user(f"N{who}"), team=north, day=DAY),
        lambda: commands.leave_team(actor=actor, membership=joined, day=DAY),
        lambda: commands.attach_assistant(
            actor=actor, assistant=cast.anna, manager=cast.kim, day=DAY
        ),
        lambda: commands.detach_assistant(actor=actor, attachment=attached, day=DAY),
    ]
    for attempt in refused:
        with pytest.raises(RuleBroken):
            attempt()
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_attaches(cast):
    act = {"actor": cast.dora, "assistant": cast.anna, "manager": cast.kim, "day": LONG_AGO}
    assert two_at_once(lambda: commands.attach_assistant(**act)) == ["done", "refused"]
    assert Attachment.objects.filter(manager=cast.kim).count() == 1


def test_an_administrator_opens_no_accounts_to_themselves(cast):
    for role in (Role.KAM, Role.ASSISTANT):
        RoleGrant.objects.create(user=cast.adam, role=role)
    adam = User.objects.get(pk=cast.adam.pk)
    north = Team.objects.get(name="North")
    attempts = [
        lambda: commands.attach_assistant(
            actor=adam, assistant=adam, manager=cast.karl, day=LONG_AGO
        ),
        lambda: commands.join_team(actor=adam, user=adam, team=north, day=LONG_AGO),
        lambda: commands.update_team(actor=adam, team=north, name="North", lead=adam),
        lambda: commands.create_team(actor=adam, name="West", lead=adam),
    ]
    for attempt in attempts:
        with pytest.raises(RuleBroken, match="Nobody changes their own"):
            attempt()
    assert not Attachment.objects.filter(assistant=adam).exists()
    assert not Team.objects.filter(lead=adam).exists()
    commands.update_team(actor=adam, team=north, name="Far north", lead=cast.lena)
