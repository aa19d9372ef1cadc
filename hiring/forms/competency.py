"""A competency: its name, what it is, and what each mark looks like, in four languages."""

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hiring.choices import CompetencyGroup
from hiring.models import Competency
from people.models import Company

MARKS = ("1", "2", "3", "4", "5")


class CompetencyForm(forms.Form):
    group = forms.ChoiceField(label=_("Group"))

    def __init__(self, *args, competency: Competency | None = None, **kwargs):
        self.competency = competency
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=self.values() | initial, **kwargs)
        self.fields["group"].choices = [
            (group.value, capfirst(group.label)) for group in CompetencyGroup
        ]
        for code, _language in settings.LANGUAGES:
            self.fields[f"{code}_name"] = _text(_("Name"), 80, code)
            self.fields[f"{code}_description"] = _text(_("What it is"), 400, code, rows=2)
            for mark in MARKS:
                self.fields[f"{code}_{mark}"] = _text(_("Mark %s") % mark, 400, code, rows=2)

    def values(self) -> dict:
        """What stands in the fields now."""
        row = self.competency
        if row is None:
            return {"group": CompetencyGroup.INTERVIEW}
        found = {"group": row.group}
        for code, _language in settings.LANGUAGES:
            found[f"{code}_name"] = row.names.get(code, "")
            found[f"{code}_description"] = row.descriptions.get(code, "")
            for mark in MARKS:
                found[f"{code}_{mark}"] = row.anchors.get(mark, {}).get(code, "")
        return found

    def words(self) -> dict:
        """What the command takes."""
        data, codes = self.cleaned_data, [code for code, _language in settings.LANGUAGES]
        return {
            "group": data["group"],
            "names": {code: data[f"{code}_name"] for code in codes},
            "descriptions": {code: data[f"{code}_description"] for code in codes},
            "anchors": {mark: {code: data[f"{code}_{mark}"] for code in codes} for mark in MARKS},
        }

    @property
    def languages(self) -> list[dict]:
        """A language with its fields; the company's own stands open."""
        own = Company.current().language
        parts = ("name", "description", *MARKS)
        return [
            {
                "language": language,
                "fields": [self[f"{code}_{part}"] for part in parts],
                "is_open": code == own,
            }
            for code, language in settings.LANGUAGES
        ]


def _text(label, longest: int, code: str, rows: int = 0) -> forms.CharField:
    attrs = {"lang": code}
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)
