"""A template in four languages; a letter to one or many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.letter_form import TextsForm
from hiring.choices import LetterKind
from hiring.models import LetterTemplate


class TemplateForm(TextsForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body_rows = 12
    kind = forms.ChoiceField(label=_("What for"), choices=LetterKind)
    delay_hours = forms.IntegerField(
        label=_("Goes out after, hours"), min_value=0, initial=0,
        help_text=_("Until then it can be taken back."),
    )  # fmt: skip

    @classmethod
    def first(cls, row: LetterTemplate) -> dict:
        return {"kind": row.kind, "delay_hours": row.delay_hours, **super().first(row)}

    def said(self) -> dict:
        given = self.cleaned_data
        return {"kind": given["kind"], "delay_hours": given["delay_hours"], **super().said()}


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
