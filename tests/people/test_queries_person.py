import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from people import commands, queries
from people.choices import Role
from people.models import Attachment, Invitation, Membership, Session, Team, User
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_who_sees_which_rows(cast):
    commands.invite_people(actor=cast.dora, people=[("new@example.org", "")], roles={"kam"})
    for model in (User, Team, Membership, Attachment):
        assert model.objects.visible_to(cast.sam).exists()
        assert not model.objects.visible_to(AnonymousUser()).exists()
    assert Invitation.objects.visible_to(cast.adam).count() == 1
    assert not Invitation.objects.visible_to(cast.karl).exists()


def test_sessions_are_ones_own_but_for_those_who_manage_people(cast, reader):
    for user in (cast.karl, cast.kim):
        reader(user).get("/me/")
    assert Session.objects.visible_to(cast.karl).count() == 1
    assert Session.objects.visible_to(cast.adam).count() == 2
    assert not Session.objects.visible_to(AnonymousUser()).exists()


def test_an_ended_membership_is_not_todays(cast):
    today = timezone.localdate()
    row = Membership.objects.get(user=cast.kim)
    commands.leave_team(actor=cast.dora, membership=row, day=today - dt.timedelta(days=1))
    kim = queries.person(cast.dora, cast.kim.pk).get()
    assert kim.current_memberships == []
    south = next(team for team in queries.team_list(cast.dora) if team.name == "South")
    assert south.current == []
    assert [m.user for m in queries.team_memberships(south)] == [cast.kim]


def test_a_role_is_searched_for_without_doubling_people(cast):
    make_user("Both", "kam", "interviewer")
    assert queries.people_list(cast.dora, search="both").count() == 1
    assert queries.people_list(cast.dora, role="kam").count() == 4


def test_answered_invitations_are_not_listed(cast):
    rows = commands.invite_people(
        actor=cast.dora,
        people=[("a@example.org", ""), ("b@example.org", ""), ("c@example.org", "")],
        roles={"kam"},
    )
    commands.withdraw_invitation(actor=cast.dora, invitation=rows[0])
    commands.accept_invitation(
        token=rows[1].token, name="B", password="long-enough-words", language="en"
    )
    assert list(queries.invitations(cast.dora)) == [rows[2]]


def test_the_demo_shows_one_person_for_each_role(cast):
    make_user("Second", "director")
    people = queries.demo_people()
    assert (people[0].code, people[0].user) == ("director", cast.dora)
    assert [person.code for person in people] == [str(role.value) for role in Role]


def test_forms_offer_the_roles_one_may_give(cast):
    assert queries.grantable_roles(cast.dora) == list(Role)
    assert Role.DIRECTOR not in queries.grantable_roles(cast.adam)
    assert queries.grantable_roles(cast.karl) == []
