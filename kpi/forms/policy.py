"""The rules of a policy as a form: sliders and fields of the laboratory, and how to keep them."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Basis
from accounts.models import Criterion, Policy
from accounts.models.policy import PERCENT

CUT = {"min": "1", "max": "100", "step": "0.5", "inputmode": "decimal"}
WEIGHT = "weight_"


class PolicyForm(forms.Form):
    """Read from the address, so that every trial can be reloaded, sent and gone back from.

    A rule whose box is empty is switched off; `tried` tells an empty box from a first visit.
    """

    tried = forms.BooleanField(required=False, widget=forms.HiddenInput)
    basis = forms.ChoiceField(label=_("Measured by"), choices=Basis, widget=forms.RadioSelect)
    cut_a = forms.DecimalField(
        label=_("Tier A ends at"),
        max_digits=5,
        decimal_places=2,
        validators=PERCENT,
        widget=forms.NumberInput(attrs=CUT),
    )
    cut_b = forms.DecimalField(
        label=_("Tier B ends at"),
        max_digits=5,
        decimal_places=2,
        validators=PERCENT,
        widget=forms.NumberInput(attrs=CUT),
    )
    tier_a_is_key = forms.BooleanField(label=_("Tier A is key"), required=False)
    single_share = forms.DecimalField(
        label=_("Key by itself from a share of"),
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.5"),
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={**CUT, "min": "0.5"}),
    )
    criteria_threshold = forms.IntegerField(
        label=_("Key by strategic criteria from"), min_value=1, max_value=999, required=False
    )
    cap = forms.IntegerField(
        label=_("At most this many key accounts"), min_value=1, max_value=100_000, required=False
    )
    accounts_per_kam = forms.DecimalField(
        label=_("Key accounts per manager"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.1"),
        max_value=100,
        widget=forms.NumberInput(attrs={"step": "0.5"}),
    )

    def __init__(self, *args, criteria: list[Criterion], **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[WEIGHT + criterion.code] = forms.IntegerField(
                label=criterion.name, min_value=0, max_value=9, required=False
            )

    @classmethod
    def of(cls, policy: Policy, criteria: list[Criterion]) -> "PolicyForm":
        """Bound to a policy's own rules."""
        return cls(values(policy, criteria), criteria=criteria)

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[WEIGHT + criterion.code] for criterion in self.criteria]

    @property
    def best_score(self) -> int:
        """The most points an account can have by these weights."""
        if not self.is_valid():
            return 0
        return sum(
            weight * (len(criterion.scale) - 1)
            for criterion in self.criteria
            for weight in (self.rules()["criteria_weights"][criterion.code],)
        )

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("cut_a"), cleaned.get("cut_b")
        if first is not None and second is not None and not 0 < first < second:
            self.add_error("cut_b", _("Tier B ends after tier A does."))
        return cleaned

    def rules(self) -> dict:
        """The fields that accounts.commands.policy takes."""
        cleaned = self.cleaned_data
        weights = {
            criterion.code: criterion.weight
            if cleaned.get(WEIGHT + criterion.code) is None
            else cleaned[WEIGHT + criterion.code]
            for criterion in self.criteria
        }
        plain = (
            "basis", "cut_a", "cut_b", "tier_a_is_key", "single_share", "criteria_threshold",
            "cap", "accounts_per_kam",
        )  # fmt: skip
        return {**{name: cleaned[name] for name in plain}, "criteria_weights": weights}

    def policy(self) -> Policy:
        """The rules as an unsaved policy."""
        return Policy(name=str(_("the policy you are trying")), **self.rules())


def values(policy: Policy, criteria: list[Criterion]) -> dict:
    """A policy as the form's data; what is off is left out."""
    data = {
        "tried": "on",
        "basis": policy.basis,
        "cut_a": plain(policy.cut_a),
        "cut_b": plain(policy.cut_b),
        "single_share": plain(policy.single_share),
        "criteria_threshold": policy.criteria_threshold,
        "cap": policy.cap,
        "accounts_per_kam": plain(policy.accounts_per_kam),
        **{WEIGHT + c.code: policy.weight_of(c) for c in criteria},
    }
    if policy.tier_a_is_key:
        data["tier_a_is_key"] = "on"
    return {name: value for name, value in data.items() if value is not None}


def plain(value: Decimal | int | None) -> str | None:
    """80.00 as 80, for fields and addresses."""
    if value is None:
        return None
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class KeepForm(forms.Form):
    """What a policy is called and why it is adopted."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why this policy: your successor will read it. Needed to adopt it."),
    )
