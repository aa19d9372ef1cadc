from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.i18n import currencies, time_zones
from people.choices import Role
from people.forms.me import JoinForm
from people.models import Company


def role_choices(roles=Role) -> list[tuple[str, str]]:
    return [(role.value, capfirst(str(role.label))) for role in roles]


class CompanyForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For letters to people who have not chosen one, and for names in reports."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Decides when a day begins and when the night's work runs."),
    )
    night_hour = forms.TypedChoiceField(label=_("The night's work begins at"), coerce=int)
    second_factor_roles = forms.MultipleChoiceField(
        label=_("Roles that need a second factor"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People of these roles set one up at their next visit."),
    )

    class Meta:
        model = Company
        fields = ["name", "language", "time_zone", "night_hour", "second_factor_roles"]
        labels = {"name": _("Company")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()
        self.fields["night_hour"].choices = [(hour, f"{hour:02d}:00") for hour in range(24)]
        self.fields["second_factor_roles"].choices = role_choices()


class SetUpForm(JoinForm):
    """The first director and the company, on one page."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    company = forms.CharField(
        label=_("Company"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), help_text=_("Of all sums. It stays once a ledger has been imported.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    field_order = ["company", "currency", "language", "time_zone", "name", "email", "password"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, email="", **kwargs)
        self.email = self.data.get("email", "")
        self.fields["currency"].choices = currencies()
        self.fields["time_zone"].choices = time_zones()
