import pytest
from django.core import mail
from django.test import Client

from people import commands
from people.models import Invitation, Session, User

pytestmark = pytest.mark.django_db
LINES = "Anna Lindqvist <Anna@new.example>\n\nbo@new.example\n"


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def path_of(row: Invitation) -> str:
    return f"/invite/{row.token}/"


def test_several_are_invited_at_once_and_their_links_shown_once(director, run_jobs):
    sent = director.post("/settings/people/invite/", {"people": LINES, "roles": ["kam"]})
    assert sent.status_code == 302
    anna = Invitation.objects.get(email="anna@new.example")
    assert anna.name == "Anna Lindqvist"
    link = f"http://localhost:8000{path_of(anna)}"
    assert link in director.get("/settings/people/invite/").content.decode()
    assert link not in director.get("/settings/people/invite/").content.decode()
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "anna@new.example",
        "bo@new.example",
    ]


def test_a_bad_line_is_named_and_nobody_is_invited(director):
    page = director.post(
        "/settings/people/invite/", {"people": "a@new.example\nnonsense", "roles": ["kam"]}
    )
    assert "Line 2 is not an e-mail address." in page.content.decode()
    assert Invitation.objects.count() == 0


def test_without_a_role_nobody_is_invited(director):
    director.post("/settings/people/invite/", {"people": "a@new.example"})
    assert Invitation.objects.count() == 0


def test_an_administrator_is_not_offered_the_role_of_director(cast, reader):
    client = reader(cast.adam)
    assert 'value="director"' not in client.get("/settings/people/invite/").content.decode()
    client.post("/settings/people/invite/", {"people": "a@new.example", "roles": ["director"]})
    assert Invitation.objects.count() == 0


def test_the_invited_person_joins_and_is_signed_in(cast, client):
    (row,) = commands.invite_people(
        actor=cast.dora, people=[("new@example.org", "New")], roles={"kam"}
    )
    page = client.get(path_of(row))
    assert page["Referrer-Policy"] == "same-origin"  # no-referrer: browsers post with no origin
    assert Session.objects.count() == 0
    weak = client.post(path_of(row), {"name": "New Person", "password": "new@example.org"})
    assert weak.status_code == 200
    joined = client.post(path_of(row), {"name": "New Person", "password": "long-enough-words"})
    assert joined["Location"] == "/me/security/?welcome=1"
    user = User.objects.get(email="new@example.org")
    assert Session.objects.get().user == user
    assert "Add a passkey" in client.get(joined["Location"]).content.decode()
    assert Client().get(path_of(row)).status_code == 404


def test_opening_a_link_changes_nothing(cast, client):
    (row,) = commands.invite_people(
        actor=cast.dora, people=[("new@example.org", "")], roles={"kam"}
    )
    for _ in range(3):
        client.get(path_of(row))
    assert Invitation.objects.get().is_open


def test_a_wrong_link_says_so(client, cast):
    answer = client.get("/invite/nonsense/")
    assert answer.status_code == 404
    assert "no longer valid" in answer.content.decode()


def test_invitations_are_sent_again_and_withdrawn(cast, director):
    (row,) = commands.invite_people(
        actor=cast.dora, people=[("new@example.org", "")], roles={"kam"}
    )
    old = path_of(row)
    again = director.post(f"/settings/invitations/{row.pk}/renew/", follow=True)
    row.refresh_from_db()
    assert path_of(row) in again.content.decode()
    assert Client().get(old).status_code == 404
    director.post(f"/settings/invitations/{row.pk}/withdraw/")
    assert Client().get(path_of(row)).status_code == 404
    assert director.post(f"/settings/invitations/{row.pk}/withdraw/").status_code == 404
