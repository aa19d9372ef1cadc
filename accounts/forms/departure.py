"""Somebody leaves: when and why, or at once and who follows."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.touchpoint import DayInput, capped
from accounts.models import CareSettings
from accounts.queries.departure import possible_heirs
from people.choices import DepartureKind
from people.models import Departure, User, company_day

LENGTHS = (30, 60, 90)


class SuddenForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Your personal control lasts"), coerce=int)
    heir = forms.ModelChoiceField(
        label=_("All that is not key goes to"), queryset=User.objects.none(), required=False
    )
    kind = forms.ChoiceField(
        label=_("Why"), choices=capped((k, k.label) for k in DepartureKind), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args, user: User, heir: User | None, **kwargs):
        super().__init__(*args, **kwargs)
        usual = CareSettings.current().control_days
        lengths = sorted({*LENGTHS, usual})
        self.fields["days"].choices = [(days, _days(days)) for days in lengths]
        self.fields["days"].initial = usual
        self.fields["heir"].queryset = possible_heirs(user)
        self.fields["heir"].initial = heir and heir.pk
        self.fields["heir"].empty_label = None
        self.fields["kind"].initial = DepartureKind.OTHER

    def said(self) -> dict:
        """Arguments of the command."""
        given = self.cleaned_data
        until = company_day() + dt.timedelta(days=given["days"])
        kind = given["kind"] or DepartureKind.OTHER
        return {"until": until, "heir": given["heir"], "kind": kind, "note": given["note"]}


def _days(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


class NoteForm(forms.Form):
    last_day = forms.DateField(label=_("Last day at work"), widget=DayInput)
    kind = forms.ChoiceField(label=_("Why"), choices=capped((k, k.label) for k in DepartureKind))
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    @staticmethod
    def values(departure: Departure | None) -> dict:
        if departure is None:
            return {"kind": DepartureKind.RESIGNED}
        return {
            "last_day": departure.last_day, "kind": departure.kind, "note": departure.note
        }  # fmt: skip
