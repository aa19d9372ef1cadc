import pytest
from django.urls import reverse

from hiring.commands import vacancy as commands
from hiring.models import Vacancy
from people.models import Notification
from tests.recruiting import (
    make_candidacy,
    make_observer,
    make_session,
    make_vacancy,
    vacancy_form,
)

pytestmark = pytest.mark.django_db


def test_the_list_counts_people_by_stage_for_those_who_hire(signed):
    vacancy = make_vacancy("KAM north")
    make_candidacy(vacancy, stage="call")
    make_candidacy(vacancy, stage="call")
    page = signed("rita").get("/hiring/").content.decode()
    assert "KAM north" in page and "To call" in page
    assert (
        "New vacancy" in page
        and "New vacancy" not in signed("dora").get("/hiring/").content.decode()
    )


def test_others_read_names_of_published_vacancies_and_of_those_they_observe(signed, cast):
    make_vacancy("Open to all")
    draft = make_vacancy("Secret draft", state="draft", city="Hiddenville")
    make_observer(make_session(draft), cast.ivan)
    page = signed("karl").get("/hiring/").content.decode()
    assert "Open to all" in page and "Secret draft" not in page
    page = signed("ivan").get("/hiring/").content.decode()
    assert "Secret draft" in page and "Hiddenville" not in page


def test_the_list_is_searched_in_both_scripts_and_filtered_by_state(signed):
    make_vacancy("КАМ, Нижний Новгород")
    make_vacancy("Ended one", state="closed")
    client = signed("rita")
    for words in ("нижний", "nizhnii", "НОВГОРОД"):
        assert "КАМ, Нижний" in client.get("/hiring/", {"q": words}).content.decode()
    assert "КАМ, Нижний" not in client.get("/hiring/", {"q": "Kazan"}).content.decode()
    assert "Ended one" in client.get("/hiring/?scope=ended").content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(signed, django_assert_max_num_queries):
    client = signed("rita")
    make_candidacy(make_vacancy(), stage="call")
    client.get("/hiring/")
    with django_assert_max_num_queries(12) as few:
        client.get("/hiring/")
    for _number in range(8):
        make_candidacy(make_vacancy(), stage="form")
    with django_assert_max_num_queries(len(few)):
        client.get("/hiring/")


def test_a_vacancy_is_written_proposed_approved_and_published(signed, cast):
    client = signed("rita")
    answer = client.post("/hiring/new/", vacancy_form(cast))
    vacancy = Vacancy.objects.get()
    assert answer.url == f"/hiring/{vacancy.pk}/advert/" and vacancy.openings == 2
    client.post(f"/hiring/{vacancy.pk}/step/propose/", {"version": vacancy.version})
    client = signed("dora")
    page = client.get(f"/hiring/{vacancy.pk}/approval/").content.decode()
    assert "KAM, Kazan" in page and "Approve" in page
    vacancy.refresh_from_db()
    client.post(f"/hiring/{vacancy.pk}/approval/", {"version": vacancy.version})
    client = signed("rita")
    vacancy.refresh_from_db()
    client.post(f"/hiring/{vacancy.pk}/step/publish/", {"version": vacancy.version})
    vacancy.refresh_from_db()
    assert vacancy.state == "open"
    assert "Key account manager" in client.get(f"/jobs/{vacancy.slug}/").content.decode()


def test_a_director_sends_back_with_a_reason_that_the_recruiter_reads(signed, cast):
    vacancy = make_vacancy(state="draft", recruiter=cast.rita)
    vacancy = commands.propose_vacancy(actor=cast.rita, vacancy_id=vacancy.pk)
    client, url = signed("dora"), f"/hiring/{vacancy.pk}/approval/"
    refusal = {"refuse": "1", "version": vacancy.version}
    assert client.post(url, refusal).status_code == 422
    client.post(url, refusal | {"reason": "Two is enough"})
    page = signed("rita").get(f"/hiring/{vacancy.pk}/advert/").content.decode()
    assert "Two is enough" in page
    assert Notification.objects.filter(user=cast.rita, kind="vacancy_sent_back").exists()


def test_closing_asks_for_a_reason(signed):
    vacancy = make_vacancy()
    client, url = signed("rita"), f"/hiring/{vacancy.pk}/step/close/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "No budget"})
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.end_reason) == ("closed", "No budget")


def test_an_unknown_step_does_not_exist(signed):
    vacancy = make_vacancy()
    client = signed("rita")
    assert client.post(f"/hiring/{vacancy.pk}/step/delete/").status_code == 404
    assert client.get(f"/hiring/{vacancy.pk}/step/hold/").status_code == 404
    assert client.post(f"/hiring/{vacancy.pk}/step/approve/").status_code == 404


def test_stages_are_added_renamed_moved_and_removed(signed):
    vacancy = make_vacancy()
    client, url = signed("rita"), reverse("hiring:stage_list", args=[vacancy.pk])
    client.post(f"{url}new/", {"kind": "task", "stale_days": 4, "name_en": "Case"})
    stage = vacancy.stages.get(names__en="Case")
    assert "Case" in client.get(url).content.decode()
    before = list(vacancy.stages.values_list("pk", flat=True))
    client.post(f"{url}{stage.pk}/move/up/")
    assert list(vacancy.stages.values_list("pk", flat=True)) != before
    assert client.post(f"{url}order/", {"stage": before}).status_code == 204
    assert list(vacancy.stages.values_list("pk", flat=True)) == before
    assert client.post(f"{url}order/", {"stage": before[:2]}).status_code == 409
    client.post(f"{url}{stage.pk}/edit/", {"kind": "task", "stale_days": 4, "name_ru": "Кейс"})
    stage.refresh_from_db()
    assert stage.names == {"ru": "Кейс"}
    client.post(f"{url}{stage.pk}/remove/")
    assert not vacancy.stages.filter(pk=stage.pk).exists()
    assert client.post(f"{url}{stage.pk}/remove/").status_code == 404
