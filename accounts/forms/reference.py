"""Names of reference data in the four languages."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class NamedForm(forms.Form):
    """A code that never changes once others use it, and a name per language."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Used by imports; letters, digits, - and _.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=language, max_length=80, required=False
            )

    def clean(self) -> dict:
        data = super().clean()
        if not any(self.names().values()):
            raise forms.ValidationError(_("Give a name in at least one language."))
        return data

    def names(self) -> dict[str, str]:
        found = {
            code: self.cleaned_data.get(f"name_{code}", "") for code, _name in settings.LANGUAGES
        }
        return {code: name.strip() for code, name in found.items() if name.strip()}


class TagNameForm(forms.Form):
    name = forms.CharField(label=_("Tag"), max_length=40)

    def clean_name(self) -> str:
        name = re.sub(r"\s+", " ", self.cleaned_data["name"]).strip()
        if "," in name:
            raise forms.ValidationError(_("A tag has no comma in it."))
        return name
