"""Which day the night's work is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.formats import day as written_day


class ComputeForm(forms.Form):
    """Which day to compute; empty means the day the portfolio is shown as of."""

    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        help_text=_(
            "Empty is the newest day. An earlier one takes the figures back until the next night."
        ),
    )

    def __init__(self, *args, newest=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest = newest

    def clean_as_of(self):
        chosen = self.cleaned_data["as_of"] or self.newest
        if chosen and self.newest and chosen > self.newest:
            raise forms.ValidationError(
                _("The ledger ends on %(day)s; choose that day or an earlier one.")
                % {"day": written_day(self.newest)}
            )
        return chosen
