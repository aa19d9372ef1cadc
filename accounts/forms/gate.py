"""Let one person through the gate of one key account, until a minute, for a reason."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.queries.gate_choice import gate_choices
from people.models import User, company_day

USUAL = dt.timedelta(days=14)


class OverrideForm(forms.Form):
    """Offers those whom the gate stops at this account."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    until = forms.DateTimeField(
        label=_("Until"),
        help_text=_("To the minute, at most 90 days. Then a director answers for the account."),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "form-control"}, format="%Y-%m-%dT%H:%M"
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        help_text=_("It stands on the account and in the record."),
    )

    def __init__(self, *args, account: Account, **kwargs):
        now = timezone.now()
        super().__init__(*args, initial={"until": timezone.localtime(now + USUAL)}, **kwargs)
        found = gate_choices([account.pk], role="owner", day=company_day(), at=None)
        stopped = User.objects.filter(pk__in=found.closed, role_grants__role="kam")
        self.fields["user"].queryset = stopped.order_by("name", "pk")
        self.fields["user"].help_text = found.who_can
