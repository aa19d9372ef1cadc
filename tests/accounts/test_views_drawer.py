import pytest
from django.http import HttpRequest
from django.test import Client

from accounts.views.drawer import go
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db


def test_a_form_stands_in_the_drawer_or_on_a_page_of_its_own():
    cast = make_cast()
    account = make_account("Vega", owner=cast.karl)
    client = Client()
    client.force_login(cast.dora)
    url = f"/accounts/{account.pk}/assign/"
    assert b"<html" in client.get(url).content
    part = client.get(url, headers={"HX-Request": "true"})
    assert b"<html" not in part.content and b"<h2>" in part.content


def test_an_accepted_form_leads_on_by_script_or_without():
    request = HttpRequest()
    request.htmx = True
    assert go(request, "/x/")["HX-Redirect"] == "/x/"
    request.htmx = False
    assert go(request, "/x/")["Location"] == "/x/"
