"""An entry of the phone log, as a device sends it or as the plain form posts it."""

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Channel, Direction, Tone
from common.ids import row_id

MOST_PEOPLE = 30


class Moment(forms.Field):
    """ISO time; without a zone (a plain field of the page) it is the reader's."""

    def to_python(self, value: str | None) -> dt.datetime | None:
        if not value:
            return None
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
        if moment is None or not 1970 <= moment.year <= 9000:
            raise forms.ValidationError(_("Enter a date and a time."))
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class RowIds(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        ids = [row_id(str(item)) for item in value or [] if item != ""]
        if None in ids or len(ids) > MOST_PEOPLE:
            raise forms.ValidationError(_("Choose the people again."))
        return ids


class Names(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        names = [str(item).replace("\x00", "").strip() for item in value or []]
        names = [name for name in names if name]
        if len(names) > MOST_PEOPLE or any(len(name) > 160 for name in names):
            raise forms.ValidationError(_("A name has at most 160 characters."))
        return names


class RowId(forms.Field):
    def to_python(self, value: str | None) -> int | None:
        if value in (None, ""):
            return None
        number = row_id(str(value))
        if number is None:
            raise forms.ValidationError(_("Choose one of the values offered."))
        return number


class LogForm(forms.Form):
    key = forms.UUIDField()
    user = RowId(required=False)
    account = RowId()
    channel = forms.ChoiceField(choices=Channel)
    direction = forms.ChoiceField(choices=Direction, required=False)
    tone = forms.TypedChoiceField(choices=Tone, coerce=int, required=False, empty_value=None)
    at = Moment(required=False)
    made_at = Moment(required=False)
    sent_at = Moment(required=False)
    contacts = RowIds(required=False)
    new_people = Names(required=False)
    text = forms.CharField(max_length=8000, required=False)
    step = forms.CharField(max_length=200, required=False)
    step_due = forms.DateField(required=False)
    step_owner = RowId(required=False)
    promise = forms.CharField(max_length=400, required=False)
    promise_by = forms.ChoiceField(choices=[("us", ""), ("them", "")], required=False)
    promise_due = forms.DateField(required=False)
    version = RowId(required=False)
    edited = forms.CharField(required=False)
    replaces = forms.UUIDField(required=False)

    names = {
        "account": gettext_lazy("Account"),
        "channel": gettext_lazy("How"),
        "at": gettext_lazy("When"),
        "contacts": gettext_lazy("Who"),
        "new_people": gettext_lazy("New person"),
        "text": gettext_lazy("What was said"),
        "step": gettext_lazy("Next step"),
        "step_due": gettext_lazy("Next step, day"),
        "promise": gettext_lazy("Promise"),
        "promise_due": gettext_lazy("Promise, day"),
    }

    @classmethod
    def from_json(cls, values: Mapping) -> "LogForm":
        """Lists become several values, nothing becomes no value; characters no text has are cut."""
        data = QueryDict(mutable=True)
        for name, value in values.items():
            items = value if isinstance(value, list) else [value]
            kept = [_plain(item) for item in items if item is not None and item is not False]
            data.setlist(str(name), kept)
        return cls(data)

    def first_error(self) -> str:
        """One sentence with the field's name."""
        for name, errors in self.errors.items():
            said = self.names.get(name)
            return f"{said}: {errors[0]}" if said else str(errors[0])
        return ""


class UndoForm(forms.Form):
    key = forms.UUIDField()


def _plain(value: object) -> str:
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode()
