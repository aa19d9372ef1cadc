from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.models import Candidacy, Decision, RejectReason


class WalkInForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=160, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    candidacy = forms.ModelChoiceField(
        Candidacy.objects.none(), label=_("Somebody of this vacancy"), required=False
    )

    def __init__(self, *args, candidacies, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["candidacy"]
        field.queryset = candidacies
        field.label_from_instance = lambda row: row.candidate.name
        field.empty_label = _("Somebody new")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class DebriefForm(forms.Form):
    text = forms.CharField(
        label=_("What was said afterwards"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )


class DecisionForm(forms.Form):
    candidacy = forms.IntegerField()
    verdict = forms.ChoiceField(choices=Decision._meta.get_field("verdict").choices)
    reason = forms.CharField(max_length=1000)
    reject_reason = forms.ModelChoiceField(
        RejectReason.objects.filter(by_candidate=False), required=False
    )
