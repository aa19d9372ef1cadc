import pytest
from django.urls import reverse

from accounts.models import CustomerLetterTemplate

pytestmark = pytest.mark.django_db


def test_the_set_is_brought_and_changed(cast, reader):
    client = reader(cast.dora)
    assert b"Bring the set" in client.get(reverse("accounts:letter_template_list")).content
    client.post(reverse("accounts:letter_templates_install"))
    row = CustomerLetterTemplate.objects.get(code="absence")
    url = reverse("accounts:letter_template_edit", args=[row.pk])
    assert client.get(url).status_code == 200
    said = {"version": row.version, "name_en": "N", "subject_en": "S", "body_en": "{salary}"}
    answer = client.post(url, said)
    assert answer.status_code == 422 and b"{salary}" in answer.content
    assert client.post(url, said | {"body_en": "B"}).status_code == 302
    answer = client.post(url, said | {"body_en": "Mine"})
    assert answer.status_code == 409 and b"Mine" in answer.content
    row.refresh_from_db()
    assert row.bodies == {"en": "B"}


def test_for_managers_there_is_none(cast, reader):
    assert reader(cast.karl).get(reverse("accounts:letter_template_list")).status_code == 404
