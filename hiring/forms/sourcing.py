"""What is asked about the circles of a search and about companies off limits."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hiring.choices import OffLimitsKind
from hiring.models import OffLimits


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TierForm(forms.Form):
    note = forms.CharField(label=_("Which niche, whose customers"), max_length=300, required=False)
    percent = forms.IntegerField(
        label=_("Exhausted when so many % are reached"), min_value=1, max_value=100
    )


class OpenEarlyForm(forms.Form):
    because = forms.CharField(label=_("Why early"), max_length=300)


class CompaniesForm(forms.Form):
    lines = forms.CharField(
        label=_("Companies"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line. After semicolons, if you like: the web site; why there."),
    )


class LiftForm(forms.Form):
    reason = forms.CharField(label=_("Why it is lifted"), max_length=400)


class OffLimitsForm(forms.Form):
    name = forms.CharField(label=_("Company"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"))
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    aliases = forms.CharField(
        label=_("Also called"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: other spellings, daughters, the name before."),
    )
    domain = forms.CharField(label=_("Web site"), max_length=160, required=False)
    until = forms.DateField(
        label=_("Until"), widget=DateInput, required=False, help_text=_("Empty: without an end.")
    )

    def __init__(self, *args, entry: OffLimits | None = None, **kwargs):
        initial = kwargs.pop("initial", None) or {}
        if entry is not None:
            initial = {
                name: getattr(entry, name) for name in ("name", "kind", "reason", "domain", "until")
            } | {"aliases": "\n".join(entry.aliases), **initial}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kind"].choices = [
            (code, capfirst(label)) for code, label in OffLimitsKind.choices
        ]

    def entry(self) -> dict:
        data = dict(self.cleaned_data)
        return data | {"aliases": data["aliases"].splitlines()}
