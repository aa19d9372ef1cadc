"""Proposals over HTTP: a list, one press, a way back, and no names without a right."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring.commands.knockout import judge
from hiring.models import Answer, Candidacy, Finding, KnockOut
from people.models import Event
from tests.recruiting import make_candidacy, make_candidate, make_question, make_rule, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(cast):
    return make_rule(make_question(make_vacancy(), label="English?"))


def applicant(rule: KnockOut, name: str = "Olga Kim") -> Candidacy:
    candidacy = make_candidacy(
        rule.question.vacancy, make_candidate(name), stage="form", applied_at=timezone.now()
    )
    Answer.objects.create(candidacy=candidacy, question=rule.question, value=False)
    judge(candidacy=candidacy)
    return candidacy


def url(name: str, *args) -> str:
    return reverse(f"hiring:{name}", args=args)


def test_the_list_says_who_why_and_what_they_answered(cast, rule, reader):
    applicant(rule)
    page = reader(cast.rita).get(url("knock_outs_page", rule.question.vacancy_id)).content.decode()
    assert "Olga Kim" in page and "The work needs it." in page and "1 fails: reject" in page


def test_a_director_sees_figures_and_no_names_of_people_not_shortlisted(cast, rule, reader):
    applicant(rule)
    page = reader(cast.dora).get(url("knock_outs_page", rule.question.vacancy_id)).content.decode()
    assert "1 fails" in page and "Olga Kim" not in page


def test_confirmed_in_one_press_and_taken_back(cast, rule, reader):
    people, client = [applicant(rule, f"Name {n}") for n in range(3)], reader(cast.rita)
    confirm = url("findings_confirm", rule.question.vacancy_id)
    page = client.post(confirm, {"all": "1", "rule": rule.pk}, follow=True).content.decode()
    assert "3 people rejected." in page
    assert Candidacy.objects.filter(state="rejected", ended_by=cast.rita).count() == 3
    event = Event.objects.get(verb="vacancy.findings_confirmed")
    assert client.post(url("findings_undo", event.pk)).status_code == 302
    states = Candidacy.objects.filter(pk__in=[row.pk for row in people])
    assert set(states.values_list("state", flat=True)) == {"active"}


def test_nobody_selected_is_nobody_rejected(cast, rule, reader):
    applicant(rule)
    reader(cast.rita).post(url("findings_confirm", rule.question.vacancy_id), {"rule": rule.pk})
    assert not Candidacy.objects.filter(state="rejected").exists()


def test_a_proposal_of_another_vacancy_is_not_found(cast, rule, reader):
    applicant(rule)
    other = make_vacancy()
    ids = {"ids": [Finding.objects.get().pk]}
    assert reader(cast.rita).post(url("findings_confirm", other.pk), ids).status_code == 404


def test_kept_in_with_a_reason(cast, rule, reader):
    applicant(rule)
    keep, client = url("finding_keep", Finding.objects.get().pk), reader(cast.rita)
    client.post(keep, {"remark": ""})
    assert Finding.objects.get().decided_at is None
    client.post(keep, {"remark": "Speaks it well"})
    assert Finding.objects.get().is_upheld is False


def test_a_rule_is_made_for_each_kind_of_answer(cast, rule, reader):
    client, vacancy = reader(cast.rita), rule.question.vacancy
    options = [{"code": "o1", "names": {"en": "A"}}, {"code": "o2", "names": {"en": "B"}}]
    given = {
        "number": ({"operator": "between", "value": "1", "value_to": "3"}, ["1", "3"]),
        "money": ({"operator": "le", "value": "100"}, "100"),
        "scale": ({"operator": "ge", "value": "3"}, "3"),
        "choice": ({"operator": "in", "value": ["o1", "o2"]}, ["o1", "o2"]),
        "choices": ({"operator": "has", "value": "o2"}, "o2"),
        "date": ({"operator": "before", "value": "2026-12-01"}, "2026-12-01"),
        "text": ({"operator": "filled"}, None),
    }  # fmt: skip
    more = {"reason": rule.reason_id, "explanation": "The work needs it."}
    for kind, (fields, value) in given.items():
        question = make_question(vacancy, kind, options=options)
        assert client.get(url("rule_create", question.pk)).status_code == 200
        answer = client.post(url("rule_create", question.pk), fields | more)
        assert answer.status_code == 302, kind
        assert question.knock_outs.get().value == value


def test_a_rule_is_changed_retired_and_brought_back(cast, rule, reader):
    client = reader(cast.rita)
    fields = {"operator": "is", "value": "no", "reason": rule.reason_id, "explanation": "Why not"}
    client.post(url("rule_edit", rule.pk), fields)
    client.post(url("rule_retire", rule.pk))
    rule.refresh_from_db()
    assert rule.value == "no" and rule.retired_at
    client.post(url("rule_restore", rule.pk))
    rule.refresh_from_db()
    assert rule.retired_at is None
