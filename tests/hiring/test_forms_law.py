import pytest

from hiring.forms.law import HoldForm, LooksForm
from tests.cast import make_cast


@pytest.mark.django_db
def test_a_look_filter_takes_real_colleagues_and_real_days():
    cast = make_cast()
    assert LooksForm({"by": cast.ivan.pk, "first": "2026-02-28"}, reader=cast.rita).is_valid()
    wrong = LooksForm({"by": "0", "last": "2026-02-30"}, reader=cast.rita)
    assert set(wrong.errors) == {"by", "last"}


@pytest.mark.parametrize(
    ("data", "is_fine"),
    [({"reason": "A case"}, True), ({"reason": ""}, False), ({"reason": "x" * 401}, False)],
)
def test_a_hold_needs_a_reason(data, is_fine):
    assert HoldForm(data).is_valid() is is_fine
