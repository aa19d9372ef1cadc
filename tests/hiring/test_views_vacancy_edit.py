import pytest

from hiring.commands import vacancy as commands
from tests.recruiting import make_profile, make_vacancy, vacancy_form

pytestmark = pytest.mark.django_db
BAD = {"en_title": "Salesman", "en_intro": "Men under 35."}


def test_a_new_vacancy_begins_with_the_pay_of_its_profile(signed):
    profile = make_profile("KAM, food", pay_from=90_000, pay_currency="RUB")
    form = signed("rita").get(f"/hiring/new/?profile={profile.pk}").context["form"]
    assert form["title"].value() == "KAM, food" and form["pay_from"].value() == 90_000


def test_without_a_profile_one_is_asked_for_first(signed):
    assert "Write a position profile first" in signed("rita").get("/hiring/new/").content.decode()


def test_what_is_past_change_has_no_form(signed):
    client = signed("rita")
    for state in ("proposed", "filled", "closed"):
        assert client.get(f"/hiring/{make_vacancy(state=state).pk}/edit/").status_code == 404


def test_the_linter_answers_while_typing_and_keeps_the_advert_in(signed, cast):
    client = signed("rita")
    profile = make_profile(knock_outs=["Возраст до 35 лет"])
    page = client.post("/hiring/advert-check/", BAD | {"profile": profile.pk}).content.decode()
    assert "under 35" in page and "Men" in page and "Возраст" in page and "years in B2B" in page
    clean = client.post("/hiring/advert-check/", {"en_title": "Manager"}).content.decode()
    assert "No words about" in clean
    vacancy = make_vacancy(state="draft", texts={"en": {"title": "Men", "intro": "Men only"}})
    client.post(f"/hiring/{vacancy.pk}/step/propose/", {"version": 1})
    vacancy.refresh_from_db()
    assert vacancy.state == "draft"


def test_two_editors_meet_with_both_versions(signed, cast):
    vacancy = make_vacancy("First name", state="draft", recruiter=cast.rita)
    client, url = signed("rita"), f"/hiring/{vacancy.pk}/edit/"
    form = client.get(url).context
    commands.edit_vacancy(actor=cast.rita, vacancy_id=vacancy.pk, version=1, title="Theirs")
    answer = client.post(
        url, vacancy_form(cast, title="Mine", version=form["version"], seen=form["seen"])
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page and "Mine" in page
    answer = client.post(
        url,
        vacancy_form(
            cast, title="Mine", version=answer.context["version"], seen=answer.context["seen"]
        ),
    )
    vacancy.refresh_from_db()
    assert answer.status_code == 302 and vacancy.title == "Mine"


def test_terms_of_an_approved_vacancy_are_locked_in_the_form(signed, cast):
    vacancy = make_vacancy(openings=1, recruiter=cast.rita)
    client, url = signed("rita"), f"/hiring/{vacancy.pk}/edit/"
    form = client.get(url).context
    client.post(url, vacancy_form(cast, openings=9, version=form["version"], seen=form["seen"]))
    vacancy.refresh_from_db()
    assert vacancy.openings == 1 and vacancy.title == "KAM, Kazan"
