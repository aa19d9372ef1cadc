"""The phone log's page, for the browser and as devices keep it, and what they are given."""

import pytest

from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return make_account("Molochny Dvor", owner=cast.karl, city="Samara")


@pytest.fixture
def device(cast, reader):
    return reader(cast.karl)


def test_the_page_holds_the_account_and_its_people_for_those_without_scripts(device, account):
    make_contact(account, "Elena Orlova")
    make_contact(account, "", title="Head of logistics")
    page = device.get("/log/").content.decode()
    assert "Molochny Dvor" in page and "Elena Orlova" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert page.count('name="contacts"') == 1  # a hole cannot be met


def test_the_page_that_devices_keep_holds_nobodys_data(device, account, cast):
    make_contact(account, "Elena Orlova")
    page = device.get("/log/shell/").content.decode()
    for word in ("Molochny", "Elena", cast.karl.name, cast.karl.email, "csrfmiddlewaretoken"):
        assert word not in page


@pytest.mark.parametrize("who", ["rita", "ivan", "adam", "sam"])
def test_for_others_there_is_no_log(cast, reader, who):
    client = reader(getattr(cast, who))
    for path in ("/log/", "/log/shell/", "/log/data/", "/log/token/"):
        assert client.get(path).status_code == 404
    for path in ("/log/send/", "/log/undo/"):
        assert client.post(path).status_code == 404


def test_an_account_asked_for_is_the_one_to_begin_with(device, account, cast):
    other = make_account("Alpina", owner=cast.karl)
    page = device.get(f"/log/?account={other.pk}").content.decode()
    assert f'name="account" value="{other.pk}"' in page
    assert device.get("/log/?account=²").status_code == 200


def test_whoever_has_no_account_is_told_so(cast, reader):
    page = reader(cast.lena).get("/log/").content.decode()
    assert "No account to log for yet" in page


def test_the_bar_of_the_phone_leads_here_for_those_who_log(device, cast, reader):
    assert b'class="k-bottom-log" href="/log/"' in device.get("/accounts/").content
    assert b"k-bottom-log" not in reader(cast.rita).get("/").content
