"""The public form as it is drawn: what is asked, what was typed, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from common import reaching
from common.i18n import pick
from hiring.choices import QuestionKind
from hiring.models import Draft, Question, Vacancy
from hiring.queries.candidate_duplicates import region_of
from hiring.rules.application import Person
from hiring.rules.questionnaire import SCALE, Unfit, asked, read

LONGEST_REACH = {"email": 200, "phone": 40}


@dataclass(slots=True)
class Choice:
    code: str
    label: str
    is_chosen: bool = False


@dataclass(slots=True)
class Field:
    """A question as the page draws it; `typed` as it came, right or wrong."""

    name: str
    kind: str
    label: str
    help: str = ""
    is_required: bool = False
    typed: str = ""
    choices: list[Choice] = field(default_factory=list)
    file: str = ""
    error: str = ""
    after: str = ""
    after_value: str = ""
    after_words: str = ""

    @property
    def is_group(self) -> bool:
        """Several inputs under one legend."""
        return bool(self.choices)


@dataclass(slots=True)
class Application:
    """A filled form: fields to draw, and, when nothing is wrong, who applies with which answers."""

    person: dict[str, Field]
    fields: list[Field]
    values: dict[int, Any]

    @property
    def errors(self) -> list[Field]:
        return [one for one in (*self.person.values(), *self.fields) if one.error]

    def who(self) -> Person:
        return Person(**{name: one.typed for name, one in self.person.items()})


def questions_of(vacancy: Vacancy) -> list[Question]:
    """Those that are asked today, in their order."""
    rows = vacancy.questions.filter(retired_at=None).select_related("shown_if")
    return list(rows.order_by("position", "pk"))


def application(vacancy: Vacancy, draft: Draft | None, *, check: bool = False) -> Application:
    """The form with what the draft holds; `check` looks for what is wrong or missing."""
    typed = draft.values if draft else {}
    files = {one.field: one.name for one in draft.files.all()} if draft and draft.pk else {}
    questions = questions_of(vacancy)
    fields, values = {}, {}
    for question in questions:
        one = field_of(question, typed.get(f"q{question.pk}", []), files)
        fields[question.pk] = one
        try:
            values[question.pk] = _value(question, typed, files)
        except Unfit as unfit:
            values[question.pk] = None
            one.error = str(unfit) if check else ""
    shown = {question.pk for question in asked(questions, values)}
    for question in questions:
        one = fields[question.pk]
        if question.pk not in shown:
            one.error, values[question.pk] = "", None
        elif check and question.is_required and values[question.pk] is None and not one.error:
            one.error = _("Answer this question.")
    answers = {number: value for number, value in values.items() if value is not None}
    return Application(_person(typed, vacancy, check), list(fields.values()), answers)


def _value(question: Question, typed: Mapping[str, Any], files: Mapping[str, str]) -> Any:
    name = f"q{question.pk}"
    if question.kind == QuestionKind.FILE:
        return files.get(name)
    codes = [option["code"] for option in question.options]
    return read(question.kind, typed.get(name, []), codes)


def field_of(question: Question, typed: list[str], files: Mapping[str, str]) -> Field:
    """A question as it is drawn with what was typed."""
    one = Field(
        name=f"q{question.pk}", kind=question.kind, label=question.label, help=question.help,
        is_required=question.is_required, typed=typed[0] if typed else "",
        file=files.get(f"q{question.pk}", ""),
    )  # fmt: skip
    one.choices = [
        Choice(code, label, code in typed) for code, label in choices_of(question).items()
    ]
    parent = question.shown_if
    if parent and parent.retired_at is None:
        one.after, one.after_value = f"q{parent.pk}", question.shown_if_value
        answer = choices_of(parent).get(question.shown_if_value, "")
        one.after_words = _("Only if you answered “%(answer)s” to “%(question)s”.") % {
            "answer": answer, "question": parent.label,
        }  # fmt: skip
    return one


def choices_of(question: Question) -> dict[str, str]:
    """Codes and words of what can be chosen, in the reader's language."""
    if question.kind == QuestionKind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}
    if question.kind == QuestionKind.SCALE:
        return {code: code for code in SCALE}
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        return {option["code"]: pick(option["names"]) for option in question.options}
    return {}


def _person(typed: Mapping[str, Any], vacancy: Vacancy, check: bool) -> dict[str, Field]:
    """Four things and no more: see docs/security.md on what is never asked."""
    labels = {
        "name": _("Your name"), "email": _("E-mail"), "phone": _("Phone"), "city": _("City"),
    }  # fmt: skip
    found = {
        name: Field(name, name, label, is_required=name in ("name", "email"),
                    typed=str(typed.get(name, ""))[:300])
        for name, label in labels.items()
    }  # fmt: skip
    if check:
        _check_person(found, region_of(vacancy.country))
    return found


def _check_person(found: dict[str, Field], region: str) -> None:
    if not found["name"].typed:
        found["name"].error = _("Write your name.")
    elif len(found["name"].typed) > 160:
        found["name"].error = _("Write a shorter name.")
    wrong = {
        "email": _("Write an e-mail address such as name@example.org."),
        "phone": _("Write the number with its country code, such as +7 913 123-45-67."),
    }
    for kind, words in wrong.items():
        text = found[kind].typed
        try:
            if text or kind == "email":
                reaching.reach(kind, text, region)
            is_fit = len(text) <= LONGEST_REACH[kind]
        except reaching.Unfit:
            is_fit = False
        if not is_fit:
            found[kind].error = words
    if len(found["city"].typed) > 80:
        found["city"].error = _("Write a shorter name of the city.")
