import pytest
from django.urls import reverse

from people.models import SavedView
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def test_a_view_is_saved_changed_put_first_and_deleted(cast):
    client = signed_in(cast.karl)
    save = reverse("accounts:view_save") + "?view=all&tier=A"
    answer = client.post(save, {"name": "Top"}, headers={"HX-Request": "true"})
    view = SavedView.objects.get()
    assert answer["HX-Redirect"] == f"/accounts/?view=s{view.pk}"
    assert view.query == "view=all&tier=A"
    change = reverse("accounts:view_change", args=[view.pk]) + "?view=all&tier=B"
    client.post(change, {"name": "Best", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("Best", True, "view=all&tier=A")
    client.post(change, {"name": "Best", "renew": "on"})
    view.refresh_from_db()
    assert view.query == "view=all&tier=B"
    client.post(reverse("accounts:view_first"), {"view": f"s{view.pk}"})
    assert client.get("/accounts/").context["view"].label == "Best"
    client.post(reverse("accounts:view_delete", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_asked_for_one(cast):
    client = signed_in(cast.karl)
    assert client.post(reverse("accounts:view_save"), {"name": " "}).status_code == 422


def test_only_ones_own_views_open_first(cast):
    view = SavedView.objects.create(owner=cast.dora, page="accounts", name="Private")
    client = signed_in(cast.karl)
    url = reverse("accounts:view_first")
    assert client.post(url, {"view": f"s{view.pk}"}).status_code == 404
    assert client.post(url, {"view": "nonsense"}).status_code == 404
