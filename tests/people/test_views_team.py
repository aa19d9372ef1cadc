import pytest

from people.models import Attachment, Membership, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def test_a_team_is_made_filled_and_renamed(cast, director):
    director.post("/settings/teams/new/", {"name": "West", "lead": cast.kim.pk})
    west = Team.objects.get(name="West")
    director.post(f"/settings/teams/{west.pk}/members/", {"user": cast.kim.pk, "day": "2026-03-02"})
    director.post(f"/settings/teams/{west.pk}/", {"name": "Far West", "lead": ""})
    west.refresh_from_db()
    assert (west.name, west.lead) == ("Far West", None)
    page = director.get(f"/settings/teams/{west.pk}/").content.decode()
    assert "Kim joined the team" in page
    row = Membership.objects.get(team=west)
    director.post(f"/settings/memberships/{row.pk}/end/", {"day": "2026-04-01"})
    row.refresh_from_db()
    assert str(row.valid_to) == "2026-04-01"


def test_an_assistant_is_attached_and_detached(cast, director):
    director.post(
        "/settings/attachments/new/",
        {"assistant": cast.anna.pk, "manager": cast.kim.pk, "day": "2026-03-02"},
    )
    row = Attachment.objects.get(manager=cast.kim)
    assert "Anna" in director.get("/settings/teams/").content.decode()
    director.post(f"/settings/attachments/{row.pk}/end/", {"day": "2026-04-01"})
    row.refresh_from_db()
    assert str(row.valid_to) == "2026-04-01"


def test_refusals_come_back_in_words(cast, director):
    answer = director.post("/settings/teams/new/", {"name": "north"}, follow=True)
    assert "There is a team of this name already." in answer.content.decode()
    answer = director.post(
        "/settings/attachments/new/",
        {"assistant": cast.karl.pk, "manager": cast.kim.pk, "day": "2026-03-02"},
        follow=True,
    )
    assert Attachment.objects.count() == 1
    assert answer.status_code == 200
    row = Membership.objects.first()
    director.post(f"/settings/memberships/{row.pk}/end/", {"day": "nonsense"})
    row.refresh_from_db()
    assert row.valid_to is None
