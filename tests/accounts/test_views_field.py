import pytest
from django.urls import reverse

from accounts.forms.field import name_of, opened
from accounts.models import FieldSettings
from accounts.queries.field import field_figures
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
URL = "/settings/field/"


@pytest.fixture
def dora(reader):
    return reader(make_cast().dora)


def typed(**changed):
    data = {name_of(figure): value for figure, value in field_figures().items()}
    return {key: "" if value is None else value for key, value in (data | changed).items()}


def seen_on(response) -> str:
    return response.context["seen"]


def test_the_page_shows_every_figure_and_what_it_comes_to(dora):
    text = dora.get(URL).content.decode()
    assert 'name="shelf_days-stance-A" value="90"' in text
    assert "met today, is due again on" in text and "Power" in text


def test_figures_are_saved_and_can_be_put_back(dora):
    seen = seen_on(dora.get(URL))
    data = typed(**{"shelf_days-stance-A": 60, "cadence_days-A": "", "seen": seen})
    assert dora.post(URL, data)["Location"] == URL
    row = FieldSettings.current()
    assert row.shelf_days["stance"]["A"] == 60 and row.cadence_days["A"] is None
    text = dora.get(URL).content.decode()
    undo = text.partition('action="/settings/field/')[2].partition('"')[0]
    dora.post(f"/settings/field/{undo}")
    assert FieldSettings.current().shelf_days["stance"]["A"] == 90


def test_the_second_saver_sees_both_and_may_save_again(dora):
    seen = seen_on(dora.get(URL))
    dora.post(URL, typed(**{"shelf_days-stance-A": 60, "seen": seen}))
    data = typed(**{"shelf_days-stance-A": 70, "seen": seen})
    response = dora.post(URL, data)
    text = response.content.decode()
    assert response.status_code == 409
    assert "tier A, days: 60 → 70" in text and 'value="70"' in text
    data["seen"] = seen_on(response)
    assert dora.post(URL, data).status_code == 302
    assert FieldSettings.current().shelf_days["stance"]["A"] == 70


@pytest.mark.parametrize("value", ["0", "3651", "x", ""])
def test_impossible_figures_stay_in_the_form(dora, value):
    seen = seen_on(dora.get(URL))
    response = dora.post(URL, typed(**{"half_life_days-A": value, "seen": seen}))
    assert response.status_code == 422 and "Some figures cannot be." in response.content.decode()
    assert not FieldSettings.objects.exists()


def test_a_forged_seen_is_a_conflict(dora):
    assert opened("forged") == {}
    assert dora.post(URL, typed(seen="forged")).status_code == 409


def test_examples_follow_what_is_typed_even_when_half_of_it_is_wrong(dora):
    url = reverse("accounts:field_examples")
    data = typed(**{"cadence_days-A": 1, "half_life_days-A": "x"})
    text = dora.get(url, data).content.decode()
    assert "tier A, met today" in text


def test_changes_that_are_not_there(dora):
    assert dora.post("/settings/field/999999/undo/").status_code == 404
