"""A vacancy: its terms, its advert in each language, and the short forms of its life."""

from django import forms
from django.conf import settings
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.i18n import currencies, time_zones
from common.places import countries
from hiring.choices import StageKind
from hiring.models import LetterTemplate, Profile, Vacancy
from hiring.queries.advert import PARTS, part_names
from hiring.rules.vacancy import FIELDS, editable_fields
from people.choices import Role
from people.models import Company, Team, User

DateInput = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
LONGEST_PART = 4000


class VacancyForm(forms.Form):
    profile = forms.ModelChoiceField(Profile.objects.none(), label=_("Position profile"))
    title = forms.CharField(
        label=_("Title inside the company"),
        max_length=160,
        help_text=_("Only colleagues see it; the advert has a title of its own."),
    )
    openings = forms.IntegerField(label=_("Openings"), min_value=1, max_value=99, initial=1)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Of sessions and of closing.")
    )
    is_remote = forms.BooleanField(label=_("May be done from anywhere"), required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label="—"
    )
    recruiter = forms.ModelChoiceField(User.objects.none(), label=_("Recruiter"))
    pay_from = forms.DecimalField(
        label=_("Pay from, a month"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    pay_to = forms.DecimalField(
        label=_("Pay to, a month"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    pay_currency = forms.ChoiceField(label=_("Currency"))
    shows_pay = forms.BooleanField(
        label=_("Pay is published"), required=False, initial=True,
        help_text=_("Adverts with a figure get more answers."),
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day for applications"), widget=DateInput, required=False
    )

    def __init__(self, *args, user: User, vacancy: Vacancy | None = None, **kwargs):
        self.user, self.vacancy = user, vacancy
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.values() | initial, **kwargs)
        profiles = Profile.objects.visible_to(user)
        mine = profiles.filter(pk=vacancy.profile_id) if vacancy else profiles.none()
        self.fields["profile"].queryset = profiles.filter(archived_at=None) | mine
        self.fields["team"].queryset = Team.objects.all()
        recruits = Q(is_active=True, role_grants__role=Role.RECRUITER)
        own = Q(pk=vacancy.recruiter_id if vacancy else user.pk)
        self.fields["recruiter"].queryset = User.objects.filter(recruits | own).distinct()
        self.fields["country"].choices = [("", "—"), *countries()]
        self.fields["time_zone"].choices = [("", "—"), *time_zones()]
        self.fields["pay_currency"].choices = currencies()
        for code, _language in settings.LANGUAGES:
            for part in PARTS:
                self.fields[f"{code}_{part}"] = _part_field(code, part)
        allowed = editable_fields(vacancy.state) if vacancy else FIELDS
        for name, field in self.fields.items():
            field.disabled = (name if name in FIELDS else "texts") not in allowed

    def values(self) -> dict:
        """What stands in the fields now."""
        if self.vacancy is None:
            company = Company.current()
            return {
                "recruiter": self.user.pk, "time_zone": company.time_zone, "openings": 1,
                "pay_currency": company.currency, "shows_pay": True,
            }  # fmt: skip
        row = self.vacancy
        names = [name for name in self.base_fields if name not in ("profile", "team", "recruiter")]
        found = {name: getattr(row, name) for name in names}
        found["pay_currency"] = row.pay_currency or Company.current().currency
        found |= {"profile": row.profile_id, "team": row.team_id, "recruiter": row.recruiter_id}
        for code, _language in settings.LANGUAGES:
            parts = row.texts.get(code, {})
            found |= {f"{code}_{part}": parts.get(part, "") for part in PARTS}
        return found

    def texts(self) -> dict[str, dict[str, str]]:
        return texts_of(self.cleaned_data)

    def fields_of_vacancy(self) -> dict:
        """What the commands take; only what may change in this state."""
        values = {name: self.cleaned_data[name] for name in self.base_fields}
        values["texts"] = self.texts()
        allowed = editable_fields(self.vacancy.state) if self.vacancy else FIELDS
        return {name: value for name, value in values.items() if name in allowed}

    @property
    def adverts(self) -> list[dict]:
        """A language with its fields, for the template; the first with a title stands open."""
        rows = [
            {
                "code": code,
                "language": language,
                "fields": [self[f"{code}_{part}"] for part in PARTS],
                "is_written": bool(self[f"{code}_title"].value()),
            }
            for code, language in settings.LANGUAGES
        ]
        written = [row["code"] for row in rows if row["is_written"]]
        first = Company.current().language
        return [row | {"is_open": row["code"] in (written or [first])} for row in rows]

    @property
    def terms(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]


def _part_field(code: str, part: str) -> forms.CharField:
    if part == "title":
        widget = forms.TextInput(attrs={"lang": code})
    else:
        widget = forms.Textarea(attrs={"rows": 3 if part == "intro" else 5, "lang": code})
    return forms.CharField(
        label=part_names()[part], required=False, widget=widget,
        max_length=160 if part == "title" else LONGEST_PART,
    )  # fmt: skip


def texts_of(data) -> dict[str, dict[str, str]]:
    """Posted fields such as "ru_title" by language; texts too long are cut."""
    found = {
        code: {part: (data.get(f"{code}_{part}") or "")[:LONGEST_PART] for part in PARTS}
        for code, _language in settings.LANGUAGES
    }
    return {code: parts for code, parts in found.items() if any(parts.values())}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class StageForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is for"), help_text=_("Rates and letters go by it."))
    stale_days = forms.IntegerField(
        label=_("Stale after, days"), min_value=0, max_value=365, initial=7,
        help_text=_("Nought: nobody is marked as waiting too long."),
    )  # fmt: skip
    letter = forms.ModelChoiceField(
        LetterTemplate.objects.none(), label=_("Letter on entering"), required=False,
        empty_label=_("none"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in StageKind]
        self.fields["letter"].queryset = LetterTemplate.objects.filter(retired_at=None)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=language, max_length=60, required=False
            )

    def names(self) -> dict[str, str]:
        return {
            code: self.cleaned_data.get(f"name_{code}", "") for code, _name in settings.LANGUAGES
        }
