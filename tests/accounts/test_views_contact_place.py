import pytest
from django.utils import timezone

from accounts.commands.account import renew_search_text
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_somebody_leaves_and_undo_brings_them_back(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    client = reader(cast.karl)
    page = client.post(f"/accounts/{hansa.pk}/people/{jutta.pk}/leave/", {"day": ""}, follow=True)
    place = jutta.positions.get()
    assert place.valid_to == timezone.localdate()
    undo = f"/accounts/{hansa.pk}/people/places/{place.pk}/reopen/"
    assert undo in page.content.decode()
    client.post(undo)
    assert jutta.positions.get().valid_to is None


def test_a_day_before_they_came_is_refused_in_the_drawer(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/leave/"
    answer = reader(cast.karl).post(url, {"day": "2001-01-01"})
    assert answer.status_code == 422
    assert "after the beginning" in answer.content.decode()


def test_somebody_moves_and_undo_brings_them_back(cast, hansa, reader):
    vega = make_account("Vega", owner=cast.karl)
    jutta = make_contact(hansa, "Jutta")
    client = reader(cast.karl)
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/move/"
    page = client.post(url, {"account": vega.pk, "title": "Director"}, follow=True)
    place = jutta.positions.get(account=vega)
    assert place.title == "Director"
    undo = f"/accounts/{vega.pk}/people/places/{place.pk}/move-undo/"
    assert undo in page.content.decode()
    client.post(undo)
    assert jutta.positions.get().account == hansa


def test_a_foreign_customer_is_like_a_missing_one(cast, hansa, reader):
    foreign = make_account("CNRY", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta")
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/move/"
    client = reader(cast.karl)
    errors = [
        client.post(url, {"account": pk}).context["form"].errors["account"]
        for pk in (foreign.pk, 999_999)
    ]
    assert errors[0] == errors[1]
    assert "CNRY" not in client.get(url).content.decode()
    assert "CNRY" not in client.get("/accounts/people/targets/?q=cnry").content.decode()
    assert jutta.positions.get().valid_to is None


def test_the_customer_is_found_by_name(cast, hansa, reader):
    vega = make_account("Vega", owner=cast.karl)
    renew_search_text(vega)
    part = reader(cast.karl).get("/accounts/people/targets/?q=veg").content.decode()
    assert f'value="{vega.pk}"' in part
    assert f'value="{hansa.pk}"' not in part
