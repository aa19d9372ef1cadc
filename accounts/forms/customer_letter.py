"""A letter to a customer, and who gets one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import CustomerLetterKind
from accounts.models import CustomerLetter

BY_HAND = (CustomerLetterKind.HANDOVER, CustomerLetterKind.DEPARTURE, CustomerLetterKind.ABSENCE)


class LetterForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    address = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False,
        help_text=_("Empty: it can be printed only."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 18})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def first(letter: CustomerLetter) -> dict:
        names = ("subject", "address", "body", "version")
        return {name: getattr(letter, name) for name in names}


class DraftForm(forms.Form):
    """Which letter, and to whom of the account's people."""

    kind = forms.ChoiceField(
        label=_("What for"), choices=[(kind.value, kind.label) for kind in BY_HAND]
    )
    people = forms.TypedMultipleChoiceField(
        label=_("To"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: one letter to the house."),
    )  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(contact.pk, contact.name) for contact in people]
