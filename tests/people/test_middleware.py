import pytest
from django.utils import timezone

from people.models import User
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db


def test_the_readers_language_goes_before_the_browsers(client, reader):
    make_company(language="es")
    reader(make_user("Karl", language="it"), client)
    assert client.get("/me/", HTTP_ACCEPT_LANGUAGE="ru")["Content-Language"] == "it"


def test_a_visitor_reads_the_browsers_language(client):
    make_company()
    assert client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="ru")["Content-Language"] == "ru"
    assert client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="xx")["Content-Language"] == "en"


@pytest.mark.parametrize(("own", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), ("", "Europe/Rome")])
def test_times_are_told_in_the_readers_zone_or_the_companys(client, reader, own, zone):
    make_company(time_zone="Europe/Rome")
    reader(make_user("Karl", time_zone=own), client).get("/me/")
    assert timezone.get_current_timezone_name() == zone


def test_somebody_who_still_lacks_a_factor_comes_back_to_where_they_were_going(client, reader):
    make_company(second_factor_roles=["director"])
    reader(make_user("Dora", "director"), client)
    client.get("/settings/people/?q=x")
    assert client.session["after_factor"] == "/settings/people/?q=x"


def test_a_role_taken_away_is_gone_at_the_next_request(client, reader):
    make_company()
    dora = make_user("Dora", "director")
    reader(dora, client)
    assert client.get("/settings/").status_code == 200
    dora.role_grants.all().delete()
    assert client.get("/settings/").status_code == 404


def test_a_closed_person_is_out_at_the_next_request(client, reader):
    make_company()
    karl = make_user("Karl")
    reader(karl, client).get("/me/")
    User.objects.update(is_active=False)
    assert client.get("/me/").status_code == 302


def test_a_part_of_a_page_reloads_the_whole_when_the_session_has_ended(client):
    make_company()
    answer = client.get("/me/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
