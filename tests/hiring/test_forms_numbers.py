import pytest

from hiring.forms.numbers import NumbersForm
from hiring.models import Vacancy


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "is_fine"),
    [("good", "1", True), ("good", "51", False), ("good", "", True), ("attrition", "95", True),
     ("attrition", "-1", False), ("vacancy", "7", False)],
)  # fmt: skip
def test_each_figure_has_its_bounds(field, value, is_fine):
    form = NumbersForm({field: value}, vacancies=Vacancy.objects.all())
    assert form.is_valid() is is_fine
