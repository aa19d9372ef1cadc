"""What is asked before a deed on several candidates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.choices import VacancyState
from hiring.models import Vacancy
from people.models import User

OVER = (VacancyState.FILLED, VacancyState.CLOSED)


class AddToVacancyForm(forms.Form):
    vacancy = forms.ModelChoiceField(Vacancy.objects.none(), label=_("Vacancy"), empty_label="—")

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Vacancy.objects.editable_by(reader).exclude(state__in=OVER)
        self.fields["vacancy"].queryset = rows


class CallForm(AddToVacancyForm):
    """Of which vacancy the calling list is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vacancy"].help_text = _("Who does not stand for it yet is put forward first.")


class ImportForm(AddToVacancyForm):
    """A file of candidates, and the vacancy they are for, if any."""

    file = forms.FileField(label=_("File"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vacancy"].required = False
        self.fields["vacancy"].empty_label = _("none: only into the list")
