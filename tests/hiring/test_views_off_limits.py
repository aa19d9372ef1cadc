import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountScore
from hiring.models import OffLimits
from tests.cast import make_account
from tests.recruiting import make_off_limits

pytestmark = pytest.mark.django_db
OFF = "/hiring/off-limits/"
ENTRY = {"name": "Polus", "kind": "partner", "reason": "They build for us"}


def text(response) -> str:
    return response.content.decode()


def test_the_list_is_searched_and_the_past_stands_apart(cast, reader):
    make_off_limits("Polus", aliases=["Orbita"])
    client = reader(cast.rita)
    assert "Polus" in text(client.get(f"{OFF}?q=orb"))
    assert "Nothing found" in text(client.get(f"{OFF}?q=vega"))
    assert "Polus" not in text(client.get(f"{OFF}?view=past"))


def test_an_entry_is_added_and_taken_back(cast, reader):
    client, url = reader(cast.rita), reverse("hiring:off_limits_add")
    assert client.get(url).status_code == 200
    client.post(url, ENTRY)
    entry = OffLimits.objects.get()
    assert client.post(url, ENTRY).status_code == 422
    client.post(reverse("hiring:off_limits_remove", args=[entry.pk]))
    assert not OffLimits.objects.exists()


def test_an_entry_is_changed_with_a_second_editor_in_mind(cast, reader):
    entry = make_off_limits("Polus")
    client, url = reader(cast.dora), reverse("hiring:off_limits_edit", args=[entry.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, ENTRY | {"version": 1}).status_code == 302
    late = client.post(url, ENTRY | {"version": 1, "reason": "Later"})
    assert late.status_code == 409 and "They build for us" in text(late)


def test_a_director_lifts_with_a_reason_and_puts_it_back(cast, reader):
    entry = make_off_limits("Polus")
    url = reverse("hiring:off_limits_lift", args=[entry.pk])
    assert reader(cast.rita).get(url).status_code == 404
    client = reader(cast.dora)
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "No orders"})
    assert "No orders" in text(client.get(f"{OFF}?view=past"))
    client.post(reverse("hiring:off_limits_restore", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.lifted_at is None


def test_key_accounts_are_proposed_to_directors_and_taken_over(cast, reader):
    account = make_account("Hansa")
    AccountScore.objects.create(account=account, as_of=timezone.localdate(), is_key=True)
    assert "Hansa" not in text(reader(cast.rita).get(OFF))
    client = reader(cast.dora)
    assert "Hansa" in text(client.get(OFF))
    client.post(reverse("hiring:off_limits_adopt"), {"ids": [account.pk]})
    assert OffLimits.objects.get().account == account
