import pytest
from django.test import Client

from people.models import Company, Session, User
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
FIRST = {
    "company": "Severpack",
    "currency": "EUR",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "name": "Dora Lindqvist",
    "email": "dora@severpack.example",
    "password": "a-long-enough-password",
}


def test_every_page_of_an_empty_installation_leads_to_set_up(client):
    for path in ("/sign-in/", "/me/", "/settings/", "/password/reset/"):
        assert client.get(path)["Location"] == "/set-up/"
    assert client.get("/set-up/").status_code == 200
    assert client.get("/health").status_code == 200


def test_set_up_signs_the_director_in_and_asks_for_a_second_factor(client):
    answer = client.post("/set-up/", FIRST)
    assert answer["Location"] == "/set-up/next/"
    assert Session.objects.get().user == User.objects.get()
    assert client.get("/set-up/next/")["Location"] == "/me/second-factor/"
    Company.objects.update(second_factor_roles=[])
    assert "/imports/new/" in client.get("/set-up/next/").content.decode()


def test_set_up_is_gone_afterwards_for_everybody():
    first, second = Client(), Client()
    second.get("/set-up/")
    first.post("/set-up/", FIRST)
    late = second.post("/set-up/", FIRST | {"email": "mallory@example.org"})
    assert late.status_code == 404
    assert second.get("/set-up/").status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "short"), ("currency", "XXX1"), ("time_zone", "Mars/Base"), ("email", "dora")],
)
def test_set_up_refuses_what_is_wrong_and_makes_nothing(client, field, value):
    assert client.post("/set-up/", FIRST | {field: value}).status_code == 200
    assert User.objects.count() == 0
    assert not Company.objects.exists()


def test_the_company_is_changed(reader):
    cast = make_cast()
    client = reader(cast.adam)
    values = {"name": "Severpack GmbH", "language": "it", "time_zone": "UTC", "night_hour": "4",
              "second_factor_roles": ["kam"], "currency": "USD"}  # fmt: skip
    assert client.post("/settings/company/", values).status_code == 302
    company = Company.current()
    assert (company.name, company.night_hour) == ("Severpack GmbH", 4)
    assert company.second_factor_roles == ["kam"]
    assert company.currency == "EUR"


def test_settings_show_what_the_reader_may_set_up(reader):
    cast = make_cast()
    page = reader(cast.adam).get("/settings/").content.decode()
    for path in ("/settings/company/", "/settings/people/", "/settings/teams/"):
        assert path in page
