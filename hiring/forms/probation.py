"""The plan of a trial, its goals, and the limits it lies within."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.places import countries, country_name
from hiring.choices import GoalKind
from hiring.forms.offer import DayInput
from hiring.models import ProbationGoal, ProbationLimit
from hiring.queries.probation_limits import CASES, case_words, limits
from hiring.queries.probation_plan import WEEKS, limit_by_value, mentors
from hiring.rules.probation import end_of
from people.choices import Grade
from people.models import User

OTHER = "other"


def weeks_choices() -> list[tuple[str, str]]:
    """1, 2, 4 weeks, or until another day."""
    told = [
        (str(n), ngettext("%(n)s week", "%(n)s weeks", n) % {"n": formats.number(n)}) for n in WEEKS
    ]
    return [*told, (OTHER, _("until another day"))]


def law_choices(reader: User) -> list:
    """Countries with a noted limit first, one line per case; then all others."""
    noted = list(limits(reader))
    known = {row.country for row in noted}
    told = sorted((_limit_line(row), f"limit:{row.pk}") for row in noted)
    others = [(f"country:{code}", name) for code, name in countries() if code not in known]
    return [
        ("", "—"),
        (_("Countries with a noted limit"), [(value, words) for words, value in told]),
        (_("No limit is noted"), others),
    ]


def _limit_line(row: ProbationLimit) -> str:
    words = {"country": country_name(row.country), "case": case_words(row)}
    if row.most_days is None:
        return _("%(country)s, %(case)s: no longest trial noted") % words
    told = ngettext(
        "%(country)s, %(case)s: %(days)s day at most",
        "%(country)s, %(case)s: %(days)s days at most", row.most_days,
    )  # fmt: skip
    return told % {**words, "days": formats.number(row.most_days)}


class PlanForm(forms.Form):
    """`plan()` gives the fields as the commands take them."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    weeks = forms.ChoiceField(label=gettext_lazy("How long"), widget=forms.RadioSelect)
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput, required=False,
        help_text=gettext_lazy("Within the limit noted for the country."),
    )  # fmt: skip
    law = forms.ChoiceField(label=gettext_lazy("Country and case"))
    grade = forms.TypedChoiceField(
        label=gettext_lazy("Grade on passing"), choices=Grade.choices, coerce=int
    )
    mentor = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Mentor"), required=False, empty_label="—",
        help_text=gettext_lazy("Helps every day; sees the accounts of the trial."),
    )  # fmt: skip
    lead = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Lead"), required=False, empty_label="—",
        help_text=gettext_lazy("Judges the trial, beside the directors."),
    )  # fmt: skip
    criteria = forms.CharField(
        label=gettext_lazy("How it is judged"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "The newcomer accepts these words before the first day; afterwards they stay."
        ),
    )  # fmt: skip
    former_helps = forms.BooleanField(
        label=gettext_lazy("Who had the accounts stays in their team and helps"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, reader: User, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["weeks"].choices = weeks_choices()
        self.fields["law"].choices = law_choices(reader)
        for name in ("mentor", "lead"):
            self.fields[name].queryset = mentors(user)

    def clean(self) -> dict:
        data = super().clean()
        start, weeks, last = data.get("starts_on"), data.get("weeks"), data.get("ends_on")
        if start and weeks and weeks != OTHER:
            data["ends_on"] = self._end(start, int(weeks))
        elif weeks == OTHER and last is None and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Choose the last day."))
        return data

    def _end(self, start: dt.date, weeks: int) -> dt.date | None:
        try:
            return end_of(start, weeks)
        except OverflowError:
            self.add_error("starts_on", _("This day is too far away."))
            return None

    def plan(self) -> dict:
        data = self.cleaned_data
        country, limit = limit_by_value(self.reader, data["law"])
        names = ("starts_on", "ends_on", "grade", "mentor", "lead", "criteria", "former_helps")
        return {"country": country, "limit": limit, **{name: data[name] for name in names}}


class GoalForm(forms.Form):
    """Which fields count depends on the kind; the page hides the others, so the browser does not
    ask for them."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=gettext_lazy("What is to be reached"))
    target = forms.DecimalField(
        label=gettext_lazy("Target"), min_value=1, max_value=1000,
        max_digits=7, decimal_places=2,
        help_text=gettext_lazy("Per cent; a number for meetings and calls."),
    )  # fmt: skip
    within_days = forms.IntegerField(
        label=gettext_lazy("Within so many days"), min_value=1, max_value=730,
        help_text=gettext_lazy("Only for the first meeting: counted from the first day."),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=300,
        help_text=gettext_lazy("Empty: the sentence is made of the figures."),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"), min_value=1, max_value=10, initial=1,
        help_text=gettext_lazy("From 1 to 10, against the other goals."),
    )  # fmt: skip
    must = forms.BooleanField(
        label=gettext_lazy("Must be reached: passing without it needs reasons"), required=False
    )

    def __init__(self, *args, goal: ProbationGoal | None = None, **kwargs):
        names = ("kind", "target", "within_days", "title", "weight", "must")
        initial = {name: getattr(goal, name) for name in names} if goal else {}
        if initial.get("target") is not None:
            initial["target"] = f"{initial['target'].normalize():f}"
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.fields["kind"].choices = [(kind, capfirst(words)) for kind, words in GoalKind.choices]
        if self.is_bound:
            kind = self.data.get("kind")
            self.fields["target"].required = kind != GoalKind.FREE
            self.fields["within_days"].required = kind == GoalKind.FIRST


class LimitForm(forms.Form):
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    case = forms.CharField(
        label=gettext_lazy("Case"), max_length=60, required=False,
        help_text=gettext_lazy("Empty: in general. Else whom it holds for."),
    )  # fmt: skip
    most_days = forms.IntegerField(
        label=gettext_lazy("Longest trial, days"), required=False, min_value=1, max_value=730,
        help_text=gettext_lazy("First and last day count. Empty: none is known."),
    )  # fmt: skip
    notice_days = forms.IntegerField(
        label=gettext_lazy("Notice to end it, days"), required=False, min_value=0, max_value=365,
        help_text=gettext_lazy("Empty: none is known."),
    )  # fmt: skip
    in_writing = forms.BooleanField(
        label=gettext_lazy("Not passing is told in writing"), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Where it stands written"), max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Looked up on"), widget=DayInput)

    def __init__(self, *args, limit: ProbationLimit | None = None, **kwargs):
        names = ("country", "case", "most_days", "notice_days", "in_writing", "source", "on")
        initial = {name: getattr(limit, name) for name in names} if limit else {"in_writing": True}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries()]
        if limit and limit.case in CASES:  # a shipped case: its words are ours
            self.fields["case"].disabled = True
            self.fields["case"].widget = forms.HiddenInput()

    def clean_case(self) -> str:
        return " ".join(self.cleaned_data["case"].split())

    def clean_source(self) -> str:
        source = " ".join(self.cleaned_data["source"].split())
        if not source:
            raise ValidationError(_("Say where the limit stands written."))
        return source
