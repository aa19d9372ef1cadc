"""Input shapes of the import of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import ContactField
from accounts.forms.importing import ColumnsForm
from accounts.rules.contact_columns import REQUIRED


class ContactUploadForm(forms.Form):
    file = forms.FileField(label=_("File"))


class ContactMapForm(ColumnsForm):
    field_choices, required_fields = ContactField, REQUIRED
    terms_shown = ("date_format",)
