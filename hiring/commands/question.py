"""The questionnaire of a vacancy: laid out, changed until somebody has answered, then retired."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.ordered import moved, next_place
from hiring.choices import QuestionKind
from hiring.models import Question, Vacancy
from hiring.rules import linter
from hiring.rules.questionnaire import OPENING, WITH_OPTIONS
from people import verbs
from people.commands import record
from people.models import User

MOST = 40
MOST_OPTIONS = 30

verbs.register(
    {
        "vacancy.question_added": gettext_lazy("A question was added"),
        "vacancy.question_changed": gettext_lazy("A question was changed"),
        "vacancy.question_retired": gettext_lazy("A question was retired"),
        "vacancy.question_restored": gettext_lazy("A question was brought back"),
        "vacancy.questions_ordered": gettext_lazy("Questions were put into another order"),
        "vacancy.questions_copied": gettext_lazy("Questions were copied from another vacancy"),
    }
)


def _tidy(texts: Mapping[str, str], most: int) -> dict[str, str]:
    known = dict(settings.LANGUAGES)
    found = {code: " ".join(text.replace("\x00", "").split()) for code, text in texts.items()}
    if any(len(text) > most for text in found.values()):
        raise RuleBroken(_("This text is longer than %(most)s signs.") % {"most": most})
    return {code: text for code, text in found.items() if text and code in known}


def _options(kind: str, given: Iterable[Mapping[str, Any]], before: list[dict]) -> list[dict]:
    """[{"code", "names"}]: an option keeps its code while it keeps its place in the list."""
    if kind not in WITH_OPTIONS:
        return []
    found = [names for names in (_tidy(one, 200) for one in given) if names]
    if not 2 <= len(found) <= MOST_OPTIONS:
        raise RuleBroken(_("Offer between two and thirty answers to choose from."))
    used = {one["code"] for one in before}
    fresh = (f"o{number}" for number in range(1, 1000) if f"o{number}" not in used)
    codes = [one["code"] for one in before]
    return [
        {"code": codes[place] if place < len(codes) else next(fresh), "names": names}
        for place, names in enumerate(found)
    ]


def _fields(
    vacancy: Vacancy, question: Question | None, kind: str, labels, helps, options, is_required,
    shown_if_id, shown_if_value,
) -> dict:  # fmt: skip
    if kind not in QuestionKind.values:
        raise RuleBroken(_("Choose the kind of the question."))
    fields = {
        "kind": kind, "labels": _tidy(labels, 300), "helps": _tidy(helps, 600),
        "options": _options(kind, options, question.options if question else []),
        "is_required": bool(is_required), "shown_if_id": None, "shown_if_value": "",
    }  # fmt: skip
    if not fields["labels"]:
        raise RuleBroken(_("Write the question in at least one language."))
    if shown_if_id:
        fields |= _condition(vacancy, question, int(shown_if_id), shown_if_value)
    lint_question(fields)
    return fields


def lint_question(fields: Mapping[str, Any]) -> None:
    """RuleBroken, with what to write instead, for what nobody may be asked."""
    names = dict(settings.LANGUAGES)
    texts = [*fields["labels"].items(), *fields["helps"].items()]
    for option in fields["options"]:
        texts += option["names"].items()
    places = [linter.Place(str(names.get(code, code)), code, text) for code, text in texts]
    found = linter.findings(places)
    if found:
        raise RuleBroken(f"{found[0].sentence} {found[0].instead}")


def _condition(vacancy: Vacancy, question: Question | None, parent_id: int, value: str) -> dict:
    parent = vacancy.questions.filter(pk=parent_id, retired_at=None).first()
    if parent is None or parent.kind not in OPENING:
        raise RuleBroken(_("Only an answer that is chosen can open another question."))
    if question and (parent.pk == question.pk or _leads_to(parent, question.pk)):
        raise RuleBroken(_("The two questions would wait for each other."))
    if value not in parent.answer_codes:
        raise RuleBroken(_("Choose the answer after which it is asked."))
    return {"shown_if_id": parent.pk, "shown_if_value": value}


def _leads_to(question: Question, number: int) -> bool:
    seen = set()
    while question.shown_if_id and question.pk not in seen:
        seen.add(question.pk)
        if question.shown_if_id == number:
            return True
        question = question.shown_if
    return False


@transaction.atomic
def create_question(
    *, actor: User, vacancy_id: int, kind: str, labels: Mapping[str, str],
    helps: Mapping[str, str] | None = None, options: Iterable[Mapping[str, str]] = (),
    is_required: bool = False, shown_if_id: int | None = None, shown_if_value: str = "",
) -> Question:  # fmt: skip
    """At the foot of the form. `options`: a mapping of languages to words for each."""
    vacancy = Vacancy.objects.editable_by(actor).select_for_update().get(pk=vacancy_id)
    live = vacancy.questions.filter(retired_at=None)
    if live.count() >= MOST:
        raise RuleBroken(_("A form has at most forty questions; nobody answers more."))
    fields = _fields(
        vacancy, None, kind, labels, helps or {}, options, is_required, shown_if_id, shown_if_value
    )
    question = Question.objects.create(
        vacancy=vacancy, position=next_place(vacancy.questions.all()), **fields
    )
    record(actor=actor, verb="vacancy.question_added", target=vacancy, question=question.pk)
    return question


def locked(actor: User, question_id: int) -> Question:
    rows = Question.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related("vacancy").get(pk=question_id)


@transaction.atomic
def edit_question(
    *, actor: User, question_id: int, version: int, kind: str, labels: Mapping[str, str],
    helps: Mapping[str, str] | None = None, options: Iterable[Mapping[str, str]] = (),
    is_required: bool = False, shown_if_id: int | None = None, shown_if_value: str = "",
) -> Question:  # fmt: skip
    """Change it in place; once answered it is retired and a new one stands where it stood.

    Answers given so keep the very question they were given to.
    """
    question = locked(actor, question_id)
    if question.version != version or question.retired_at:
        raise RuleBroken(_("Somebody else has changed this question meanwhile; look once more."))
    fields = _fields(
        question.vacancy, question, kind, labels, helps or {}, options, is_required, shown_if_id,
        shown_if_value,
    )  # fmt: skip
    if all(getattr(question, name) == value for name, value in fields.items()):
        return question
    if question.answers.exists():
        fresh = Question.objects.create(
            vacancy=question.vacancy, position=question.position, **fields
        )
        question.opens.filter(retired_at=None).update(shown_if=fresh)
        question.retired_at = timezone.now()
        question.save(update_fields=["retired_at"])
        question.knock_outs.filter(retired_at=None).update(retired_at=question.retired_at)
        question = fresh
    else:
        for name, value in fields.items():
            setattr(question, name, value)
        question.version += 1
        question.save(update_fields=[*fields, "version"])
    record(
        actor=actor, verb="vacancy.question_changed", target=question.vacancy, question=question.pk
    )
    return question


@transaction.atomic
def retire_question(*, actor: User, question_id: int, back: bool = False) -> Question:
    """No longer asked, or asked again; answers stay. Questions it opens wait with it."""
    question = locked(actor, question_id)
    question.retired_at = None if back else timezone.now()
    question.save(update_fields=["retired_at"])
    verb = "vacancy.question_restored" if back else "vacancy.question_retired"
    record(actor=actor, verb=verb, target=question.vacancy, question=question.pk)
    return question


@transaction.atomic
def order_questions(*, actor: User, vacancy_id: int, question_ids: Iterable[int]) -> Vacancy:
    """The order of the living ones; Question.DoesNotExist when it names another set."""
    vacancy = Vacancy.objects.editable_by(actor).select_for_update().get(pk=vacancy_id)
    wanted = list(question_ids)
    rows = {row.pk: row for row in vacancy.questions.filter(retired_at=None)}
    if set(wanted) != set(rows) or len(wanted) != len(rows):
        raise Question.DoesNotExist
    for place, number in enumerate(wanted):
        rows[number].position = place
    Question.objects.bulk_update(rows.values(), ["position"])
    record(actor=actor, verb="vacancy.questions_ordered", target=vacancy)
    return vacancy


def move_question(*, actor: User, question_id: int, by: int) -> Vacancy:
    """One place up (-1) or down (1), for those who do not drag."""
    question = Question.objects.editable_by(actor).get(pk=question_id, retired_at=None)
    live = question.vacancy.questions.filter(retired_at=None).order_by("position", "pk")
    order = moved(list(live.values_list("pk", flat=True)), question.pk, by)
    return order_questions(actor=actor, vacancy_id=question.vacancy_id, question_ids=order)


@transaction.atomic
def copy_questions(*, actor: User, vacancy_id: int, source_id: int) -> list[Question]:
    """The living questions of another vacancy at the foot of this one, their conditions kept."""
    vacancy = Vacancy.objects.editable_by(actor).select_for_update().get(pk=vacancy_id)
    source = Vacancy.objects.editable_by(actor).get(pk=source_id)
    rows = list(source.questions.filter(retired_at=None).order_by("position", "pk"))
    if source.pk == vacancy.pk or not rows:
        raise RuleBroken(_("There is nothing to copy."))
    if vacancy.questions.filter(retired_at=None).count() + len(rows) > MOST:
        raise RuleBroken(_("A form has at most forty questions; nobody answers more."))
    begin = next_place(vacancy.questions.all())
    made: dict[int, Question] = {}
    for place, row in enumerate(rows):
        made[row.pk] = Question.objects.create(
            vacancy=vacancy, kind=row.kind, labels=row.labels, helps=row.helps,
            options=row.options, is_required=row.is_required, position=begin + place,
            shown_if_value=row.shown_if_value if row.shown_if_id else "",
        )  # fmt: skip
    for row in rows:
        if row.shown_if_id in made:
            made[row.pk].shown_if = made[row.shown_if_id]
            made[row.pk].save(update_fields=["shown_if"])
    record(actor=actor, verb="vacancy.questions_copied", target=vacancy, source=source.pk)
    return list(made.values())
