import pytest

from common.errors import RuleBroken
from common.models import Job
from people import commands
from people.models import Event, Invitation, Session, User
from people.queries import events
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_new_roles_hold_and_the_old_sessions_end(cast, reader):
    reader(cast.karl).get("/me/")
    assert Session.objects.filter(user=cast.karl).exists()
    commands.change_roles(actor=cast.dora, user=cast.karl, roles={"kam", "interviewer"})
    assert fresh(cast.karl).roles == {"kam", "interviewer"}
    assert not Session.objects.filter(user=cast.karl).exists()
    assert events(cast.karl)[0].data["changes"] == {"roles": [["kam"], ["interviewer", "kam"]]}


def test_the_same_roles_change_nothing(cast):
    commands.change_roles(actor=cast.dora, user=cast.karl, roles={"kam"})
    assert not events(cast.karl)


@pytest.mark.parametrize(
    ("actor", "user", "roles"),
    [
        ("dora", "dora", {"director", "kam"}),  # nobody their own
        ("adam", "adam", {"administrator", "director"}),
        ("adam", "karl", {"kam", "director"}),  # nobody above their own
        ("adam", "dora", {"kam"}),  # nor takes what is above
        ("karl", "anna", {"assistant", "kam"}),  # not a manager of people
        ("rita", "sam", {"interviewer"}),
    ],
)
def test_refused_roles_change_nothing(cast, actor, user, roles):
    before = fresh(getattr(cast, user)).roles
    with pytest.raises(RuleBroken):
        commands.change_roles(actor=getattr(cast, actor), user=getattr(cast, user), roles=roles)
    assert fresh(getattr(cast, user)).roles == before
    assert Event.objects.count() == 0


def test_the_last_director_stays(cast):
    second = make_user("Dirk", "director")
    commands.change_roles(actor=second, user=cast.dora, roles={"kam"})
    with pytest.raises(RuleBroken, match="must be a director"):
        commands.change_roles(actor=make_user("Ghost", "director", is_active=False), user=second,
                              roles=set())  # fmt: skip
    assert fresh(second).is_director


def test_the_last_administrator_stays(cast):
    with pytest.raises(RuleBroken, match="must be an administrator"):
        commands.change_roles(actor=cast.dora, user=cast.adam, roles={"kam"})
    with pytest.raises(RuleBroken, match="must be an administrator"):
        commands.deactivate_person(actor=cast.dora, user=cast.adam)
    assert fresh(cast.adam).is_active


def test_closing_a_sign_in_ends_sessions_and_withdraws_invitations(cast, reader):
    client = reader(cast.adam)
    client.get("/me/")
    make_user("Ada", "administrator")
    commands.invite_people(actor=cast.adam, people=[("new@example.org", "")], roles={"kam"})
    commands.deactivate_person(actor=cast.dora, user=cast.adam)
    assert client.get("/me/").status_code == 302
    assert Session.objects.filter(user=cast.adam).count() == 0
    assert not Invitation.objects.get().is_open
    assert events(cast.adam)[0].verb == "user.deactivated"


@pytest.mark.parametrize(("actor", "user"), [("dora", "dora"), ("adam", "dora"), ("karl", "kim")])
def test_whom_one_may_not_close(cast, actor, user):
    make_user("Dirk", "director")
    with pytest.raises(RuleBroken):
        commands.deactivate_person(actor=getattr(cast, actor), user=getattr(cast, user))
    assert fresh(getattr(cast, user)).is_active


def test_a_closed_sign_in_opens_again(cast):
    commands.deactivate_person(actor=cast.adam, user=cast.karl)
    commands.activate_person(actor=cast.adam, user=cast.karl)
    assert fresh(cast.karl).is_active
    assert events(cast.karl)[0].verb == "user.activated"


def test_details_are_changed_with_a_record_of_old_and_new(cast):
    commands.update_person(actor=cast.adam, user=cast.karl, name="Karl Braun", title="Senior KAM")
    assert events(cast.karl)[0].data["changes"] == {
        "name": ["Karl", "Karl Braun"],
        "title": ["", "Senior KAM"],
    }
    with pytest.raises(RuleBroken):
        commands.update_person(actor=cast.adam, user=cast.dora, name="X", title="")


def test_ones_own_taste_leaves_no_record(cast):
    commands.update_profile(user=cast.karl, scheme="dark", density="compact", language="ru")
    assert fresh(cast.karl).scheme == "dark"
    assert not events(cast.karl)
    commands.update_profile(user=cast.karl, name="Karl B.")
    assert events(cast.karl)[0].data == {"changes": {"name": ["Karl", "Karl B."]}}


def test_a_changed_password_is_told_by_mail(cast):
    commands.change_password(user=cast.karl, password="another-long-password")
    assert fresh(cast.karl).check_password("another-long-password")
    job = Job.objects.get()
    assert job.kwargs == {"user_id": cast.karl.pk, "kind": "password_changed"}
