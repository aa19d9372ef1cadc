"""Shapes of the questionnaire builder: a question in four languages, and a rule over its answer."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hiring.choices import QuestionKind
from hiring.models import KnockOut, Question, RejectReason, Vacancy
from hiring.queries.application import choices_of
from hiring.rules.knockout import FITTING, NUMBERS, OPERATORS
from hiring.rules.questionnaire import OPENING

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class QuestionForm(forms.Form):
    """`options_<language>`: an answer a line, the same line in each language."""

    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    shown_if = forms.ChoiceField(label=_("Asked only after"), required=False)

    def __init__(
        self, *args: Any, vacancy: Vacancy, question: Question | None = None, **kwargs: Any
    ) -> None:
        self.question = question
        if question is not None:
            kwargs["initial"] = self.values_of(question) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            wide = {"rows": 2}
            self.fields[f"label_{code}"] = forms.CharField(
                label=name, max_length=300, required=False
            )
            self.fields[f"help_{code}"] = forms.CharField(
                label=name, max_length=600, required=False, widget=forms.Textarea(wide)
            )
            self.fields[f"options_{code}"] = forms.CharField(
                label=name, max_length=6000, required=False, widget=forms.Textarea({"rows": 5})
            )
        self.fields["shown_if"].choices = [("", _("always asked")), *self._conditions(vacancy)]

    def _conditions(self, vacancy: Vacancy) -> list[tuple[str, str]]:
        rows = vacancy.questions.filter(retired_at=None, kind__in=OPENING)
        rows = rows.exclude(pk=self.question.pk) if self.question else rows
        return [
            (f"{row.pk}:{code}", f"{row.label}: {choices_of(row).get(code, code)}")
            for row in rows
            for code in row.answer_codes
        ]

    @staticmethod
    def values_of(question: Question) -> dict[str, Any]:
        values: dict[str, Any] = {"kind": question.kind, "is_required": question.is_required}
        if question.shown_if_id:
            values["shown_if"] = f"{question.shown_if_id}:{question.shown_if_value}"
        for code in LANGUAGES:
            values[f"label_{code}"] = question.labels.get(code, "")
            values[f"help_{code}"] = question.helps.get(code, "")
            names = [option["names"].get(code, "") for option in question.options]
            values[f"options_{code}"] = "\n".join(names) if any(names) else ""
        return values

    def languages(self) -> list[dict]:
        """The fields of each language together, as the page shows them."""
        return [
            {"code": code, "name": name, "label": self[f"label_{code}"],
             "help": self[f"help_{code}"], "options": self[f"options_{code}"]}
            for code, name in settings.LANGUAGES
        ]  # fmt: skip

    def fields_given(self) -> dict[str, Any]:
        """What hiring.commands.question takes."""
        data = self.cleaned_data
        parent, _colon, value = data["shown_if"].partition(":")
        lines = {
            code: [line.strip() for line in data[f"options_{code}"].splitlines()]
            for code in LANGUAGES
        }
        longest = max(map(len, lines.values()))
        options = [
            {code: found[place] for code, found in lines.items() if place < len(found)}
            for place in range(longest)
        ]
        return {
            "kind": data["kind"],
            "labels": {code: data[f"label_{code}"] for code in LANGUAGES},
            "helps": {code: data[f"help_{code}"] for code in LANGUAGES},
            "options": options,
            "is_required": data["is_required"],
            "shown_if_id": int(parent) if parent else None,
            "shown_if_value": value,
        }


class RuleForm(forms.Form):
    """What must hold for the answer; `value` fits the kind of the question."""

    operator = forms.ChoiceField(label=_("The answer"))
    value_to = forms.CharField(label=_("and"), max_length=30, required=False)
    reason = forms.ModelChoiceField(
        RejectReason.objects.filter(by_candidate=False), label=_("Reason when confirmed")
    )
    explanation = forms.CharField(
        label=_("Why this rule"), max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self, *args: Any, question: Question, rule: KnockOut | None = None, **kwargs: Any
    ) -> None:
        self.question = question
        if rule is not None:
            pair = rule.value if rule.operator == "between" else [rule.value, ""]
            kwargs["initial"] = {
                "operator": rule.operator, "value": pair[0], "value_to": pair[1],
                "reason": rule.reason_id, "explanation": rule.explanation,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        codes = FITTING[question.kind]
        self.fields["operator"].choices = [(code, OPERATORS[code]) for code in codes]
        self.fields["value"] = self._value_field(codes)
        if "between" not in codes:
            del self.fields["value_to"]
        self.order_fields(["operator", "value", "value_to", "reason", "explanation"])

    def _value_field(self, codes: tuple[str, ...]) -> forms.Field:
        kind, label = self.question.kind, _("this")
        if codes == ("filled",):
            return forms.CharField(required=False, widget=forms.HiddenInput)
        if kind in NUMBERS:
            return forms.DecimalField(label=label)
        if kind == QuestionKind.DATE:
            day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(label=label, widget=day)
        choices = list(choices_of(self.question).items())
        if "in" in codes:
            return forms.MultipleChoiceField(
                label=label, choices=choices, widget=forms.CheckboxSelectMultiple
            )
        return forms.ChoiceField(label=label, choices=choices)

    def clean_value_to(self) -> str:
        text = self.cleaned_data["value_to"].strip().replace(",", ".")
        try:
            return text and str(forms.DecimalField().clean(text))
        except forms.ValidationError as error:
            raise forms.ValidationError(_("Write a number in digits.")) from error

    def value_given(self) -> Any:
        """As hiring.rules.knockout reads it."""
        data = self.cleaned_data
        operator, value = data["operator"], data["value"]
        if operator == "filled":
            return None
        if operator == "between":
            return [str(value), data["value_to"]]
        if isinstance(value, list):
            return value if operator == "in" else value[0]
        return value.isoformat() if self.question.kind == QuestionKind.DATE else str(value)
