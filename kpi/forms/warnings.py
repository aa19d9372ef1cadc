"""What is asked when somebody answers a warning, or writes down a pause."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.choices import AlertCause, AlertLevel, LostReason, WrongReason
from kpi.forms.pins import day_field
from kpi.queries.warnings import Filters


class PlanForm(forms.Form):
    on = day_field(_("Day of the call"))
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PauseForm(forms.Form):
    until = day_field(_("Until"), help_text=_("The first day on which an order is expected again."))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class LostForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=LostReason)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class WrongForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong"), choices=WrongReason)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class FilterForm(forms.Form):
    """What the address asks for; nonsense is refused, not guessed."""

    cause = forms.ChoiceField(choices=AlertCause, required=False)
    level = forms.ChoiceField(choices=AlertLevel, required=False)
    manager = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    q = forms.CharField(required=False, max_length=100)

    def filters(self) -> Filters:
        """ValueError for what no filter is."""
        if not self.is_valid():
            raise ValueError("no such filter")
        return Filters(**self.cleaned_data)
