"""Personal control: until when and why, longer, and how it ended."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.touchpoint import DayInput
from accounts.models import CareSettings
from people.models import company_day


class TakeForm(forms.Form):
    until = forms.DateField(label=_("Until"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=400)

    @staticmethod
    def values() -> dict:
        return {"until": company_day() + dt.timedelta(days=CareSettings.current().control_days)}


class ProlongForm(forms.Form):
    until = forms.DateField(label=_("Until"), widget=DayInput)
    reason = forms.CharField(label=_("Why it takes longer"), max_length=400)


class EndForm(forms.Form):
    outcome = forms.CharField(
        label=_("How it ended"), max_length=400,
        help_text=_("The account stays yours for good. To give it to a manager, hand it over."),
    )  # fmt: skip
