import pytest
from django.urls import reverse

from people.models import SavedView
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
LISTS = [("accounts:view", "accounts"), ("hiring:candidate_view", "candidates")]


@pytest.mark.parametrize(("route", "page"), LISTS)
def test_every_list_names_its_state_in_the_drawer_or_on_a_page(cast, route, page):
    client = signed_in(cast.dora)
    save = reverse(f"{route}_save")
    assert b"<main" in client.get(save).content
    assert b"<main" not in client.get(save, headers={"HX-Request": "true"}).content
    client.post(save, {"name": "Mine"})
    view = SavedView.objects.get(page=page)
    other = client.post(save, {"name": "Other"}) and SavedView.objects.latest("pk")
    change = reverse(f"{route}_change", args=[view.pk])
    assert b"filters" in client.get(change).content
    assert client.post(change, {"name": other.name}).status_code == 422


@pytest.mark.parametrize(("route", "page"), LISTS)
def test_nobody_changes_a_view_of_somebody_else_or_of_another_list(cast, route, page):
    for view in (
        SavedView.objects.create(owner=cast.lena, page=page, name="Shared", is_shared=True),
        SavedView.objects.create(owner=cast.dora, page="another", name="Mine"),
    ):
        for verb in ("change", "delete"):
            address = reverse(f"{route}_{verb}", args=[view.pk])
            assert signed_in(cast.dora).post(address, {"name": "X"}).status_code == 404
