"""Change a fact about a person: the value by described behaviour, how sure, on what, since when."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Confidence
from accounts.forms.assignment import DateInput
from accounts.models import Account, Contact, Touchpoint
from accounts.queries.card import team_of
from accounts.queries.fact_panel import touchpoints_with
from accounts.rules import facts as rule
from common import formats
from people.models import User


class EvidenceField(forms.ModelChoiceField):
    def label_from_instance(self, touchpoint: Touchpoint) -> str:
        words = [formats.day(timezone.localdate(touchpoint.at)), touchpoint.get_channel_display()]
        return ", ".join(filter(None, [*words, touchpoint.subject]))


class FactForm(forms.Form):
    value = forms.CharField(required=False, max_length=rule.MOST_LETTERS)
    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Between them and"), required=False,
        empty_label=pgettext_lazy("relationship with", "all of us"),
    )  # fmt: skip
    evidence = EvidenceField(
        Touchpoint.objects.none(), label=_("It stands on"), required=False,
        empty_label=_("hearsay"),
    )  # fmt: skip
    confidence = forms.TypedChoiceField(label=_("How sure"), coerce=int)
    day = forms.DateField(label=_("Observed on"), widget=DateInput)

    def __init__(
        self, *args, account: Account, contact: Contact, fact: str, reader: User, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["confidence"].choices = [
            (value, capfirst(label)) for value, label in reversed(Confidence.choices)
        ]
        rows = Touchpoint.objects.filter(pk__in=touchpoints_with(account, contact))
        self.fields["evidence"].queryset = rows
        if rule.may_be_of_colleague(fact):
            team = {row.user_id for row in team_of(account)} | {reader.pk}
            self.fields["colleague"].queryset = User.objects.filter(pk__in=team).order_by("name")
        else:
            del self.fields["colleague"]
        if rule.values_of(fact):
            self.fields["value"].widget = forms.RadioSelect()
        else:
            self.fields["value"].widget = forms.Textarea(attrs={"rows": 4})
            self.fields["value"].label = _("What we know")


class OnForm(forms.Form):
    """A past day, or nothing for today; a day to come has nothing to show."""

    on = forms.DateField(required=False, widget=DateInput)

    def clean_on(self):
        day = self.cleaned_data["on"]
        return None if day is None or day >= timezone.localdate() else day
