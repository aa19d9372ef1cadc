"""A template in four languages; a letter to one or many."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.choices import LetterKind
from hiring.models import LetterTemplate

PARTS = ("name", "subject", "body")


class TemplateForm(forms.Form):
    """`name_en`, `subject_en`, `body_en` and so on for each language."""

    kind = forms.ChoiceField(label=_("What for"), choices=LetterKind)
    delay_hours = forms.IntegerField(
        label=_("Goes out after, hours"), min_value=0, initial=0,
        help_text=_("Until then it can be taken back."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

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
                widget=forms.Textarea(attrs={"rows": 12}),
            )  # fmt: skip

    @staticmethod
    def first(row: LetterTemplate) -> dict:
        """What the form shows of a template."""
        found = {"kind": row.kind, "delay_hours": row.delay_hours, "version": row.version}
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

    def said(self) -> dict:
        """As the command takes it."""
        given = self.cleaned_data
        texts = {
            f"{part}s" if part != "body" else "bodies": {
                code: given[f"{part}_{code}"] for code, _language in settings.LANGUAGES
            }
            for part in PARTS
        }
        return {"kind": given["kind"], "delay_hours": given["delay_hours"], **texts}


class WriteForm(forms.Form):
    """A template, or own words to all."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    template = forms.ModelChoiceField(
        label=_("Template"), required=False, queryset=LetterTemplate.objects.none(),
        empty_label=_("own words, the same to all"),
    )  # fmt: skip
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    body = forms.CharField(
        label=_("Text"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = LetterTemplate.objects.filter(retired_at=None)
