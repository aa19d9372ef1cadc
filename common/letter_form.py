"""The page of a letter's template: its texts in every language, saved or shown again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.errors import RuleBroken
from common.letter_texts import LONGEST_BODY, TemplateChanged
from common.toasts import toast

PARTS = {"name": "names", "subject": "subjects", "body": "bodies"}  # of the form: of the template


class TextsForm(forms.Form):
    """`name_en`, `subject_en`, `body_en` and so on for each language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    body_rows = 14

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, _language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=pgettext_lazy("thing", "Name"), max_length=80, required=False
            )
            self.fields[f"subject_{code}"] = forms.CharField(
                label=gettext_lazy("Subject"), max_length=200, required=False
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=gettext_lazy("Text"), max_length=LONGEST_BODY, required=False,
                widget=forms.Textarea(attrs={"rows": self.body_rows}),
            )  # fmt: skip

    @classmethod
    def first(cls, row: Any) -> dict:
        """What the form shows of a template."""
        texts = {
            f"{part}_{code}": getattr(row, kept).get(code, "")
            for part, kept in PARTS.items()
            for code, _language in settings.LANGUAGES
        }
        return {"version": row.version, **texts}

    def languages(self) -> list[tuple[str, str, list]]:
        """(code, name, fields) as the page draws them."""
        return [
            (code, str(name), [self[f"{part}_{code}"] for part in PARTS])
            for code, name in settings.LANGUAGES
        ]

    def said(self) -> dict:
        """As the command takes it."""
        return {
            kept: {
                code: self.cleaned_data[f"{part}_{code}"] for code, _language in settings.LANGUAGES
            }
            for part, kept in PARTS.items()
        }


def edit_template(
    request: HttpRequest, make: Callable[..., Any], *, save: Callable[[Any], object],
    page: Callable[[Any, int], HttpResponse], back: Callable[[Any], str],
) -> HttpResponse:  # fmt: skip
    """The form, and what it says saved. `page` draws it with a status; `back` turns what `save`
    gave into the next address. Whoever saved second keeps their text and may save again."""
    form = make(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(form, 422 if request.method == "POST" else 200)
    try:
        kept = save(form)
    except TemplateChanged as changed:
        form = make({**request.POST.dict(), "version": changed.template.version})
        form.add_error(None, _("%(what)s Save again to keep your text.") % {"what": str(changed)})
        return page(form, 409)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return page(form, 422)
    toast(request, _("Template saved."))
    return redirect(back(kept))
