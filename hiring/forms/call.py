"""What is asked around calls: what came of one, the rules of the list, whom to put on it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.choices import CallOutcome, Source
from hiring.models import CallList, RejectReason, SearchTier, Stage, Vacancy

MOMENT = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **attrs):
        super().__init__(format=MOMENT, attrs={"class": "form-control", **attrs})


class OutcomeForm(forms.Form):
    """`key` is made by the page, so that a call sent twice is kept once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=CallOutcome, widget=forms.HiddenInput)
    note = forms.CharField(
        label=pgettext_lazy("of a call", "Note"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    call_back_at = forms.DateTimeField(
        label=_("Call again"), required=False, widget=MomentInput(), input_formats=[MOMENT]
    )
    reason = forms.ModelChoiceField(
        label=_("Why they refuse"), required=False, empty_label=_("choose"),
        queryset=RejectReason.objects.filter(by_candidate=True),
    )  # fmt: skip
    reach = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RulesForm(forms.ModelForm):
    class Meta:
        model = CallList
        fields = ("script", "most_attempts", "hours_between", "quiet_from", "quiet_to")
        widgets = {"script": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "quiet_from": _("By the clock where the candidate is. The same hour twice: never."),
        }

    version = forms.IntegerField(widget=forms.HiddenInput)


class AddForm(forms.Form):
    """Whom to put on the list; everything empty is everybody early on the road."""

    stage = forms.ModelChoiceField(
        label=pgettext_lazy("of a vacancy", "Stage"), required=False, queryset=Stage.objects.none(),
        empty_label=_("any early stage"),
    )  # fmt: skip
    tier = forms.ModelChoiceField(
        label=_("Search tier"), required=False, queryset=SearchTier.objects.none(),
        empty_label=_("any tier"),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args, vacancy: Vacancy, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].queryset = vacancy.stages.filter(kind__in=("found", "call", "form"))
        self.fields["tier"].queryset = vacancy.search_tiers.all()
        self.fields["source"].choices = [("", _("any source")), *Source.choices]

    def chosen(self, rows):
        """Of `rows`, candidacies, those the form asks for."""
        given = self.cleaned_data if self.is_valid() else {}
        for name in ("stage", "tier", "source"):
            if given.get(name):
                rows = rows.filter(**{name: given[name]})
        return rows
