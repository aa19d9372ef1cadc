import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Handover
from people.models import company_day
from tests.cast import make_account, signed_in
from tests.field import make_contact, make_observation
from tests.gate import employ, make_key_account
from tests.handovers import make_road, see_all, to_state

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def url(name: str, *args) -> str:
    return reverse(f"accounts:{name}", args=args)


def page(user, road, **headers):
    return signed_in(user).get(url("handover_page", road.account.pk), headers=headers)


def test_the_page_shows_the_road_and_what_is_missing_with_its_place(cast):
    road = make_road(cast)
    answer = page(cast.lena, road)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "14 questions are not answered yet." in text and "#questions" in text
    assert "A sample by June" in text and "Send the list" in text and "Ursula Boss" in text
    assert "Saved while you type" in text


def test_assistants_strangers_and_other_managers_find_nothing(cast):
    road = make_road(cast)
    for user in (cast.anna, cast.kim, cast.rita, cast.adam, cast.sam):
        client = signed_in(user)
        assert client.get(url("handover_page", road.account.pk)).status_code == 404
        assert client.post(url("handover_accept", road.row.pk)).status_code == 404


def test_the_new_manager_sees_no_fields_to_write_but_what_to_acknowledge(cast):
    road = to_state(make_road(cast), "captured")
    text = page(cast.karl, road).content.decode()
    assert "<textarea" not in text.split('id="handover"')[1] and "I have read it" in text
    assert "Type your name: Karl" in text


def test_without_a_handover_the_page_says_how_to_begin_one(cast):
    account = make_account("Quiet", owner=cast.lena)
    text = signed_in(cast.lena).get(url("handover_page", account.pk)).content.decode()
    assert url("handover_create", account.pk) in text


def test_a_plan_is_begun_from_the_drawer(cast):
    road = make_road(cast, begun=False)
    employ(cast.kim, 1)
    client = signed_in(cast.dora)
    form = client.get(url("handover_create", road.account.pk), headers=HTMX).content.decode()
    assert "Karl" in form and "disabled" in form  # Kim may not
    given = {
        "to_user": cast.karl.pk, "planned_for": company_day(), "cause": "load", "joint_meetings": 1,
    }  # fmt: skip
    answer = client.post(url("handover_create", road.account.pk), given, headers=HTMX)
    row = Handover.objects.get()
    assert answer.status_code == 204 and f"of={row.pk}" in answer["HX-Redirect"]
    assert (row.to_user, row.former_stays) == (cast.karl, False)
    again = client.post(url("handover_create", road.account.pk), given, headers=HTMX)
    assert again.status_code == 422 and "under way" in again.content.decode()


def test_a_refused_step_says_why_and_renews_the_page(cast):
    road = make_road(cast)
    answer = signed_in(cast.lena).post(
        url("handover_move", road.row.pk), {"state": "captured"}, headers=HTMX
    )
    assert answer.status_code == 204 and "handover:changed" in answer["HX-Trigger"]
    assert "14 questions" in answer["HX-Trigger"]
    part = signed_in(cast.lena).get(
        url("handover_page", road.account.pk), headers={**HTMX, "HX-Target": "handover"}
    )
    assert part.content.decode().count("<h1>") == 0


def test_signing_leads_to_the_page_of_an_account_that_is_ones_own(cast):
    road = to_state(make_road(cast), "joint")
    see_all(road)
    client = signed_in(cast.karl)
    refused = client.post(url("handover_accept", road.row.pk), {"signature": ""}, headers=HTMX)
    assert "Sign by typing your name: Karl" in refused["HX-Trigger"]
    answer = client.post(url("handover_accept", road.row.pk), {"signature": "Karl"}, headers=HTMX)
    assert "HX-Redirect" in answer.headers
    assert Handover.objects.get().state == "watch"
    text = page(cast.dora, road).content.decode()
    assert "signed by Karl" in text and "Take back" in text
    assert "Take back" not in page(cast.karl, road).content.decode()


def test_calling_off_and_taking_back_ask_in_the_drawer(cast):
    road = make_road(cast)
    client = signed_in(cast.dora)
    assert client.get(url("handover_cancel", road.row.pk), headers=HTMX).status_code == 200
    assert client.post(url("handover_cancel", road.row.pk), {}, headers=HTMX).status_code == 422
    early = client.post(url("handover_undo", road.row.pk), {}, headers=HTMX)
    assert early.status_code == 422 and "call the handover off" in early.content.decode()
    given = {"reason": "No"}
    assert client.post(url("handover_cancel", road.row.pk), given).status_code == 302
    text = page(cast.dora, road).content.decode()
    assert "Called off" in text and "Hand over again" in text


def test_agreeing_is_for_directors(cast):
    road = make_road(cast, begun=False)
    client = signed_in(cast.lena)
    client.post(
        url("handover_create", road.account.pk),
        {"to_user": cast.karl.pk, "planned_for": company_day(), "cause": "other",
         "joint_meetings": 0},
    )  # fmt: skip
    row = Handover.objects.get()
    assert client.post(url("handover_agree", row.pk)).status_code == 404
    assert "Agree" in page(cast.dora, road).content.decode()
    signed_in(cast.dora).post(url("handover_agree", row.pk))
    row.refresh_from_db()
    assert row.agreed_by == cast.dora


def test_the_list_shows_late_ones_first_and_whose_turn_it_is(cast):
    road = make_road(cast)
    Handover.objects.update(planned_for=company_day() - dt.timedelta(days=3))
    text = signed_in(cast.lena).get(url("handover_list")).content.decode()
    assert "3 days late" in text and "Your turn" in text and "Hansa" in text
    assert "Hansa" in signed_in(cast.karl).get(url("handover_list")).content.decode()
    assert "Hansa" not in signed_in(cast.kim).get(url("handover_list")).content.decode()
    assert signed_in(cast.anna).get(url("handover_list")).status_code == 404
    taking = signed_in(cast.lena).get(url("handover_list") + "?whose=take").content.decode()
    assert "Hansa" not in taking and "No handovers of this kind" in taking
    assert road.row.state == "planned"


def test_the_account_page_says_that_it_is_changing_hands(cast):
    road = make_road(cast)
    address = url("account_page", road.account.pk)
    assert "Lena → Karl" in signed_in(cast.karl).get(address).content.decode()
    assert "Lena → Karl" not in signed_in(cast.anna).get(address).content.decode()


def test_pages_take_the_same_number_of_queries_however_much_there_is(
    cast, django_assert_max_num_queries, django_assert_num_queries
):
    road = make_road(cast)
    client = signed_in(cast.dora)
    address = url("handover_page", road.account.pk)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for n in range(6):
        person = make_contact(road.account, f"Person {n}")
        make_observation(person, "power", "3")
        road.account.promises.create(
            text=f"P{n}", colleague=cast.lena, made_on=company_day(), contact=person
        )
        road.account.tasks.create(title=f"T{n}", owner=cast.lena)
    with django_assert_num_queries(len(few)):
        client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(url("handover_list"))
    for n in range(3):
        make_key_account(f"More {n}", owner=cast.lena)
        make_road_of = Handover(
            account=make_key_account(f"Road {n}", owner=cast.lena), from_user=cast.lena,
            to_user=cast.karl, cause="load", tier="A", planned_for=company_day(),
        )  # fmt: skip
        make_road_of.save()
    with django_assert_num_queries(len(few)):
        client.get(url("handover_list"))


def test_letters_are_drafted_for_everybody_of_power_and_read_over(cast):
    road = make_road(cast)
    client = signed_in(cast.lena)
    answer = client.post(url("handover_letters", road.row.pk), headers=HTMX)
    assert answer["HX-Redirect"] == f"{url('letter_review')}?account={road.account.pk}"
    assert [str(letter.contact) for letter in road.row.letters.all()] == ["Ursula Boss"]
    assert "Draft one to everybody" not in page(cast.lena, road).content.decode()
