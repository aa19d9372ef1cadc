"""Who is asked, and a first call with somebody at the new manager's side."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Channel
from accounts.queries.handover_watch import SPOKEN, Accompanied
from accounts.rules.pulse import MOST_ASKED

HOUR = 10


class PulseForm(forms.Form):
    people = forms.TypedMultipleChoiceField(
        label=_("Who is asked"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("At most three."),
    )  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(contact.pk, contact.name) for contact in people]

    def clean_people(self) -> list[int]:
        if len(self.cleaned_data["people"]) > MOST_ASKED:
            raise forms.ValidationError(_("Choose three at most."))
        return self.cleaned_data["people"]


class AccompanyForm(forms.Form):
    """Proposes the next working day at ten, with the most powerful not met together yet."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    companion = forms.TypedChoiceField(label=_("Who comes along"), coerce=int)
    people = forms.TypedMultipleChoiceField(
        label=_("With whom"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(
        label=_("How"), choices=[(channel.value, Channel(channel).label) for channel in SPOKEN],
        initial=Channel.CALL,
    )  # fmt: skip
    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args, accompanied: Accompanied, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["companion"].choices = [(user.pk, user.name) for user in accompanied.companions]
        self.fields["people"].choices = [(contact.pk, contact.name) for contact in people]
        if accompanied.proposed:
            self.fields["people"].initial = [accompanied.proposed[0].contact.pk]
        self.fields["at"].initial = next_working_hour(timezone.localtime())


def next_working_hour(now: dt.datetime) -> str:
    """Ten o'clock of the next day that is no Saturday or Sunday, as the field writes it."""
    day = now.date() + dt.timedelta(days=1)
    while day.weekday() >= 5:
        day += dt.timedelta(days=1)
    return f"{day.isoformat()}T{HOUR:02}:00"
