"""A letter to a customer, who gets one, and its templates."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import CustomerLetterKind
from accounts.models import CustomerLetter, CustomerLetterTemplate

PARTS = ("name", "subject", "body")
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


class TemplateForm(forms.Form):
    """`name_en`, `subject_en`, `body_en` and so on for each language."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, _language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=pgettext_lazy("thing", "Name"), max_length=80, required=False
            )
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), max_length=200, required=False
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text"), max_length=20_000, required=False,
                widget=forms.Textarea(attrs={"rows": 14}),
            )  # fmt: skip

    @staticmethod
    def first(row: CustomerLetterTemplate) -> dict:
        found = {"version": row.version}
        for code, _language in settings.LANGUAGES:
            found[f"name_{code}"] = row.names.get(code, "")
            found[f"subject_{code}"] = row.subjects.get(code, "")
            found[f"body_{code}"] = row.bodies.get(code, "")
        return found

    def languages(self) -> list[tuple[str, str, list]]:
        """(code, name, fields) as the page draws them."""
        return [
            (code, str(name), [self[f"{part}_{code}"] for part in PARTS])
            for code, name in settings.LANGUAGES
        ]

    def said(self) -> dict[str, dict[str, str]]:
        """As the command takes it."""
        given = self.cleaned_data
        codes = [code for code, _language in settings.LANGUAGES]
        return {
            "names": {code: given[f"name_{code}"] for code in codes},
            "subjects": {code: given[f"subject_{code}"] for code in codes},
            "bodies": {code: given[f"body_{code}"] for code in codes},
        }
