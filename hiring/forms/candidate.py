"""A candidate: who they are, how they are reached, what they do now and want."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import ReachKind
from common.fields import LinesField
from common.i18n import currencies
from common.places import countries
from hiring.choices import Source
from hiring.models import Candidate
from people.models import Company, User

REACHES = {
    "phones": ReachKind.PHONE,
    "emails": ReachKind.EMAIL,
    "messengers": ReachKind.MESSENGER,
    "profiles": ReachKind.PROFILE,
    "addresses": ReachKind.ADDRESS,
}
PLAIN = (
    "name", "other_name", "title", "employer", "manager", "city", "country", "time_zone",
    "language", "years_in_sales", "pay_wish", "pay_currency", "source", "summary",
)  # fmt: skip


class CandidateForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    other_name = forms.CharField(label=_("Name in another script"), max_length=160, required=False)
    phones = LinesField(label=_("Phones"), help_text=_("One a line."))
    emails = LinesField(label=_("E-mail addresses"), help_text=_("One a line."))
    title = forms.CharField(label=_("Present position"), max_length=160, required=False)
    employer = forms.CharField(label=_("Present employer"), max_length=160, required=False)
    source = forms.ChoiceField(label=_("Source"))
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    manager = forms.CharField(
        label=_("Present manager"),
        max_length=160,
        required=False,
        help_text=_("They are not put into one session with somebody they report to."),
    )
    years_in_sales = forms.IntegerField(
        label=_("Years in sales"), min_value=0, max_value=70, required=False
    )
    pay_wish = forms.DecimalField(
        label=_("Wants, a month"),
        min_value=0,
        max_value=Decimal(10**9),
        decimal_places=2,
        required=False,
    )
    pay_currency = forms.ChoiceField(label=_("Currency"), required=False)
    language = forms.ChoiceField(label=_("Language of letters"), required=False)
    time_zone = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    messengers = LinesField(label=_("Messengers"))
    profiles = LinesField(label=_("Web pages"), help_text=_("They begin with https://."))
    addresses = LinesField(label=_("Postal addresses"))
    summary = forms.CharField(
        label=_("In short"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, candidate: Candidate | None = None, **kwargs):
        self.candidate = candidate
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.values() | initial, **kwargs)
        self.fields["source"].choices = [(code, capfirst(name)) for code, name in Source.choices]
        self.fields["country"].choices = [("", "—"), *countries()]
        self.fields["pay_currency"].choices = currencies()
        self.fields["language"].choices = [("", "—"), *settings.LANGUAGES]

    def values(self) -> dict:
        """What stands in the fields now."""
        if self.candidate is None:
            return {"source": Source.OTHER, "pay_currency": Company.current().currency}
        found = {name: getattr(self.candidate, name) for name in PLAIN}
        found["pay_currency"] = found["pay_currency"] or Company.current().currency
        return found | lines_of(self.candidate)

    def fields_of_person(self) -> dict:
        """What the commands take: plain fields and the list of reaches."""
        data = dict(self.cleaned_data)
        if data["pay_wish"] is None:
            data["pay_currency"] = ""
        reaches = [
            (kind, line) for name, kind in REACHES.items() for line in data.pop(name).splitlines()
        ]
        return {**data, "reaches": reaches}


def lines_of(candidate: Candidate) -> dict[str, str]:
    """A person's numbers and addresses as the fields hold them."""
    rows = list(candidate.reaches.all())
    return {
        name: "\n".join(row.value for row in rows if row.kind == kind)
        for name, kind in REACHES.items()
    }


class CandidateNoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StaffForm(forms.Form):
    """Somebody of our own as a candidate."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues
