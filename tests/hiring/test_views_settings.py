import pytest

from hiring.models import HiringSettings
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/settings/hiring/"


def filled(client) -> dict:
    page = client.get(PAGE)
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields} | {"seen": page.context["seen"]}


@pytest.mark.parametrize("name", ["rita", "dora"])
def test_figures_are_saved(cast, name):
    client = signed_in(getattr(cast, name))
    answer = client.post(PAGE, filled(client) | {"seats": 6, "remind_hours": "24"})
    assert answer.status_code == 302
    assert HiringSettings.current().seats == 6


def test_whoever_saves_second_is_told_and_may_insist(cast):
    rita, dora = signed_in(cast.rita), signed_in(cast.dora)
    mine = filled(dora) | {"seats": 10}
    rita.post(PAGE, filled(rita) | {"seats": 6})
    answer = dora.post(PAGE, mine)
    assert answer.status_code == 409
    dora.post(PAGE, mine | {"seen": answer.context["seen"]})
    assert HiringSettings.current().seats == 10


def test_an_error_stands_at_its_field_and_a_forged_seal_saves_nothing(cast):
    rita = signed_in(cast.rita)
    assert rita.post(PAGE, filled(rita) | {"remind_hours": "soon"}).status_code == 422
    assert rita.post(PAGE, filled(rita) | {"seen": "x", "seats": 5}).status_code == 409
    assert HiringSettings.current().seats == 8
