import pytest
from django.utils import timezone

from hiring.choices import StageKind
from hiring.queries.candidate_sight import ALL, NOTHING, sight, sights
from tests.recruiting import make_candidacy, make_candidate, make_sheet, make_vacancy

pytestmark = pytest.mark.django_db


def test_recruiters_see_all(cast):
    assert sight(cast.rita, make_candidate()) == ALL


@pytest.mark.parametrize(
    ("stage", "pay"),
    [("session", False), ("task", False), ("decision", True), ("offer", True), ("hired", True)],
)
def test_a_director_reads_pay_and_employer_once_it_comes_to_the_decision(cast, stage, pay):
    made = make_candidacy(make_vacancy(), stage=stage, shortlisted_at=timezone.now())
    seen = sight(cast.dora, made.candidate)
    assert (seen.contacts, seen.notes, seen.reasons, seen.pay) == (True, True, True, pay)
    assert not seen.may_edit and not seen.letters


def test_interviewers_see_neither_numbers_nor_notes_nor_pay(cast):
    made = make_candidacy(make_vacancy(), stage=StageKind.OFFER)
    make_sheet(made, cast.ivan, held_at=timezone.now())
    assert sight(cast.ivan, made.candidate) == NOTHING


def test_a_director_who_is_only_asked_to_interview_sees_what_interviewers_do(cast):
    made = make_candidacy(make_vacancy(), stage=StageKind.CALL)
    make_sheet(made, cast.dora, held_at=timezone.now())
    assert sights(cast.dora, [made.candidate]) == {made.candidate_id: NOTHING}
