"""Forms of a trial that runs: the weekly talk, evidence, a judged goal, the outcome."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.choices import FILE_ACCEPT, EvidenceKind
from hiring.forms.vacancy import DateInput
from people.models import company_day

MARK_WORDS = {
    1: pgettext_lazy("course", "1: far from it"),
    2: pgettext_lazy("course", "2: behind"),
    3: pgettext_lazy("course", "3: not clear"),
    4: pgettext_lazy("course", "4: on course"),
    5: pgettext_lazy("course", "5: ahead"),
}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


class HoldForm(forms.Form):
    """The talk took place."""

    held_on = forms.DateField(label=_("Held on"), widget=DateInput)
    words = forms.CharField(
        label=_("Your words"), max_length=2000, required=False, widget=area(4),
        help_text=_("The others read them as soon as you save, and you theirs."),
    )  # fmt: skip
    mark = forms.TypedChoiceField(
        label=_("On course"), required=False, coerce=int, empty_value=None,
        choices=[("", _("no opinion yet")), *MARK_WORDS.items()],
    )  # fmt: skip
    agreed = forms.CharField(
        label=_("Agreed until the next talk"), max_length=2000, required=False, widget=area(3)
    )


class Papers(forms.ClearableFileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Any number of files; a list of them."""

    def clean(self, data, initial=None) -> list:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(PapersField, self).clean(one, initial) for one in given if one]


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    on = forms.DateField(label=_("Day"), widget=DateInput)
    text = forms.CharField(
        label=_("What was seen"), max_length=4000, widget=area(5),
        help_text=_("Who, where, what exactly. The newcomer reads it word for word."),
    )  # fmt: skip
    goal_id = forms.TypedChoiceField(
        label=_("Goal"), required=False, coerce=int, empty_value=None,
        help_text=_("If it is about one of them."),
    )  # fmt: skip
    uploads = PapersField(
        label=_("Papers"), required=False,
        widget=Papers(attrs={"accept": FILE_ACCEPT, "class": "form-control"}),
        help_text=_("At most five, 10 MB each: PDF, DOCX, ODT, RTF, TXT, JPG or PNG."),
    )  # fmt: skip

    def __init__(self, *args, kinds: Sequence[str], goals: Sequence[tuple[int, str]], **kwargs):
        super().__init__(*args, initial={"on": company_day()}, **kwargs)
        named = dict(EvidenceKind.choices)
        self.fields["kind"].choices = [(kind, capfirst(str(named[kind]))) for kind in kinds]
        self.fields["goal_id"].choices = [("", "—"), *goals]


class JudgeForm(forms.Form):
    """The lead's word on a goal that is not measured."""

    judged = forms.TypedChoiceField(
        label=_("Your judgement"), required=False, empty_value=None, coerce=lambda v: v == "yes",
        choices=[("", _("not judged yet")), ("yes", _("Reached")), ("no", _("Not reached"))],
    )  # fmt: skip
    note = forms.CharField(
        label=_("Why"), max_length=400, required=False, widget=area(3),
        help_text=_("What was seen; if it is not reached, what is missing."),
    )  # fmt: skip


class PassForm(forms.Form):
    reasons = forms.CharField(
        label=_("Reasons"), max_length=4000, required=False, widget=area(4),
        help_text=_("Needed where a goal that must be reached was not."),
    )  # fmt: skip


class ExtendForm(forms.Form):
    to = forms.DateField(label=_("New last day"), widget=DateInput)
    reasons = forms.CharField(label=_("Reasons"), max_length=4000, widget=area(4))

    def __init__(self, *args, latest: dt.date | None = None, ends_on: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        day = ends_on + dt.timedelta(days=1)
        self.fields["to"].widget.attrs["min"] = day.isoformat()
        if latest:
            self.fields["to"].widget.attrs["max"] = latest.isoformat()


class FailForm(forms.Form):
    notice_on = forms.DateField(label=_("Notice given on"), widget=DateInput)
    leaves_on = forms.DateField(label=_("Last day of work"), widget=DateInput)
    reasons = forms.CharField(
        label=_("Reasons"), max_length=4000, widget=area(6),
        help_text=_("What was asked, what was seen, on which days. The newcomer reads them."),
    )  # fmt: skip


class CancelForm(forms.Form):
    reasons = forms.CharField(label=_("Why"), max_length=4000, widget=area(3))
