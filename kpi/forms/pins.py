"""Pins and marks: every one with its reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import PinKind
from accounts.models import Criterion

REASON = {"rows": 2}


def day_field(label: str, **kwargs) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class PinForm(forms.Form):
    kind = forms.ChoiceField(label=_("Pin as"), choices=PinKind)
    until = day_field(_("Until"), help_text=_("A pin ends; renew it if it still holds."))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs=REASON))


class UnpinForm(forms.Form):
    reason = forms.CharField(label=_("Why it ends"), max_length=400)


class MarkForm(forms.Form):
    """One mark; the scale's words are the choices."""

    mark = forms.TypedChoiceField(label=_("Mark"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs=REASON))

    def __init__(self, *args, criterion: Criterion, words: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        self.fields["mark"].choices = [
            (number, f"{number} · {text}") for number, text in enumerate(words)
        ]
