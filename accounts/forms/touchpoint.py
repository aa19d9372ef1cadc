"""Log, plan and change a touchpoint: nothing but the channel must be said."""

import uuid
from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Channel, Direction, Tone
from accounts.models import Contact, Touchpoint
from accounts.rules.touchpoint import MOST_MINUTES
from common.file_checks import ACCEPT
from common.ids import row_id
from people.models import User

MOMENT = "%Y-%m-%dT%H:%M"
MOST_FILES = 5
AT_FIRST_SIGHT = 10


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format=MOMENT, attrs={"class": "form-control"})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-control"})


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked by what it holds when it is kept."""

    widget = FilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Attach at most five files at a time."))
        return files


def capped(choices) -> list[tuple]:
    return [(value, capfirst(label)) for value, label in choices]


class TouchpointForm(forms.Form):
    """What every touchpoint has; `people` of theirs and `ours` are who can be named."""

    channel = forms.ChoiceField(label=_("Channel"), choices=(), widget=forms.RadioSelect)
    at = forms.DateTimeField(label=_("When"), required=False, widget=MomentInput)
    contacts = forms.TypedMultipleChoiceField(
        label=_("Who took part"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    colleagues = forms.TypedMultipleChoiceField(
        label=_("Of ours"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)

    def __init__(self, *args, people: Iterable[Contact], ours: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.ours = list(people), list(ours)
        self.fields["channel"].choices = capped(Channel.choices)
        self.fields["contacts"].choices = [(row.pk, row.name) for row in self.people]
        self.fields["colleagues"].choices = [(row.pk, str(row)) for row in self.ours]

    def clean_at(self):
        return self.cleaned_data["at"] or timezone.now()

    @property
    def chosen_contacts(self) -> set[int]:
        return self._chosen("contacts")

    @property
    def near(self) -> list[Contact]:
        """Those to choose from at first sight: who is ticked, then the first in order."""
        chosen = self.chosen_contacts
        ticked = [row for row in self.people if row.pk in chosen]
        others = [row for row in self.people if row.pk not in chosen]
        return ticked + others[: max(0, AT_FIRST_SIGHT - len(ticked))]

    @property
    def far(self) -> list[Contact]:
        """The rest of a large customer's people."""
        shown = {row.pk for row in self.near}
        return [row for row in self.people if row.pk not in shown]

    @property
    def chosen_colleagues(self) -> set[int]:
        return self._chosen("colleagues")

    def _chosen(self, name: str) -> set[int]:
        """What is ticked, whether it was sent or is there to begin with."""
        found = (row_id(str(value)) for value in self[name].value() or ())
        return {pk for pk in found if pk}

    def fields_of(self) -> dict:
        """Arguments of the commands, without who took part."""
        names = ("channel", "at", "minutes", "place", "subject", "direction", "tone", "text")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def people_of(self) -> dict:
        return {
            "contact_ids": self.cleaned_data["contacts"],
            "colleague_ids": self.cleaned_data["colleagues"],
        }


class ToldForm(TouchpointForm):
    """One that took place."""

    direction = forms.ChoiceField(
        label=_("Who spoke"), choices=(), required=False, widget=forms.RadioSelect
    )
    tone = forms.TypedChoiceField(
        label=_("Tone"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What was said"), max_length=8000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = capped(Direction.choices)
        self.fields["tone"].choices = capped(Tone.choices)

    def clean_direction(self) -> str:
        return self.cleaned_data["direction"] or Direction.BOTH


class Following(forms.Form):
    """What comes of a touchpoint: the next step, a promise, files."""

    next_title = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_due = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    next_owner = forms.TypedChoiceField(
        label=_("Who"), coerce=int, empty_value=None, required=False
    )
    promise_text = forms.CharField(label=_("Promise"), max_length=400, required=False)
    promise_by = forms.ChoiceField(
        label=_("Whose"), choices=(), required=False, widget=forms.RadioSelect
    )
    promise_due = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    files = FilesField(label=_("Files"), required=False)

    def clean(self):
        found = super().clean()
        for what, day in (("next_title", "next_due"), ("promise_text", "promise_due")):
            if found.get(day) and not found.get(what) and what not in self.errors:
                self.add_error(what, _("Say what is to be done until then."))
        return found

    def following(self) -> dict:
        """Arguments of log_touchpoint."""
        said = self.cleaned_data
        found: dict = {"files": said["files"]}
        if said["next_title"]:
            found["next_step"] = {
                "title": said["next_title"], "due": said["next_due"],
                "owner_id": said["next_owner"],
            }  # fmt: skip
        if said["promise_text"]:
            named = said["contacts"]
            found["promise"] = {
                "text": said["promise_text"], "is_ours": said["promise_by"] != "theirs",
                "due": said["promise_due"], "contact_id": named[0] if named else None,
            }  # fmt: skip
        return found


class LogForm(Following, ToldForm):
    """The composer. `key` is made with the form, so that sending it twice logs once."""

    accept = ACCEPT

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, reader: User, owners: Iterable[User] = (), **kwargs):
        now = timezone.localtime().replace(second=0, microsecond=0)
        initial = {
            "key": uuid.uuid4(), "at": now, "direction": Direction.BOTH, "promise_by": "ours",
            "next_owner": reader.pk, "colleagues": [reader.pk],
        }  # fmt: skip
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["promise_by"].choices = [
            ("ours", pgettext_lazy("promise", "We promised")),
            ("theirs", pgettext_lazy("promise", "They promised")),
        ]
        names = {row.pk: str(row) for row in [reader, *owners]}
        self.fields["next_owner"].choices = list(names.items())


class PlanForm(TouchpointForm):
    """One that is to take place."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        initial = {"key": uuid.uuid4(), "channel": Channel.MEETING, "minutes": 60}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["at"].required = True
        self.fields["contacts"].label = _("Who takes part")


class EditForm(ToldForm):
    """Change what was told; of a plan only what a plan has."""

    def __init__(self, *args, touchpoint: Touchpoint, is_plan: bool = False, **kwargs):
        super().__init__(*args, initial=values_of(touchpoint) | kwargs.pop("initial", {}), **kwargs)
        self.fields["at"].required = True
        if is_plan:
            for name in ("direction", "tone", "text"):
                del self.fields[name]


def values_of(touchpoint: Touchpoint) -> dict:
    """As the form's fields hold them."""
    names = ("channel", "minutes", "place", "subject", "direction", "tone", "text")
    return {name: getattr(touchpoint, name) for name in names} | {
        "at": timezone.localtime(touchpoint.at).replace(second=0, microsecond=0),
        "contacts": [row.contact_id for row in touchpoint.presences.all()],
        "colleagues": [row.colleague_id for row in touchpoint.attendances.all()],
    }
