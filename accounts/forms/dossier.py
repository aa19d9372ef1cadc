"""What we know for a section of an account's file; it keeps the entry that was seen when opened."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.assignment import DateInput
from accounts.models import DossierEntry
from accounts.rules import dossier as rule
from common.ids import row_id


class EntryForm(forms.Form):
    title = forms.CharField(label=_("Competitor"), max_length=120)
    text = forms.CharField(
        label=_("What we know"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False,
        help_text=_("Who said it, or where it is written."),
    )  # fmt: skip
    day = forms.DateField(label=_("As of"), widget=DateInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, section: str, entry: DossierEntry | None, **kwargs):
        initial = {"day": timezone.localdate(), "seen": entry.pk if entry else ""}
        if entry is not None:
            initial |= {"title": entry.title, "text": entry.text, "source": entry.source}
        super().__init__(*args, initial=initial, **kwargs)
        if rule.holds_many(section):
            self.fields["text"].required = False
        else:
            del self.fields["title"]

    def clean_seen(self) -> int | None:
        return row_id(self.cleaned_data["seen"])
