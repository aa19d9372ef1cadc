import pytest
from django.http import HttpRequest
from django.test import Client

from common.drawer import go
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "room"), [("/accounts/{}/assign/", "Accounts"), ("/hiring/pay/new/", "Hiring")]
)
def test_a_form_stands_in_the_drawer_or_on_a_page_of_its_room(url, room):
    cast = make_cast()
    client = Client()
    client.force_login(cast.dora)
    url = url.format(make_account("Vega", owner=cast.karl).pk)
    whole = client.get(url).content.decode()
    crumbs = whole.partition('class="k-crumbs')[2].partition("</nav>")[0]
    assert "<html" in whole and room in crumbs
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "<h2>" in part


def test_an_accepted_form_leads_on_by_script_or_without():
    request = HttpRequest()
    request.htmx = True
    assert go(request, "/x/")["HX-Redirect"] == "/x/"
    request.htmx = False
    assert go(request, "/x/")["Location"] == "/x/"
