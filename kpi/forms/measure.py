"""Target, owner and place of a measure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.choices import Better, Unit
from kpi.queries.measures import Definition
from people.choices import Role
from people.models import User


class MeasureForm(forms.Form):
    target = forms.DecimalField(
        label=_("Target"), required=False, max_digits=18, decimal_places=4, localize=True
    )
    owner = forms.ModelChoiceField(
        label=_("Who answers for it"), required=False, queryset=User.objects.none(),
        empty_label=_("nobody yet"),
    )  # fmt: skip
    is_shown = forms.BooleanField(
        label=_("Shown among the measures"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    note = forms.CharField(label=_("Why"), max_length=300, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args, definition: Definition, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        roles = (Role.DIRECTOR, Role.KAM)
        people = User.objects.filter(is_active=True, role_grants__role__in=roles)
        self.fields["owner"].queryset = people.distinct().order_by("name")
        if definition.better == Better.NEITHER:
            del self.fields["target"]
            return
        unit = {Unit.SHARE: _("In percent."), Unit.MONEY: currency}.get(definition.unit, "")
        self.fields["target"].help_text = unit
