import pytest

from people.models import Session, User, company_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def test_a_director_changes_details_and_roles(cast, director):
    path = f"/settings/people/{cast.karl.pk}"
    director.post(f"{path}/update/", {"name": "Karl Braun", "title": "Senior KAM"})
    director.post(f"{path}/roles/", {"roles": ["kam", "interviewer"]})
    karl = User.objects.get(pk=cast.karl.pk)
    assert (karl.name, karl.roles) == ("Karl Braun", {"kam", "interviewer"})
    page = director.get(f"{path}/").content.decode()
    assert "Roles changed" in page
    assert "Karl Braun" in page


def test_an_administrator_leaves_the_role_of_director_as_it_is(cast, reader):
    client = reader(cast.adam)
    client.post(f"/settings/people/{cast.karl.pk}/roles/", {"roles": ["kam", "director"]})
    assert User.objects.get(pk=cast.karl.pk).roles == {"kam"}
    page = client.get(f"/settings/people/{cast.dora.pk}/").content.decode()
    assert "Only a director may change" in page


def test_refusals_come_back_in_words(cast, director):
    answer = director.post(f"/settings/people/{cast.dora.pk}/close/", follow=True)
    assert "You cannot close your own sign-in." in answer.content.decode()
    answer = director.post(f"/settings/people/{cast.karl.pk}/update/", {"name": ""}, follow=True)
    assert "A person needs a name." in answer.content.decode()


def test_sessions_are_seen_and_ended(cast, director, reader):
    karl = reader(cast.karl)
    karl.get("/me/", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/131.0")
    assert "Firefox, Windows" in director.get(f"/settings/people/{cast.karl.pk}/").content.decode()
    director.post(f"/settings/people/{cast.karl.pk}/sign-out/")
    assert not Session.objects.filter(user=cast.karl).exists()


def test_a_sign_in_is_closed_and_opened(cast, director):
    director.post(f"/settings/people/{cast.karl.pk}/close/")
    assert not User.objects.get(pk=cast.karl.pk).is_active
    director.post(f"/settings/people/{cast.karl.pk}/open/")
    assert User.objects.get(pk=cast.karl.pk).is_active


def test_a_missing_person_is_not_found(director):
    assert director.get("/settings/people/999/").status_code == 404
    assert director.post("/settings/people/999/close/").status_code == 404


@pytest.mark.parametrize("who", ["dora", "adam"])
def test_grade_and_probation_are_entered_from_a_day(cast, reader, who):
    client = reader(getattr(cast, who))
    page = f"/settings/people/{cast.karl.pk}/"
    assert "No grade yet" in client.get(page).content.decode()
    today = company_day().isoformat()
    values = {"grade": "2", "on_probation": "on", "day": today, "reason": "contract"}
    client.post(f"{page}employment/", values)
    text = client.get(page).content.decode()
    assert "2: builds individual offers" in text and "contract" in text
    row = cast.karl.employments.get()
    assert (row.grade, row.on_probation) == (2, True)
    answer = client.post(f"{page}employment/", values | {"reason": ""}, follow=True)
    assert "what it rests on" in answer.content.decode()
    answer = client.post(f"{page}employment/", values | {"day": "2020-01-01"}, follow=True)
    assert "The past is not rewritten" in answer.content.decode()
    assert cast.karl.employments.count() == 1


def test_grades_stand_where_somebody_may_answer_for_accounts(cast, director):
    pages = {
        name: director.get(f"/settings/people/{getattr(cast, name).pk}/").content.decode()
        for name in ("karl", "rita")
    }
    assert "Grade and probation" in pages["karl"] and "Grade and probation" not in pages["rita"]
