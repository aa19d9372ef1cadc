"""Input shapes of the import of people, and of whatever is brought by the same steps."""

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.forms.importing import ColumnsForm


class ContactUploadForm(forms.Form):
    file = forms.FileField(label=_("File"))


def columns_form(
    fields: type[TextChoices], required: tuple[str, ...], terms: tuple[str, ...]
) -> type[ColumnsForm]:
    """Which column is which, for files whose columns can mean these fields."""
    names = {"field_choices": fields, "required_fields": required, "terms_shown": terms}
    return type("FieldsForm", (ColumnsForm,), names)
