"""A position profile: what is wanted, as lists, weights and a pay range."""

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Segment
from common.i18n import currencies
from hiring.choices import ClientMix, Seniority, WorksWith
from hiring.models import Competency, Profile
from people.choices import Grade
from people.models import Company, User

PLAIN = ("name", "grade", "seniority", "clients", "works", "duties", "must_haves", "knock_outs",
         "pay_from", "pay_to", "pay_currency")  # fmt: skip


class LinesField(forms.CharField):
    """A list of sentences, one a line."""

    def __init__(self, **kwargs):
        widget = forms.Textarea(attrs={"rows": 4, "data-lines": ""})
        super().__init__(required=False, max_length=12_000, widget=widget, **kwargs)

    def to_python(self, value) -> list[str]:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value


def _capital(choices) -> list[tuple]:
    return [(value, capfirst(str(label))) for value, label in choices.choices]


class ProfileForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=160)
    grade = forms.TypedChoiceField(label=_("Grade"), coerce=int)
    seniority = forms.ChoiceField(label=_("Seniority"))
    clients = forms.ChoiceField(label=_("Clients"))
    works = forms.ChoiceField(
        label=_("Way of working"), help_text=_("With a team, leadership weighs more.")
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label=_("Segment"), required=False, empty_label="—"
    )
    duties = forms.CharField(
        label=_("What the work is"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    must_haves = LinesField(
        label=_("Must have"), help_text=_("One a line: what nobody can do the work without.")
    )
    knock_outs = LinesField(
        label=_("Rules people out"),
        help_text=_("One a line. They propose; a person always confirms."),
    )
    pay_from = forms.DecimalField(
        label=_("Pay from, a month"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    pay_to = forms.DecimalField(
        label=_("Pay to, a month"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    pay_currency = forms.ChoiceField(label=_("Currency"))

    def __init__(self, *args, user: User, profile: Profile | None = None, **kwargs):
        self.profile = profile
        self.offered = list(_offered(user, profile))
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.values() | initial, **kwargs)
        self.fields["grade"].choices = _capital(Grade)
        self.fields["seniority"].choices = _capital(Seniority)
        self.fields["clients"].choices = _capital(ClientMix)
        self.fields["works"].choices = _capital(WorksWith)
        self.fields["segment"].queryset = Segment.objects.all()
        self.fields["pay_currency"].choices = currencies()
        for code, _language in settings.LANGUAGES:
            self.fields[f"commission_{code}"] = _commission(code)
        for competency in self.offered:
            self.fields[f"weight_{competency.pk}"] = forms.IntegerField(
                label=competency.name, min_value=0, max_value=100, required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    def values(self) -> dict:
        """What stands in the fields now."""
        if self.profile is None:
            company = Company.current()
            return {"grade": Grade.PRACTISED, "seniority": Seniority.MIDDLE,
                    "pay_currency": company.currency}  # fmt: skip
        found = {name: getattr(self.profile, name) for name in PLAIN}
        found |= {f"weight_{one.pk}": None for one in self.offered}
        for row in self.profile.competencies.all():
            found[f"weight_{row.competency_id}"] = row.weight
        for code, _language in settings.LANGUAGES:
            found[f"commission_{code}"] = self.profile.commissions.get(code, "")
        return found | {"segment": self.profile.segment_id}

    def clean(self) -> dict:
        data = super().clean()
        low, high = data.get("pay_from"), data.get("pay_to")
        if low is not None and high is not None and low > high:
            self.add_error("pay_from", _("Pay from is above pay to."))
        return data

    def fields_of_profile(self) -> dict:
        """What the commands take; a weight of nought or none leaves the competency out."""
        values = {name: self.cleaned_data[name] for name in self.base_fields}
        values["commissions"] = commissions_of(self.cleaned_data)
        values["competencies"] = [
            (one.pk, weight)
            for one in self.offered
            if (weight := self.cleaned_data.get(f"weight_{one.pk}"))
        ]
        return values

    @property
    def weights(self) -> list[tuple[Competency, forms.BoundField]]:
        return [(one, self[f"weight_{one.pk}"]) for one in self.offered]

    @property
    def commissions(self) -> list[dict]:
        """A language with its field; the company's own and the written ones stand open."""
        own = Company.current().language
        fields = [(code, name, self[f"commission_{code}"]) for code, name in settings.LANGUAGES]
        return [
            {"language": name, "field": field, "is_open": code == own or bool(field.value())}
            for code, name, field in fields
        ]


def _commission(code: str) -> forms.CharField:
    return forms.CharField(
        label=_("Commission in words"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
        help_text=_("Of what, how much, when: 5 % of paid deals above a million, each quarter."),
    )  # fmt: skip


def commissions_of(data) -> dict[str, str]:
    """Posted fields such as "commission_ru" by language."""
    return {code: data.get(f"commission_{code}") or "" for code, _language in settings.LANGUAGES}


def _offered(user: User, profile: Profile | None):
    """Competencies in use, and retired ones the profile still weighs."""
    rows = Competency.objects.visible_to(user)
    mine = rows.filter(pk__in=profile.competencies.values("competency")) if profile else rows.none()
    return (rows.filter(retired_at=None) | mine).distinct()
