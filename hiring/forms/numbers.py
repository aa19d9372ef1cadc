from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.models import Vacancy
from hiring.queries.numbers.need import MOST_GOOD


class NumbersForm(forms.Form):
    """What the page is asked for; every field may be left out."""

    vacancy = forms.ModelChoiceField(
        Vacancy.objects.none(), required=False, label=_("Vacancy"), empty_label=_("All vacancies")
    )
    good = forms.IntegerField(
        min_value=1, max_value=MOST_GOOD, required=False, label=_("Good ones wanted")
    )
    attrition = forms.IntegerField(
        min_value=0, max_value=95, required=False, label=_("Leave or fail, %")
    )

    def __init__(self, *args, vacancies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vacancy"].queryset = vacancies
        self.fields["vacancy"].widget.attrs["class"] = "form-select"
