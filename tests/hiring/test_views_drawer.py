import pytest
from django.urls import reverse

from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def test_a_form_stands_in_the_drawer_or_on_a_page_of_its_own(client, cast):
    client.force_login(cast.rita)
    address = reverse("hiring:candidacy_move", args=[make_candidacy(make_vacancy()).pk])
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<main" in whole and "<main" not in part and "Move to…" in part
