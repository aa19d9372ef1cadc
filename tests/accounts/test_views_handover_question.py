import pytest
from django.urls import reverse

from accounts.models import HandoverQuestion
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"accounts:handover_question{name}", args=args)


def test_a_director_brings_the_starting_set_edits_orders_and_retires(cast):
    client = signed_in(cast.dora)
    assert "Nothing is asked yet" in client.get(url("s")).content.decode()
    client.post(url("s_install"))
    text = client.get(url("s")).content.decode()
    assert '<span class="k-num">19</span>' in text and '<span class="k-num">5</span>' in text
    row = HandoverQuestion.objects.get(code="dates")
    form = client.get(url("_edit", row.pk)).content.decode()
    assert "Какие даты важны" in form
    given = {"name_en": "Which dates?", "kind": "question", "tiers": ["A", "B"]}
    assert client.post(url("_edit", row.pk), given).status_code == 302
    row.refresh_from_db()
    assert row.names == {"en": "Which dates?"} and row.tiers == ["A", "B"]
    client.post(url("_retire", row.pk))
    assert "not asked any more" in client.get(url("s")).content.decode()
    client.post(url("_move", row.pk), {"up": "1"})
    new = {"code": "own", "name_en": "Own?", "kind": "check", "tiers": ["C"]}
    assert client.post(url("_create"), new).status_code == 302
    assert HandoverQuestion.objects.filter(code="own", kind="check").exists()
    assert client.post(url("_move", 10**9), {"up": "1"}).status_code == 404


def test_it_is_for_directors_only(cast):
    assert signed_in(cast.lena).get(url("s")).status_code == 404
