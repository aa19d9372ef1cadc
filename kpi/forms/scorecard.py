"""A one-to-one and an assessment as people fill them in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.choices import Mark
from kpi.forms.pins import day_field
from kpi.rules.one_to_one import points_of


class OneToOneForm(forms.Form):
    held_on = day_field(_("Day you spoke"))
    notes = forms.CharField(
        label=_("Notes"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Read by the two of you and nobody else."),
    )
    points = forms.CharField(
        label=_("Agreed points"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. Each becomes a task of the manager."),
    )
    due = day_field(_("To be done by"), required=False)

    def clean_points(self) -> list[str]:
        return points_of(self.cleaned_data["points"])


class AppraisalForm(forms.Form):
    first = day_field(_("From"))
    last = day_field(_("Until"))
    mark = forms.TypedChoiceField(
        label=_("In a word"), choices=Mark, coerce=int, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What it rests on"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The manager reads nothing of this until you show it."),
    )
