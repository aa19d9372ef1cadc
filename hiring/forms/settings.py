"""The company's figures for hiring."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.forms.session import cost, number
from hiring.models import HiringSettings

FIELDS = (
    "seats", "cost_empty", "cost_over", "prior_came", "prior_missed", "remind_hours", "link_days",
    "hold_minutes", "keep_days", "pool_months", "attrition_percent",
)  # fmt: skip
MOST_HOURS = 14 * 24


class SettingsForm(forms.Form):
    seats = number(gettext_lazy("Seats of a session"), 1, 100)
    cost_empty = cost(gettext_lazy("An empty seat costs"))
    cost_over = cost(gettext_lazy("A person too many costs"))
    prior_came = forms.DecimalField(
        label=gettext_lazy("Weak start: so many came"), min_value=0.1, max_value=1000,
        decimal_places=1,
        help_text=gettext_lazy("What you believe before anything is measured."),
    )  # fmt: skip
    prior_missed = forms.DecimalField(
        label=gettext_lazy("Weak start: so many did not"), min_value=0.1, max_value=1000,
        decimal_places=1,
        help_text=gettext_lazy("Small numbers give way quickly to your own figures."),
    )  # fmt: skip
    remind_hours = forms.CharField(
        label=gettext_lazy("Reminders before a session, hours"), required=False, max_length=60,
        help_text=gettext_lazy("Separated by commas, at most five; empty: none."),
    )  # fmt: skip
    link_days = number(gettext_lazy("Personal links live, days"), 1, 365)
    hold_minutes = number(gettext_lazy("A call is held, minutes"), 1, 240)
    keep_days = number(gettext_lazy("Keep candidates after the vacancy closes, days"), 1, 3650)
    pool_months = number(gettext_lazy("Keep candidates for later vacancies, months"), 1, 120)
    attrition_percent = number(gettext_lazy("Who leaves or fails in probation, %"), 0, 99)

    def __init__(self, *args, now: HiringSettings, **kwargs):
        values = {name: getattr(now, name) for name in FIELDS}
        values["remind_hours"] = ", ".join(str(hours) for hours in now.remind_hours)
        super().__init__(*args, initial=values, **kwargs)

    def clean_remind_hours(self) -> list[int]:
        parts = self.cleaned_data["remind_hours"].replace(";", ",").split(",")
        try:
            hours = sorted({int(part) for part in parts if part.strip()}, reverse=True)
        except ValueError as error:
            raise forms.ValidationError(_("Write whole hours, such as 72, 24, 3.")) from error
        if len(hours) > 5 or any(not 1 <= one <= MOST_HOURS for one in hours):
            raise forms.ValidationError(_("At most five reminders, up to 14 days before."))
        return hours
