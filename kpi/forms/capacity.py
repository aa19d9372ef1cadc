"""Ask for managers: how far ahead, how sure, by which profile."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common import formats
from hiring.models import Profile
from hiring.queries.need import CERTAINTIES
from kpi.rules.forecast import HORIZONS
from people.models import User


class NeedForm(forms.Form):
    months = forms.TypedChoiceField(label=_("Looking ahead"), coerce=int)
    certainty = forms.TypedChoiceField(label=_("Certainty"), coerce=int)
    profile = forms.ModelChoiceField(
        Profile.objects.none(), label=_("Position profile"), empty_label=None
    )
    title = forms.CharField(label=_("Title inside the company"), max_length=160)

    def __init__(self, *args, reader: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [
            (n, ngettext("%(n)s month", "%(n)s months", n) % {"n": formats.number(n)})
            for n in HORIZONS
        ]
        self.fields["certainty"].choices = [(n, formats.percent(n / 100)) for n in CERTAINTIES]
        profiles = Profile.objects.visible_to(reader).filter(archived_at=None)
        self.fields["profile"].queryset = profiles.order_by("-pk")
