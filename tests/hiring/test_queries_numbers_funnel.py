import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.models import Candidacy, Move, Vacancy
from hiring.queries.numbers.funnel import hired, kinds_of, roads, stage_rows
from tests.recruiting import make_candidacy

pytestmark = pytest.mark.django_db


def walk(vacancy, *kinds, state=CandidacyState.ACTIVE):
    """Somebody who went through these stages and is in the last one, or ended there."""
    row = make_candidacy(vacancy, stage=kinds[0])
    for kind in kinds:
        row.stage = vacancy.stages.get(kind=kind)
        Move.objects.create(candidacy=row, to_stage=row.stage, state="active")
    row.state = state
    row.ended_at = None if state == CandidacyState.ACTIVE else timezone.now()
    row.save()
    return row


def rows(vacancy):
    found = roads(Candidacy.objects.filter(vacancy=vacancy))
    return {row.kind: row for row in stage_rows(found, list(StageKind))}, found


def test_only_those_who_have_left_a_stage_count(vacancy):
    walk(vacancy, StageKind.FORM)
    walk(vacancy, StageKind.FORM, state=CandidacyState.REJECTED)
    walk(vacancy, StageKind.FORM, StageKind.SESSION)
    table, _found = rows(vacancy)
    form = table[StageKind.FORM]
    assert (form.came, form.here, form.left) == (3, 1, 2)
    assert (form.went_on.hits, form.went_on.cases) == (1, 2)
    assert table[StageKind.SESSION].here == 1


def test_who_came_in_later_does_not_count_before(vacancy):
    walk(vacancy, StageKind.FORM, StageKind.DECISION)
    table, _found = rows(vacancy)
    assert table[StageKind.CALL].came == 0
    assert table[StageKind.INVITE].left == 1  # passed over on the way


def test_a_step_back_keeps_how_far_somebody_came(vacancy):
    walk(vacancy, StageKind.CALL, StageKind.TASK, StageKind.CALL)
    table, _found = rows(vacancy)
    assert (table[StageKind.CALL].left, table[StageKind.TASK].here) == (1, 1)


def test_a_move_that_was_undone_never_was(vacancy):
    row = walk(vacancy, StageKind.CALL, StageKind.TASK)
    row.moves.filter(to_stage__kind=StageKind.TASK).update(undone_at=timezone.now())
    row.stage = vacancy.stages.get(kind=StageKind.CALL)
    row.save()
    table, _found = rows(vacancy)
    assert (table[StageKind.CALL].here, table[StageKind.TASK].came) == (1, 0)


def test_hired_have_gone_on_from_where_they_were(vacancy):
    walk(vacancy, StageKind.OFFER, state=CandidacyState.HIRED)
    table, found = rows(vacancy)
    assert table[StageKind.OFFER].went_on.hits == 1
    assert hired(found) == 1


def test_without_history_the_present_stage_counts(vacancy):
    make_candidacy(vacancy, stage=StageKind.CALL)
    table, _found = rows(vacancy)
    assert (table[StageKind.CALL].here, table[StageKind.FOUND].came) == (1, 0)


def test_erased_people_stay_in_the_counts(vacancy):
    row = walk(vacancy, StageKind.FORM, state=CandidacyState.REJECTED)
    before = rows(vacancy)
    row.candidate.delete()
    assert rows(vacancy) == before


def test_only_kinds_that_a_vacancy_has_are_shown(vacancy):
    vacancy.stages.filter(kind=StageKind.TASK).delete()
    assert StageKind.TASK not in kinds_of(Vacancy.objects.all())
    assert kinds_of(Vacancy.objects.none()) == []
