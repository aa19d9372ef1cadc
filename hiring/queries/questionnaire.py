"""The questionnaire as its makers see it, and what rules propose."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from common import formats
from hiring.choices import CandidacyState, QuestionKind, Verdict
from hiring.models import Answer, Candidacy, CandidateFile, Finding, KnockOut, Question, Vacancy
from hiring.queries.application import Field, choices_of, field_of
from hiring.rules.knockout import OPERATORS
from people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the builder; `preview` is how applicants see it."""

    question: Question
    answers: int
    rules: list[KnockOut]
    preview: Field


def lines(vacancy: Vacancy, *, retired: bool = False) -> list[Line]:
    rows = vacancy.questions.filter(retired_at__isnull=not retired)
    rows = rows.select_related("shown_if").annotate(answered=Count("answers"))
    live = KnockOut.objects.filter(question__vacancy=vacancy, retired_at=None)
    rules: dict[int, list[KnockOut]] = {}
    for rule in live.select_related("reason", "question"):
        rules.setdefault(rule.question_id, []).append(rule)
    return [
        Line(row, row.answered, rules.get(row.pk, []), preview_of(row))
        for row in rows.order_by("position", "pk")
    ]


def preview_of(question: Question) -> Field:
    return field_of(question, [], {})


def shown_value(question: Question, value: object) -> str:
    """An answer, or what a rule compares with, in words."""
    if value in (None, "", []):
        return "—"
    words = choices_of(question)
    if question.kind == QuestionKind.YES_NO:
        return words["yes" if value in (True, "yes") else "no"]
    if question.kind == QuestionKind.DATE:
        return formats.day(dt.date.fromisoformat(value))
    if isinstance(value, list):
        shown = [words.get(str(one), str(one)) for one in value]
        return ", ".join(shown)
    return words.get(str(value), str(value))


def rule_words(rule: KnockOut) -> str:
    """What must hold: "English? is yes"."""
    if rule.operator == "filled":
        return _("“%(question)s” is answered") % {"question": rule.question.label}
    value = rule.value
    if rule.operator == "between":
        return _("“%(question)s” is between %(low)s and %(high)s") % {
            "question": rule.question.label, "low": value[0], "high": value[1],
        }  # fmt: skip
    return _("“%(question)s” %(operator)s %(value)s") % {
        "question": rule.question.label, "operator": OPERATORS[rule.operator],
        "value": shown_value(rule.question, value),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    finding: Finding
    candidacy: Candidacy
    answer: str


@dataclass(slots=True)
class RuleState:
    """A rule with whom it proposes not to take, and what became of earlier proposals."""

    rule: KnockOut
    words: str
    counts: dict[str, int]
    proposals: list[Proposal] = field(default_factory=list)
    audited: list[Proposal] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return formats.number(len(self.proposals))


def rule_states(vacancy: Vacancy, reader: User) -> list[RuleState]:
    """Living rules in the order of their questions, with the people this reader may see."""
    rules = KnockOut.objects.filter(question__vacancy=vacancy, retired_at=None)
    rules = rules.select_related("question", "reason").annotate(
        passes=Count("findings", Q(findings__verdict=Verdict.PASSES)),
        unclear=Count("findings", Q(findings__verdict=Verdict.UNCLEAR)),
        fails=Count("findings", Q(findings__verdict=Verdict.FAILS)),
        upheld=Count("findings", Q(findings__is_upheld=True)),
        kept=Count("findings", Q(findings__is_upheld=False)),
    )
    names = ("passes", "unclear", "fails", "upheld", "kept")
    states = {
        rule.pk: RuleState(rule, rule_words(rule), {name: getattr(rule, name) for name in names})
        for rule in rules
    }
    seen = Candidacy.objects.visible_to(reader).filter(vacancy=vacancy, candidate__isnull=False)
    found = Finding.objects.filter(rule__in=states, candidacy__in=seen.values("pk"))
    open_ = Q(verdict=Verdict.FAILS, decided_at=None, candidacy__state=CandidacyState.ACTIVE)
    drawn = Q(is_audited=True, is_upheld=True)
    found = found.filter(open_ | drawn).select_related("candidacy__candidate", "rule__question")
    values = _values(found)
    for row in found:
        question = row.rule.question
        value = values.get((row.candidacy_id, question.pk))
        proposal = Proposal(row, row.candidacy, shown_value(question, value))
        state = states[row.rule_id]
        (state.audited if row.is_audited else state.proposals).append(proposal)
    return list(states.values())


def _values(found) -> dict[tuple[int, int], object]:
    rows = Answer.objects.filter(candidacy__in={row.candidacy_id for row in found})
    return {(one.candidacy_id, one.question_id): one.value for one in rows}


def answers_of(candidacy: Candidacy, *, with_pay: bool) -> list[dict]:
    """Question, answer in words and, of a file, its key, for the person's card."""
    rows = Answer.objects.filter(candidacy=candidacy).select_related("question")
    rows = rows if with_pay else rows.exclude(question__kind=QuestionKind.MONEY)
    rows = list(rows.order_by("question__position", "pk"))
    keys = [row.value for row in rows if row.question.kind == QuestionKind.FILE]
    names = {str(one.key): one.name for one in CandidateFile.objects.filter(key__in=keys)}
    return [
        {"question": row.question.label, "words": names.get(row.value, "—"), "key": row.value}
        if row.question.kind == QuestionKind.FILE
        else {"question": row.question.label, "words": shown_value(row.question, row.value)}
        for row in rows
    ]
