"""Forms of sessions: planned on one or several days, changed, filled."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.i18n import pick
from hiring.choices import ExerciseKind, SessionKind
from hiring.models import Exercise, Session, TestTaskVersion, Vacancy
from hiring.queries.session_defaults import FIELDS, defaults
from hiring.queries.sessions import possible_observers
from hiring.rules.seat import MOST_DAYS

MOMENT = "%Y-%m-%dT%H:%M"
NUMBERS = ("seats", "minimum", "limit", "spare", "too_many_percent")


def number(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def cost(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0.1, max_value=1000, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip


class SessionForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("session", "Kind"), choices=SessionKind)
    title = forms.CharField(
        label=pgettext_lazy("session", "Title"), max_length=120, required=False,
        help_text=gettext_lazy("Only we see it; the date is enough."),
    )  # fmt: skip
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    begins = forms.TimeField(
        label=gettext_lazy("Begins"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=gettext_lazy("Ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.CharField(label=gettext_lazy("Time zone"), max_length=60)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    video_link = forms.URLField(
        label=gettext_lazy("Video link"), max_length=300, required=False, assume_scheme="https"
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Booking ends"), required=False,
        help_text=gettext_lazy("Empty: when the session begins."),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )  # fmt: skip
    seats = number(gettext_lazy("Seats"), 1, 100)
    minimum = number(gettext_lazy("A group has at least"), 1, 100)
    spare = number(gettext_lazy("Spare chairs"), 0, 50)
    limit = number(
        gettext_lazy("May book at most"), 1, 200,
        gettext_lazy("Seats and the chairs you can still put up."),
    )  # fmt: skip
    cost_empty = cost(gettext_lazy("An empty seat costs"))
    cost_over = cost(gettext_lazy("A person too many costs"))
    too_many_percent = number(gettext_lazy("More than the chairs, at most, %"), 1, 99)

    def __init__(self, *args, vacancy: Vacancy, session: Session | None = None, **kwargs):
        kwargs["initial"] = {**_initial(vacancy, session), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one, capfirst(one.label)) for one in SessionKind]

    def clean_time_zone(self) -> str:
        try:
            return ZoneInfo(self.cleaned_data["time_zone"]).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise forms.ValidationError(
                _("This time zone is not known. Write it like Europe/Riga.")
            ) from error

    def clean(self) -> dict:
        found = super().clean()
        if {"begins", "ends"} <= set(found) and found["ends"] <= found["begins"]:
            self.add_error("ends", _("The end must lie after the beginning."))
        if found.get("minimum", 0) > found.get("seats", 100):
            self.add_error("minimum", _("A group is not larger than the number of seats."))
        return found

    def values(self) -> dict:
        """What the commands take: moments in the session's zone."""
        found = self.cleaned_data
        zone = ZoneInfo(found["time_zone"])
        closes = found["closes_at"]
        return {
            "starts_at": dt.datetime.combine(found["day"], found["begins"], zone),
            "ends_at": dt.datetime.combine(found["day"], found["ends"], zone),
            "closes_at": closes and closes.replace(tzinfo=zone),
            **{
                name: found[name]
                for name in FIELDS
                if name not in ("starts_at", "ends_at", "closes_at")
            },
        }


def _initial(vacancy: Vacancy, session: Session | None) -> dict:
    if session is None:
        known = defaults(vacancy, {})
        return known | {"begins": dt.time(10), "ends": dt.time(13), "too_many_percent": 5}
    zone = ZoneInfo(session.time_zone)
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    moments = {"day": start.date(), "begins": start.time(), "ends": end.time()}
    closes = session.closes_at and session.closes_at.astimezone(zone).replace(tzinfo=None)
    return {name: getattr(session, name) for name in FIELDS} | moments | {"closes_at": closes}


class NewSessionForm(SessionForm):
    days = number(gettext_lazy("Days in a row"), 1, MOST_DAYS)
    weekends = forms.BooleanField(
        label=gettext_lazy("On Saturdays and Sundays too"), required=False
    )
    observers = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Observers"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("At least two; the first one chosen leads."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["observers"].queryset = possible_observers()
        self.fields["days"].initial = 1


class FiguresForm(forms.Form):
    """The figures of the calculator, tried or kept."""

    seats = number(gettext_lazy("Seats"), 1, 100)
    cost_empty = cost(gettext_lazy("An empty seat costs"))
    cost_over = cost(gettext_lazy("A person too many costs"))
    spare = number(gettext_lazy("Spare chairs"), 0, 50)
    too_many_percent = number(gettext_lazy("More than the chairs, at most"), 1, 99)

    def usable(self) -> dict:
        """What can be read of figures in the making; what is wrong counts as it was."""
        self.is_valid()
        return dict(self.cleaned_data)


class ExerciseForm(forms.Form):
    task = forms.ModelChoiceField(
        TestTaskVersion.objects.none(), label=gettext_lazy("Task of the bank"), required=False,
        empty_label=gettext_lazy("none: as written below"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=pgettext_lazy("session", "Kind"))
    name = forms.CharField(label=pgettext_lazy("exercise", "Name"), max_length=80, required=False)
    minutes = number(gettext_lazy("Minutes"), 1, 240)
    instructions = forms.CharField(
        label=gettext_lazy("What is read out"), max_length=4000, required=False,
        help_text=gettext_lazy("Empty: the text of the task."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(
        self,
        *args,
        tasks: Iterable[TestTaskVersion] = (),
        exercise: Exercise | None = None,
        **kwargs,
    ):
        if exercise:
            kwargs["initial"] = {
                "task": exercise.task_id,
                "kind": exercise.kind, "name": pick(exercise.names), "minutes": exercise.minutes,
                "instructions": exercise.instructions,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one, capfirst(one.label)) for one in ExerciseKind]
        self.fields["minutes"].initial = 15
        known = {row.pk for row in tasks} | {exercise and exercise.task_id}
        field = self.fields["task"]
        rows = TestTaskVersion.objects.filter(pk__in=known - {None})
        field.queryset = rows.select_related("task")
        field.label_from_instance = lambda row: f"{row.task.name}, {row.number}"
        if not known - {None}:
            del self.fields["task"]
            self.fields["instructions"].help_text = ""

    def values(self, language: str, before: dict | None = None) -> dict:
        """The name is kept for the language it was written in; unchanged it keeps all of them."""
        found = dict(self.cleaned_data)
        name, before = found.pop("name").strip(), before or {}
        same = name == pick(before)
        return found | {"names": before if same else ({language: name} if name else {})}
