"""Rules that propose whom not to take, and the person who decides. No rule ends a candidacy."""

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState, Verdict
from hiring.commands.candidacy import end_candidacy, reopen_candidacy
from hiring.models import Answer, Candidacy, Finding, KnockOut, Question, RejectReason, Vacancy
from hiring.rules import knockout as rules
from hiring.rules import linter
from people import verbs
from people.commands import record
from people.models import Event, User

AUDITED = 5


def _confirmed(data: dict) -> str:
    number = len(data.get("findings", ()))
    words = ngettext("%(number)s proposal confirmed", "%(number)s proposals confirmed", number)
    return words % {"number": formats.number(number)}


verbs.register(
    {
        "vacancy.rule_made": gettext_lazy("A knock-out rule was added"),
        "vacancy.rule_changed": gettext_lazy("A knock-out rule was changed"),
        "vacancy.rule_retired": gettext_lazy("A knock-out rule was retired"),
        "vacancy.rule_restored": gettext_lazy("A knock-out rule was brought back"),
        "vacancy.findings_confirmed": _confirmed,
        "vacancy.findings_undone": gettext_lazy("A confirmation of proposals was taken back"),
        "candidacy.kept_in": gettext_lazy("Stays in although a rule proposed otherwise"),
    }
)


def _question(actor: User, question_id: int) -> Question:
    rows = Question.objects.editable_by(actor).select_related("vacancy")
    return rows.get(pk=question_id, retired_at=None)


def _check(question: Question, operator: str, value: Any, reason_id: int, explanation: str) -> None:
    """RuleBroken unless the rule makes sense and asks for nothing the law forbids."""
    if not rules.fits(question.kind, operator):
        raise RuleBroken(_("This comparison does not fit the question."))
    if operator != "filled" and value in (None, "", [], ["", ""]):
        raise RuleBroken(_("Say what the answer is compared with."))
    if not RejectReason.objects.filter(pk=reason_id, by_candidate=False).exists():
        raise RuleBroken(_("Choose the reason people are given when the proposal is confirmed."))
    if not explanation.strip():
        raise RuleBroken(_("Say why this rule is there: whoever confirms reads it."))
    texts = [explanation, *question.labels.values()]
    if question.kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        for option in question.options:
            if option["code"] in chosen:
                texts += option["names"].values()
    found = linter.findings([linter.Place(_("Rule"), "", text) for text in texts])
    if found:
        raise RuleBroken(f"{found[0].sentence} {found[0].instead}")


@transaction.atomic
def create_rule(
    *, actor: User, question_id: int, operator: str, value: Any, reason_id: int, explanation: str
) -> KnockOut:
    """What must hold for an answer; everybody who has applied is looked at once more."""
    question = _question(actor, question_id)
    _check(question, operator, value, reason_id, explanation)
    rule = KnockOut.objects.create(
        question=question, operator=operator, value=value, reason_id=reason_id,
        explanation=explanation.strip()[:300],
    )  # fmt: skip
    record(actor=actor, verb="vacancy.rule_made", target=question.vacancy, rule=rule.pk)
    judge_all(rule=rule)
    return rule


def locked_rule(actor: User, rule_id: int) -> KnockOut:
    """KnockOut.DoesNotExist when it is not the actor's to change."""
    rows = KnockOut.objects.filter(question__in=Question.objects.editable_by(actor).values("pk"))
    return rows.select_for_update(of=("self",)).select_related("question__vacancy").get(pk=rule_id)


@transaction.atomic
def edit_rule(
    *, actor: User, rule_id: int, operator: str, value: Any, reason_id: int, explanation: str
) -> KnockOut:
    """Changed, and everybody looked at anew; what a person has decided stays decided."""
    rule = locked_rule(actor, rule_id)
    _check(rule.question, operator, value, reason_id, explanation)
    rule.operator, rule.value, rule.reason_id = operator, value, reason_id
    rule.explanation = explanation.strip()[:300]
    rule.version += 1
    rule.save(update_fields=["operator", "value", "reason", "explanation", "version"])
    record(actor=actor, verb="vacancy.rule_changed", target=rule.question.vacancy, rule=rule.pk)
    judge_all(rule=rule)
    return rule


@transaction.atomic
def retire_rule(*, actor: User, rule_id: int, back: bool = False) -> KnockOut:
    """Its open proposals go; confirmed ones stay. `back`: it works again."""
    rule = locked_rule(actor, rule_id)
    rule.retired_at = None if back else timezone.now()
    rule.save(update_fields=["retired_at"])
    verb = "vacancy.rule_restored" if back else "vacancy.rule_retired"
    record(actor=actor, verb=verb, target=rule.question.vacancy, rule=rule.pk)
    if back:
        judge_all(rule=rule)
    else:
        rule.findings.filter(decided_at=None).delete()
    return rule


def judge(*, candidacy: Candidacy, now: dt.datetime | None = None) -> list[Finding]:
    """What every living rule of the vacancy finds for this application."""
    live = KnockOut.objects.filter(question__vacancy=candidacy.vacancy_id, retired_at=None)
    answers = dict(Answer.objects.filter(candidacy=candidacy).values_list("question", "value"))
    return [
        _find(rule, candidacy.pk, answers.get(rule.question_id), now or timezone.now())
        for rule in live.select_related("question")
    ]


def judge_all(*, rule: KnockOut, now: dt.datetime | None = None) -> int:
    """The same for everybody who has applied and is under way; how many were looked at."""
    applied = Candidacy.objects.active().filter(
        vacancy=rule.question.vacancy_id, applied_at__isnull=False
    )
    numbers = list(applied.values_list("pk", flat=True))
    answers = dict(
        Answer.objects.filter(question=rule.question_id).values_list("candidacy", "value")
    )
    for number in numbers:
        _find(rule, number, answers.get(number), now or timezone.now())
    return len(numbers)


def _find(rule: KnockOut, candidacy_id: int, value: Any, now: dt.datetime) -> Finding:
    found = rules.verdict(rule.question.kind, rule.operator, rule.value, value)
    finding, made = Finding.objects.get_or_create(
        rule=rule, candidacy_id=candidacy_id, defaults={"verdict": found, "found_at": now}
    )
    if not made and finding.decided_at is None and finding.verdict != found:
        finding.verdict, finding.found_at = found, now
        finding.save(update_fields=["verdict", "found_at"])
    return finding


def _open(actor: User, vacancy_id: int, finding_ids: Iterable[int] | None) -> list[Finding]:
    """Proposals that wait, those named or all; Finding.DoesNotExist when one is not there."""
    seen = Candidacy.objects.editable_by(actor).filter(vacancy=vacancy_id).active()
    rows = Finding.objects.filter(
        verdict=Verdict.FAILS, decided_at=None, candidacy__in=seen.values("pk"),
        rule__retired_at=None,
    ).select_related("rule", "candidacy")  # fmt: skip
    if finding_ids is None:
        return list(rows)
    ids = set(finding_ids)
    found = list(rows.filter(pk__in=ids))
    if len(found) != len(ids):
        raise Finding.DoesNotExist
    return found


@transaction.atomic
def confirm_findings(
    *,
    actor: User,
    vacancy_id: int,
    finding_ids: Iterable[int] | None = None,
    rule_id: int | None = None,
) -> Event:
    """A person rejects whom rules proposed: all or none, with each rule's reason.

    Five of them are drawn for a second look. The event takes it back (undo_confirmation).
    """
    vacancy = Vacancy.objects.editable_by(actor).get(pk=vacancy_id)
    found = _open(actor, vacancy_id, finding_ids)
    found = [row for row in found if rule_id in (None, row.rule_id)]
    if not found:
        raise RuleBroken(_("Nobody waits for a decision here any more."))
    now, ended = timezone.now(), []
    for finding in found:
        if finding.candidacy_id not in ended:
            end_candidacy(
                actor=actor, candidacy_id=finding.candidacy_id, state=CandidacyState.REJECTED,
                reason_id=finding.rule.reason_id,
            )  # fmt: skip
            ended.append(finding.candidacy_id)
    rows = Finding.objects.filter(pk__in=[finding.pk for finding in found])
    rows.update(decided_by=actor, decided_at=now, is_upheld=True, is_audited=False)
    drawn = random.sample([finding.pk for finding in found], min(AUDITED, len(found)))
    Finding.objects.filter(pk__in=drawn).update(is_audited=True)
    return record(
        actor=actor, verb="vacancy.findings_confirmed", target=vacancy,
        findings=[finding.pk for finding in found], candidacies=ended,
    )  # fmt: skip


@transaction.atomic
def undo_confirmation(*, actor: User, event_id: int) -> Vacancy:
    """Those rejected by this confirmation are under way again, their proposals open."""
    event = Event.objects.get(pk=event_id, actor=actor, verb="vacancy.findings_confirmed")
    vacancy = Vacancy.objects.editable_by(actor).get(pk=event.target_id)
    seen = Candidacy.objects.editable_by(actor).filter(pk__in=event.data["candidacies"])
    still = seen.filter(state=CandidacyState.REJECTED, candidate__isnull=False)
    for number in still.values_list("pk", flat=True):
        reopen_candidacy(actor=actor, candidacy_id=number)
    Finding.objects.filter(pk__in=event.data["findings"]).update(
        decided_by=None, decided_at=None, is_upheld=None, is_audited=False
    )
    record(actor=actor, verb="vacancy.findings_undone", target=vacancy, confirmed=event.pk)
    return vacancy


@transaction.atomic
def keep_in(*, actor: User, finding_id: int, remark: str) -> Finding:
    """The rule does not do this person justice: they stay, with a reason.

    One that was confirmed already is taken back, and the candidacy opened again.
    """
    seen = Candidacy.objects.editable_by(actor).filter(candidate__isnull=False)
    finding = (
        Finding.objects.filter(candidacy__in=seen.values("pk"))
        .select_for_update(of=("self",))
        .select_related("candidacy")
        .get(pk=finding_id)
    )
    words = " ".join(remark.replace("\x00", "").split())[:300]
    if not words:
        raise RuleBroken(_("Say why this person stays in."))
    finding.decided_by, finding.decided_at = actor, timezone.now()
    finding.is_upheld, finding.remark = False, words
    finding.save(update_fields=["decided_by", "decided_at", "is_upheld", "remark"])
    candidacy = finding.candidacy
    if candidacy.state == CandidacyState.REJECTED:
        reopen_candidacy(actor=actor, candidacy_id=candidacy.pk)
    record(actor=actor, verb="candidacy.kept_in", target=candidacy, rule=finding.rule_id)
    return finding
