import pytest
from django.urls import reverse

from hiring.commands.candidate import create_candidate, edit_candidate
from hiring.models import Candidacy, Candidate
from tests.recruiting import (
    make_off_limits,
    make_vacancy,
)

LIST = "/hiring/candidates/"


def card(pk) -> str:
    return reverse("hiring:candidate_page", args=[pk])


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def anna(cast):
    return create_candidate(
        actor=cast.rita, name="Анна Ёлкина", other_name="Anna Elkina", employer="Polus",
        title="KAM", pay_wish=70_000, pay_currency="RUB", reaches=[("phone", "+49 40 300330")],
    )  # fmt: skip


FORM = {"name": "Jo Berg", "source": "hh", "pay_currency": "EUR", "phones": "+49 40 300331"}


def test_somebody_is_added_by_hand_for_a_vacancy(cast, reader):
    vacancy = make_vacancy()
    url = f"{reverse('hiring:candidate_create')}?vacancy={vacancy.pk}"
    client = reader(cast.rita)
    assert client.get(url).status_code == 200
    response = client.post(url, FORM)
    made = Candidate.objects.get()
    assert response["Location"] == card(made.pk)
    assert Candidacy.objects.get().candidate == made and made.reaches.count() == 1


def test_a_number_that_is_none_is_said_on_the_form(cast, reader):
    response = reader(cast.rita).post(reverse("hiring:candidate_create"), FORM | {"phones": "no"})
    assert response.status_code == 422 and "is not a phone number" in text(response)
    assert not Candidate.objects.exists()


def test_while_typing_one_is_warned(cast, reader, anna):
    make_off_limits("Vega")
    url = reverse("hiring:candidate_namesakes")
    page = text(reader(cast.rita).get(f"{url}?phones=%2B4940300330&employer=Vega"))
    assert "Анна Ёлкина" in page and "Vega: own customer" in page
    assert text(reader(cast.rita).get(f"{url}?name=Nobody")).strip() == ""


def test_a_hidden_colleague_is_not_named_by_the_warning(cast, reader):
    create_candidate(name="Rita Self", user=cast.rita, reaches=[("email", "r@x.example")])
    page = text(
        reader(cast.rita).get(f"{reverse('hiring:candidate_namesakes')}?emails=r@x.example")
    )
    assert "Rita Self" not in page and "A record exists" in page


def test_both_versions_are_shown_when_somebody_saved_first(cast, reader, anna):
    client, url = reader(cast.rita), reverse("hiring:candidate_edit", args=[anna.pk])
    form = client.get(url).context["form"].initial
    sent = {name: value for name, value in form.items() if value is not None}
    hidden = client.get(url).context
    sent |= {"version": hidden["version"], "seen": hidden["seen"], "city": "Ulm"}
    edit_candidate(actor=cast.rita, candidate_id=anna.pk, version=1, title="Head", city="Kiel")
    response = client.post(url, sent)
    page = text(response)
    assert response.status_code == 409 and "changed by both" in page
    assert "Kiel" in page and "Ulm" in page
    assert response.context["form"].initial["title"] == "Head"  # theirs alone, taken over
    again = {**sent, "title": "Head", "version": response.context["version"]}
    assert client.post(url, again).status_code == 302
    anna.refresh_from_db()
    assert (anna.city, anna.title) == ("Ulm", "Head")


def test_a_colleague_is_added_but_never_by_who_leads_them(cast, reader):
    client, url = reader(cast.rita), reverse("hiring:colleague_add")
    assert client.get(url).status_code == 200
    client.post(url, {"user": cast.sam.pk})
    made = Candidate.objects.get()
    assert made.user == cast.sam and made.source == "internal"
    assert client.post(url, {"user": cast.rita.pk}).status_code == 422
