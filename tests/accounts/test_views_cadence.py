import pytest

from accounts.models import Cadence, Contact
from tests.cast import LONG_AGO, make_account
from tests.field_tasks import make_cadence, make_tier

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_tier(account, "A")
    return account


def test_a_rhythm_is_agreed_in_the_drawer(cast, account, reader):
    karl, url = reader(cast.karl), f"/accounts/{account.pk}/rhythm/"
    page = karl.get(url, **HTMX).content.decode()
    assert "This is what tier A has" in page
    assert karl.post(url, {"days": ""}, **HTMX).status_code == 422
    assert karl.post(url, {"days": "30", "note": "x"}, **HTMX).status_code == 204
    assert Cadence.objects.get().days == 30
    karl.post(url, {"is_none": "on"}, **HTMX)
    assert Cadence.objects.get().days is None
    karl.post(f"{url}forget/", **HTMX)
    assert not Cadence.objects.exists()


def test_a_person_of_the_account_is_named_and_no_other(cast, account, reader):
    person = Contact.objects.create(name="Jutta Krämer")
    person.positions.create(account=account, valid_from=LONG_AGO)
    karl, url = reader(cast.karl), f"/accounts/{account.pk}/rhythm/"
    assert "Jutta Krämer" in karl.get(f"{url}?contact={person.pk}", **HTMX).content.decode()
    karl.post(f"{url}?contact={person.pk}", {"days": "7"}, **HTMX)
    assert Cadence.objects.get().contact == person
    stranger = Contact.objects.create(name="Elsewhere")
    assert karl.get(f"{url}?contact={stranger.pk}", **HTMX).status_code == 404


def test_the_list_shows_and_filters_by_the_rhythm(cast, account, reader):
    other = make_account("Iberagua", owner=cast.karl)
    make_cadence(other, None)
    page = reader(cast.karl).get("/accounts/?view=all&columns=contact&cadence=due")
    text = page.content.decode()
    assert "Hansa" in text
    assert "no talk yet" in text
    assert "Iberagua" not in text
    export = reader(cast.karl).get("/accounts/export.csv?view=all&columns=contact&cadence=none")
    rows = (
        b"".join(export.streaming_content).decode() if export.streaming else export.content.decode()
    )
    assert "Iberagua" in rows
    assert "Hansa" not in rows
