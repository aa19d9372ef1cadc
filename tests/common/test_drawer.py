import pytest
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

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
    assert go(asked_from("/y/"), "/x/")["HX-Redirect"] == "/x/"
    request = RequestFactory().get("/form/")
    request.htmx = False
    assert go(request, "/x/")["Location"] == "/x/"


@pytest.mark.parametrize(
    ("page", "url", "loads"),
    [
        ("/x/", "/x/#place", True),
        ("/x/#other", "/x/#place", True),
        ("/x/?tab=1", "/x/?tab=1#place", True),
        ("/x/?tab=1", "/x/#place", False),
        ("/y/", "/x/#place", False),
        ("/x/", "/x/", False),
    ],
)
def test_a_place_on_the_same_page_is_loaded_anew_so_that_the_drawer_closes(page, url, loads):
    answer = go(asked_from(page), url)
    assert answer["HX-Redirect"] == url and ("HX-Refresh" in answer) is loads


def asked_from(page: str):
    """A request that htmx sent from this page."""
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    request = RequestFactory().get("/form/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request
