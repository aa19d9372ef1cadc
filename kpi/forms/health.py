"""What people say to a health: how the customer is, that they know better, other weights."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpi.forms.pins import REASON, day_field
from kpi.models import Assessment
from kpi.queries.health.words import part_name
from kpi.rules.health.score import LONGEST_OVERRIDE, PARTS, are_weights


class Shaped(forms.Form):
    """Fields that one types into look like all others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect | forms.HiddenInput):
                field.widget.attrs["class"] = "form-control"


class JudgementForm(Shaped):
    value = forms.TypedChoiceField(
        label=gettext_lazy("How the customer is"), coerce=int, widget=forms.RadioSelect,
        choices=sorted(Assessment.choices, reverse=True),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What makes you think so"), max_length=400, required=False,
        widget=forms.Textarea(attrs=REASON),
    )  # fmt: skip


class OverrideForm(Shaped):
    value = forms.IntegerField(label=gettext_lazy("Health"), min_value=0, max_value=100)
    until = day_field(gettext_lazy("Until"))
    reason = forms.CharField(
        label=gettext_lazy("Why you know better"), max_length=400,
        widget=forms.Textarea(attrs=REASON),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _(
            "It ends by itself, after %(days)s days at the latest; the computed score stays beside"
            " it."
        ) % {"days": LONGEST_OVERRIDE}


class WeightsForm(Shaped):
    """One number for each part; together 100."""

    note = forms.CharField(label=gettext_lazy("Why the weights change"), max_length=400)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part.value] = forms.IntegerField(
                label=part_name(part), min_value=0, max_value=100,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )  # fmt: skip

    def clean(self) -> dict:
        cleaned = super().clean()
        if all(part.value in cleaned for part in PARTS) and not are_weights(self.weights(cleaned)):
            total = sum(self.weights(cleaned))
            raise forms.ValidationError(
                _("Together they make %(total)s, and should make 100.") % {"total": total}
            )
        return cleaned

    @staticmethod
    def weights(values: dict) -> list[int]:
        return [values[part.value] for part in PARTS]
