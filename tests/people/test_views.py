"""The people's pages by role, and that each costs the same for one row and for many."""

import pytest
from django.test import Client
from django.urls import reverse

from people import commands
from people.models import Attachment, Invitation, Membership, Team
from tests.cast import make_user

pytestmark = pytest.mark.django_db
OWN = ["people:profile_page", "people:security_page", "account_change_password"]
MANAGED = [
    "people:settings_page",
    "people:company_page",
    "people:people_page",
    "people:people_invite",
    "people:teams_page",
    "people:record_page",
]
EVERYBODY = ["dora", "lena", "karl", "anna", "kim", "rita", "ivan", "adam", "sam"]


@pytest.mark.parametrize("name", [*OWN, *MANAGED])
def test_visitors_are_led_to_sign_in(client, cast, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_has_their_own_pages_and_managers_the_settings(cast, reader, who):
    user = getattr(cast, who)
    client = reader(user)
    for name in OWN:
        assert client.get(reverse(name)).status_code == 200
    expected = 200 if who in ("dora", "adam") else 404
    for name in MANAGED:
        assert client.get(reverse(name)).status_code == expected, name
    for path in (f"/settings/people/{cast.kim.pk}/", f"/settings/teams/{Team.objects.first().pk}/"):
        assert client.get(path).status_code == expected


@pytest.mark.parametrize("who", ["lena", "karl", "anna", "rita", "ivan", "sam"])
def test_strangers_change_nothing_by_post(cast, reader, who):
    client = reader(getattr(cast, who))
    commands.invite_people(actor=cast.dora, people=[("new@example.org", "")], roles={"kam"})
    row, team = Invitation.objects.get(), Team.objects.first()
    paths = [
        *(f"/settings/people/{cast.kim.pk}/{verb}/" for verb in
          ("update", "roles", "close", "open", "sign-out", "factors/remove")),
        f"/settings/invitations/{row.pk}/renew/",
        f"/settings/invitations/{row.pk}/withdraw/",
        "/settings/people/invite/",
        "/settings/company/",
        "/settings/teams/new/",
        f"/settings/teams/{team.pk}/",
        f"/settings/teams/{team.pk}/members/",
        f"/settings/memberships/{Membership.objects.first().pk}/end/",
        "/settings/attachments/new/",
        f"/settings/attachments/{Attachment.objects.get().pk}/end/",
    ]  # fmt: skip
    assert {
        path: client.post(path, {"day": "2026-03-02"}).status_code for path in paths
    } == dict.fromkeys(paths, 404)


def test_forms_without_their_token_are_refused(cast, reader):
    client = reader(cast.dora, Client(enforce_csrf_checks=True))
    for path in ("/settings/company/", "/settings/people/invite/", "/me/", "/sign-out/"):
        assert client.post(path, {}).status_code == 403


def test_the_list_of_people_costs_the_same_for_few_and_many(
    cast, reader, django_assert_max_num_queries
):
    client = reader(cast.dora)
    client.get("/settings/people/")
    with django_assert_max_num_queries(13) as few:
        client.get("/settings/people/")
    for number in range(20):
        make_user(f"Person{number}", "kam", "interviewer")
    with django_assert_max_num_queries(13) as many:
        assert client.get("/settings/people/").status_code == 200
    assert len(many) == len(few)


def test_a_page_needs_five_queries_to_know_reader_company_and_news(
    cast, reader, django_assert_num_queries
):
    client = reader(cast.karl)
    client.get("/me/")
    with django_assert_num_queries(5):  # session, person, company, news, overdue
        client.get("/me/")


def test_the_list_narrows_by_words_role_team_and_state(cast, reader):
    client = reader(cast.dora)
    commands.deactivate_person(actor=cast.dora, user=cast.kim)

    def names(query: str) -> set[str]:
        page = client.get(f"/settings/people/?{query}").context["page"]
        return {person.name for person in page.object_list}

    assert names("q=kar") == {"Karl"}
    assert names("role=kam") == {"Lena", "Karl"}
    assert names("role=kam&state=closed") == {"Kim"}
    assert names(f"team={Team.objects.get(name='North').pk}") == {"Lena", "Karl"}
    assert "Kim" in names("state=all")
    assert names("role=nonsense&team=999&q=adam") == {"Adam"}


def test_nothing_stored_runs_in_a_page(cast, reader):
    evil = "<script>alert(1)</script>"
    cast.karl.name = evil
    cast.karl.save()
    commands.create_team(actor=cast.dora, name=evil, lead=cast.karl)
    client = reader(cast.dora)
    for path in ("/settings/people/", "/settings/teams/", "/settings/record/"):
        assert evil not in client.get(path).content.decode()
