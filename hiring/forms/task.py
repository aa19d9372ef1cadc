from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.choices import ExerciseKind, TaskPlace
from hiring.models import TestTaskVersion
from people.models import Company, User

LOCAL = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class TextsForm(forms.Form):
    """Task and guide in each language; the task in the company's own must be there."""

    def __init__(self, *args, version: TestTaskVersion | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_language = Company.current().language
        for code, _name in settings.LANGUAGES:
            for part, label in (("text", _("Task")), ("guide", _("How it is graded"))):
                written = getattr(version, f"{part}s", {}) if version else {}
                self.fields[f"{part}_{code}"] = forms.CharField(
                    label=label, max_length=8000, initial=written.get(code, ""),
                    required=part == "text" and code == self.own_language,
                    widget=forms.Textarea({"rows": 6 if part == "text" else 4, "lang": code}),
                )  # fmt: skip

    def languages(self) -> list[dict]:
        """A language with its two fields, the company's own first; others fold while empty."""
        rows = [
            {"code": code, "name": name, "fields": (self[f"text_{code}"], self[f"guide_{code}"])}
            for code, name in settings.LANGUAGES
        ]
        for row in rows:
            row["is_open"] = row["code"] == self.own_language or any(
                field.errors for field in row["fields"]
            )
            row["is_written"] = bool(row["fields"][0].value())
        return sorted(rows, key=lambda row: row["code"] != self.own_language)

    def written(self, part: str) -> dict[str, str]:
        """By language: those that were filled in."""
        found = {code: self.cleaned_data[f"{part}_{code}"] for code, _name in settings.LANGUAGES}
        return {code: text for code, text in found.items() if text.strip()}


class TaskForm(TextsForm):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=ExerciseKind.choices)
    place = forms.ChoiceField(label=_("Where"), choices=TaskPlace.choices, initial="home")
    hours = forms.IntegerField(
        label=_("Hours to hand it in"), min_value=1, max_value=720, initial=72
    )
    minutes = forms.IntegerField(
        label=_("Minutes in the room"), min_value=1, max_value=240, initial=20
    )


class SendForm(forms.Form):
    version = forms.ModelChoiceField(TestTaskVersion.objects.none(), label=_("Test task"))
    due_at = forms.DateTimeField(
        label=_("Due"), required=False, widget=LOCAL,
        help_text=_("Empty: as many hours as the task says. The candidate reads it in their zone."),
    )  # fmt: skip

    def __init__(self, *args, versions: list[TestTaskVersion], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        field.queryset = TestTaskVersion.objects.filter(pk__in=[row.pk for row in versions])
        field.label_from_instance = lambda row: f"{row.task.name}, {row.number}"


class ExtendForm(forms.Form):
    due_at = forms.DateTimeField(label=_("Due"), widget=LOCAL)


class GradersForm(forms.Form):
    raters = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Graders"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, graders: QuerySet[User], is_third: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_third:  # one of them, not two
            self.fields["raters"].widget = forms.RadioSelect()
        self.fields["raters"].queryset = graders
