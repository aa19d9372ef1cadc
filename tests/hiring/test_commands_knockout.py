"""Rules propose, a person decides: no path from a rule to a rejection without somebody's name."""

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.commands import knockout as commands
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import Answer, Candidacy, Finding, KnockOut, Question, RejectReason
from tests.recruiting import make_candidacy, make_question, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast):
    install_reject_reasons()
    return make_question(make_vacancy(), label="Do you speak English?")


def applicant(question: Question, value=None) -> Candidacy:
    candidacy = make_candidacy(question.vacancy, stage="form", applied_at=timezone.now())
    if value is not None:
        Answer.objects.create(candidacy=candidacy, question=question, value=value)
    return candidacy


def rule(actor, question: Question, value: str = "yes") -> KnockOut:
    reason = RejectReason.objects.get(code="language")
    return commands.create_rule(
        actor=actor, question_id=question.pk, operator="is", value=value, reason_id=reason.pk,
        explanation="Talks with customers are in English.",
    )  # fmt: skip


def verdicts(made: KnockOut) -> dict[int, str]:
    return dict(made.findings.values_list("candidacy", "verdict"))


def test_a_new_rule_looks_at_everybody_and_rejects_nobody(cast, question):
    no, yes, silent = applicant(question, False), applicant(question, True), applicant(question)
    made = rule(cast.rita, question)
    assert verdicts(made) == {no.pk: "fails", yes.pk: "passes", silent.pk: "unclear"}
    assert set(Candidacy.objects.values_list("state", flat=True)) == {"active"}


def test_a_changed_rule_looks_again_and_leaves_decisions_alone(cast, question):
    no, other = applicant(question, False), applicant(question, False)
    made = rule(cast.rita, question)
    commands.keep_in(actor=cast.rita, finding_id=made.findings.get(candidacy=no).pk, remark="Why")
    commands.edit_rule(
        actor=cast.rita, rule_id=made.pk, operator="is", value="no",
        reason_id=made.reason_id, explanation="Changed.",
    )  # fmt: skip
    assert verdicts(made) == {no.pk: "fails", other.pk: "passes"}


def test_a_person_confirms_all_at_once_and_five_are_drawn(cast, question):
    people = [applicant(question, False) for _ in range(7)]
    stays = applicant(question, True)
    made = rule(cast.rita, question)
    event = commands.confirm_findings(actor=cast.rita, vacancy_id=question.vacancy_id)
    rows = Candidacy.objects.filter(pk__in=[row.pk for row in people])
    assert set(rows.values_list("state", "ended_by", "reject_reason")) == {
        ("rejected", cast.rita.pk, made.reason_id)
    }
    stays.refresh_from_db()
    assert stays.state == "active" and len(event.data["candidacies"]) == 7
    assert Finding.objects.filter(is_audited=True, decided_by=cast.rita).count() == 5


def test_all_of_it_is_taken_back_with_one_press(cast, question):
    people = [applicant(question, False) for _ in range(3)]
    rule(cast.rita, question)
    event = commands.confirm_findings(actor=cast.rita, vacancy_id=question.vacancy_id)
    commands.undo_confirmation(actor=cast.rita, event_id=event.pk)
    for row in people:
        row.refresh_from_db()
        assert row.state == "active"
    assert not Finding.objects.exclude(decided_at=None).exists()


def test_only_those_selected(cast, question):
    first, second = applicant(question, False), applicant(question, False)
    made = rule(cast.rita, question)
    commands.confirm_findings(
        actor=cast.rita, vacancy_id=question.vacancy_id,
        finding_ids=[made.findings.get(candidacy=first).pk],
    )  # fmt: skip
    second.refresh_from_db()
    assert second.state == "active"


def test_one_that_is_no_proposal_stops_the_whole_selection(cast, question):
    first, passes = applicant(question, False), applicant(question, True)
    made = rule(cast.rita, question)
    ids = [made.findings.get(candidacy=row).pk for row in (first, passes)]
    with pytest.raises(Finding.DoesNotExist):
        commands.confirm_findings(actor=cast.rita, vacancy_id=question.vacancy_id, finding_ids=ids)
    first.refresh_from_db()
    assert first.state == "active"


def test_somebody_kept_in_is_not_proposed_again_and_needs_a_reason(cast, question):
    candidacy = applicant(question, False)
    finding = rule(cast.rita, question).findings.get()
    with pytest.raises(RuleBroken):
        commands.keep_in(actor=cast.rita, finding_id=finding.pk, remark="  ")
    commands.keep_in(actor=cast.rita, finding_id=finding.pk, remark="Speaks it since spring")
    with pytest.raises(RuleBroken):
        commands.confirm_findings(actor=cast.rita, vacancy_id=question.vacancy_id)
    candidacy.refresh_from_db()
    assert candidacy.state == "active"


def test_a_second_look_brings_somebody_back(cast, question):
    candidacy = applicant(question, False)
    finding = rule(cast.rita, question).findings.get()
    commands.confirm_findings(actor=cast.rita, vacancy_id=question.vacancy_id)
    commands.keep_in(actor=cast.rita, finding_id=finding.pk, remark="The rule was unfair")
    candidacy.refresh_from_db()
    finding.refresh_from_db()
    assert candidacy.state == "active" and finding.is_upheld is False


def test_nobody_but_recruiters_makes_or_confirms(cast, question):
    applicant(question, False)
    made = rule(cast.rita, question)
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam):
        with pytest.raises(Question.DoesNotExist):
            rule(user, question)
        with pytest.raises(type(question.vacancy).DoesNotExist):
            commands.confirm_findings(actor=user, vacancy_id=question.vacancy_id)
        with pytest.raises(Finding.DoesNotExist):
            commands.keep_in(actor=user, finding_id=made.findings.get().pk, remark="x")


@pytest.mark.parametrize(
    ("operator", "value", "explanation"),
    [("ge", "2", "x"), ("is", "", "x"), ("is", "yes", " "), ("is", "yes", "Only men under 35")],
)
def test_rules_that_make_no_sense_or_ask_what_is_forbidden(
    cast, question, operator, value, explanation
):
    reason = RejectReason.objects.get(code="language")
    with pytest.raises(RuleBroken):
        commands.create_rule(
            actor=cast.rita, question_id=question.pk, operator=operator, value=value,
            reason_id=reason.pk, explanation=explanation,
        )  # fmt: skip
    assert not KnockOut.objects.exists()


def test_a_retired_rule_proposes_nobody_until_it_is_brought_back(cast, question):
    applicant(question, False)
    made = rule(cast.rita, question)
    commands.retire_rule(actor=cast.rita, rule_id=made.pk)
    assert not Finding.objects.exists()
    commands.retire_rule(actor=cast.rita, rule_id=made.pk, back=True)
    assert Finding.objects.get().verdict == "fails"


def test_the_erased_are_neither_named_nor_in_the_way(cast, question):
    gone, here = applicant(question, False), applicant(question, False)
    rule(cast.rita, question)
    gone.candidate.delete()
    commands.confirm_findings(
        actor=cast.rita, vacancy_id=question.vacancy_id,
        finding_ids=[here.findings.get().pk],
    )  # fmt: skip
    gone.refresh_from_db()
    assert (gone.candidate, gone.state) == (None, "active")
