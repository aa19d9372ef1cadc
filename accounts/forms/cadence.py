from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules.cadence import LONGEST


class CadenceForm(forms.Form):
    days = forms.IntegerField(
        label=_("Every how many days"), min_value=1, max_value=LONGEST, required=False
    )
    is_none = forms.BooleanField(label=_("No rhythm is wanted"), required=False)
    note = forms.CharField(label=_("What was agreed"), max_length=300, required=False)

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("days") and not data.get("is_none") and not self.errors:
            self.add_error("days", _("Enter a number of days, or tick that none is wanted."))
        if data.get("is_none"):
            data["days"] = None
        return data
