"""A coverage rule as directors write it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Access
from accounts.models import ContactRole, CoverageRule

TIERS = [(letter, letter) for letter in "ABC"]


class CoverageForm(forms.ModelForm):
    tiers = forms.MultipleChoiceField(
        label=_("Tiers"), choices=TIERS, widget=forms.CheckboxSelectMultiple
    )
    role = forms.ModelChoiceField(
        label=_("Role"), queryset=ContactRole.objects.none(), required=False,
        empty_label=_("Anybody with power"),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=20)
    access = forms.ChoiceField(
        label=_("Access at least"), choices=[("0", _("does not matter")), *Access.choices]
    )
    strength = forms.IntegerField(
        label=_("Tie at least"), min_value=0, max_value=100,
        help_text=_("0 to 100, from lived contact; 0: does not matter."),
    )  # fmt: skip
    colleagues = forms.IntegerField(label=_("With how many of ours"), min_value=0, max_value=20)
    importance = forms.IntegerField(
        label=_("Importance"), min_value=1, max_value=9, help_text=_("1 to 9; how much it weighs.")
    )
    is_active = forms.BooleanField(label=_("In force"), required=False)

    class Meta:
        model = CoverageRule
        fields = (
            "role", "tiers", "people", "access", "strength", "colleagues", "importance",
            "is_active",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = ContactRole.objects.all()
