"""Salary figures of one's own, one by one or as a file."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.i18n import currencies
from common.places import countries
from hiring.choices import EmployerKind, Experience
from hiring.forms.vacancy import DateInput
from hiring.models import PayBenchmark
from people.models import Company


def amount(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=14, decimal_places=2, required=False
    )


class BenchmarkForm(forms.Form):
    city = forms.CharField(label=_("City"), max_length=80)
    country = forms.ChoiceField(label=_("Country"))
    employer = forms.ChoiceField(label=_("Kind of employer"))
    experience = forms.ChoiceField(
        label=_("Experience"), required=False, help_text=_("As head of a client department.")
    )
    low = amount(pgettext_lazy("pay", "From"))
    high = amount(pgettext_lazy("pay", "To"))
    median = amount(_("Median"))
    currency = forms.ChoiceField(label=_("Currency"))
    on = forms.DateField(label=_("As of"), widget=DateInput)
    sample_size = forms.IntegerField(
        label=_("How many salaries"), min_value=1, max_value=10**7, required=False,
        help_text=_("Without it nobody can say how far to lean on the figure."),
    )  # fmt: skip
    origin = forms.CharField(label=_("Source"), max_length=200)

    def __init__(self, *args, row: PayBenchmark | None = None, **kwargs):
        values = {"currency": Company.current().currency, "country": "RU"}
        if row is not None:
            values = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, initial=values, **kwargs)
        self.fields["country"].choices = countries()
        self.fields["currency"].choices = currencies()
        self.fields["employer"].choices = _capital(EmployerKind)
        self.fields["experience"].choices = [("", "—"), *_capital(Experience)]


def _capital(choices) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices.choices]


class BenchmarkFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX; the first row names the columns: city, from, to, as of."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
