"""A task's fields; what is offered depends on the account and on who gives it."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import RepeatUnit
from accounts.models import Account, Contact, Task
from accounts.queries.tasks import possible_owners
from accounts.rules.task import MOST_MINUTES, MOST_REPEAT
from people.models import User

FIELDS = (
    "title", "owner", "due", "remind_at", "minutes", "contact", "repeat_every", "repeat_unit",
    "note",
)  # fmt: skip


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class TaskForm(forms.Form):
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": ""}),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label=pgettext_lazy("of a task", "Who"), empty_label=None
    )
    due = forms.DateField(label=_("Due"), required=False, widget=date_input())
    remind_at = forms.DateTimeField(
        label=_("Remind"), required=False,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "form-control"}, format="%Y-%m-%dT%H:%M"
        ),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=15
    )
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=_("About whom"), required=False, empty_label="—"
    )
    repeat_every = forms.IntegerField(
        label=_("Repeat every"), min_value=1, max_value=MOST_REPEAT, required=False
    )
    repeat_unit = forms.ChoiceField(label=_("Unit"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args, reader: User, account: Account | None, task: Task | None = None, **kw
    ):
        kw["initial"] = {"owner": reader.pk, **values(task), **kw.get("initial", {})}
        super().__init__(*args, **kw)
        self.fields["owner"].queryset = possible_owners(reader, account).order_by("name", "pk")
        units = [(code, capfirst(str(label))) for code, label in RepeatUnit.choices]
        self.fields["repeat_unit"].choices = [("", _("Does not repeat")), *units]
        if account is None:
            del self.fields["contact"]
        else:
            people = (
                Contact.objects.present()
                .known()
                .filter(positions__in=account.positions.on(timezone.localdate()))
            )
            self.fields["contact"].queryset = people.distinct()

    def clean(self) -> dict:
        data = super().clean()
        if data.get("repeat_every") and not data.get("repeat_unit"):
            self.add_error("repeat_unit", _("Choose days, weeks or months."))
        if data.get("repeat_unit") and not data.get("repeat_every"):
            data["repeat_every"] = 1
        return data


def values(task: Task | None) -> dict:
    """A task's fields as the form holds them."""
    if task is None:
        return {}
    return {name: getattr(task, f"{name}_id", getattr(task, name)) for name in FIELDS}


class GiveForm(forms.Form):
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Give it to"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, reader: User, task: Task, **kwargs):
        super().__init__(*args, initial={"owner": task.owner_id}, **kwargs)
        people = possible_owners(reader, task.account)
        self.fields["owner"].queryset = people.order_by("name", "pk")


class PostponeForm(forms.Form):
    due = forms.DateField(label=_("Until"), widget=date_input())


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
