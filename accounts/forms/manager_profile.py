from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.account import TagsField
from accounts.models import Segment, Territory
from accounts.rules.load import OWN_LIMITS


class ManagerProfileForm(forms.Form):
    """`sets_limits`: a director; others see no limits to change."""

    languages = TagsField(
        label=_("Languages"), max_length=400, required=False, help_text=_("Between commas.")
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False,
        help_text=_("As letters to customers name it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    segments = forms.ModelMultipleChoiceField(
        Segment.objects.none(), label=_("Segments"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    territories = forms.ModelMultipleChoiceField(
        Territory.objects.none(), label=_("Territories"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    hours_a_month = forms.IntegerField(
        label=_("Hours with customers a month"), min_value=0, max_value=OWN_LIMITS["hours_a_month"],
        required=False,
    )  # fmt: skip
    most_key = forms.IntegerField(
        label=_("Key accounts at most"),
        min_value=0,
        max_value=OWN_LIMITS["most_key"],
        required=False,
    )
    most_regular = forms.IntegerField(
        label=_("Other accounts at most"), min_value=0, max_value=OWN_LIMITS["most_regular"],
        required=False,
    )  # fmt: skip

    def __init__(self, *args, sets_limits: bool, company: dict[str, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["segments"].queryset = Segment.objects.all()
        self.fields["territories"].queryset = Territory.objects.all()
        for name in OWN_LIMITS:
            if sets_limits:
                words = _("Empty: %(number)s, as in the company.")
                self.fields[name].help_text = words % {"number": company[name]}
            else:
                del self.fields[name]
        for name in ("segments", "territories"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def limits(self) -> dict[str, int | None] | None:
        """None where the reader sets none."""
        named = {name: self.cleaned_data[name] for name in OWN_LIMITS if name in self.fields}
        return named or None
