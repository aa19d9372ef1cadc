"""Who takes key accounts one after the other, in which order and how far apart."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.assignment import DateInput
from accounts.models import CareSettings
from accounts.rules.handover import MOST_JOINT
from accounts.rules.handover_plan import SPACING, working_day
from people.models import User, company_day


class RhythmForm(forms.Form):
    """`accounts` come in the order they stand on the page."""

    spacing_days = forms.IntegerField(
        label=_("Days between two"), min_value=SPACING[0], max_value=SPACING[1]
    )
    joint_meetings = forms.IntegerField(
        label=_("First joint meetings of each"), min_value=0, max_value=MOST_JOINT
    )
    accounts = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args, accounts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accounts"].choices = [(account.pk, account.name) for account in accounts]


class PlanOfMany(RhythmForm):
    to_user = forms.ModelChoiceField(
        User.objects.none(), label=_("Who takes them"), empty_label="—"
    )
    starts_on = forms.DateField(
        label=_("The first changes hands on"), widget=DateInput,
        help_text=_("Each further one begins when the one before is accepted."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    field_order = ["to_user", "starts_on", "spacing_days", "joint_meetings", "note"]

    def __init__(self, *args, managers, **kwargs):
        care = CareSettings.current()
        initial = {
            "starts_on": working_day(company_day()), "spacing_days": care.spacing_days,
            "joint_meetings": care.joint_meetings,
        }  # fmt: skip
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["to_user"].queryset = managers

    def clean_accounts(self) -> list[int]:
        if not self.cleaned_data["accounts"]:
            raise forms.ValidationError(_("Choose at least one account."))
        return self.cleaned_data["accounts"]


class NowForm(forms.Form):
    """Why the next one begins before the last is accepted, or why the plan ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=400, required=False)
