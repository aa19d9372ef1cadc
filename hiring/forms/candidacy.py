"""How somebody goes out: why, and whether a letter tells them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.models import RejectReason


class ReasonField(forms.ModelChoiceField):
    def label_from_instance(self, reason: RejectReason) -> str:
        return reason.name


class RefusalForm(forms.Form):
    reason = ReasonField(
        RejectReason.objects.filter(by_candidate=False), label=_("Why they are not taken")
    )
    letter = forms.BooleanField(
        label=_("Write to them on the next working day"), required=False, initial=True
    )


class WithdrawalForm(forms.Form):
    reason = ReasonField(
        RejectReason.objects.filter(by_candidate=True),
        label=_("Why they do not go on"),
        required=False,
        empty_label=_("They did not say"),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
