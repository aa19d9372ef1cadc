import pytest

from common.errors import RuleBroken
from hiring.choices import StageKind
from hiring.commands import candidate_bulk
from hiring.commands.candidacy import move_candidacy
from hiring.commands.candidate_bulk import (
    add_candidacies,
    call_candidates,
    undo_add_candidacies,
)
from hiring.models import CallEntry, Candidacy, Candidate
from people.models import Event
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast):
    return [make_candidate(source="hh").pk for _n in range(3)]


def test_all_are_put_forward_once(cast, people):
    vacancy = make_vacancy()
    event = add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=vacancy.pk)
    again = add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=vacancy.pk)
    assert len(event.data["candidacies"]) == 3 and again.data["candidacies"] == []
    assert set(vacancy.candidacies.values_list("source", flat=True)) == {"hh"}


def test_none_is_put_forward_when_one_is_nobodys(cast, people):
    vacancy = make_vacancy()
    for ids in ([*people, 10**9], []):
        with pytest.raises(Candidate.DoesNotExist):
            add_candidacies(actor=cast.rita, candidate_ids=ids, vacancy_id=vacancy.pk)
    assert not Candidacy.objects.exists()


def test_too_many_at_once_are_refused(cast, people, monkeypatch):
    monkeypatch.setattr(candidate_bulk, "MOST", 2)
    with pytest.raises(RuleBroken):
        add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=make_vacancy().pk)


def test_undo_takes_back_who_has_not_moved_since(cast, people):
    vacancy = make_vacancy()
    event = add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=vacancy.pk)
    moved = vacancy.candidacies.get(candidate=people[0])
    stage = vacancy.stages.get(kind=StageKind.CALL)
    move_candidacy(actor=cast.rita, candidacy_id=moved.pk, stage_id=stage.pk)
    assert undo_add_candidacies(actor=cast.rita, event_id=event.pk) == 2
    assert vacancy.candidacies.get() == moved
    assert undo_add_candidacies(actor=cast.rita, event_id=event.pk) == 0


def test_nobody_undoes_what_somebody_else_did(cast, people):
    event = add_candidacies(actor=cast.rita, candidate_ids=people, vacancy_id=make_vacancy().pk)
    with pytest.raises(Event.DoesNotExist):
        undo_add_candidacies(actor=cast.dora, event_id=event.pk)


def test_people_are_put_on_the_calling_list_and_forward_if_need_be(cast, people):
    vacancy = make_vacancy()
    known = make_candidacy(vacancy, Candidate.objects.get(pk=people[0]))
    event = call_candidates(actor=cast.rita, candidate_ids=people, vacancy_id=vacancy.pk)
    again = call_candidates(actor=cast.rita, candidate_ids=people, vacancy_id=vacancy.pk)
    assert CallEntry.objects.filter(list__vacancy=vacancy).count() == 3
    assert (len(event.data["candidacies"]), len(event.data["called"])) == (2, 3)
    assert again.data["called"] == []
    CallEntry.objects.filter(candidacy__candidate=people[1]).update(attempts=1)
    assert undo_add_candidacies(actor=cast.rita, event_id=event.pk) == 2
    kept = CallEntry.objects.get()
    assert set(vacancy.candidacies.all()) == {known, kept.candidacy}


def test_nobody_is_called_when_one_is_nobodys(cast, people):
    vacancy = make_vacancy()
    with pytest.raises(Candidate.DoesNotExist):
        call_candidates(actor=cast.rita, candidate_ids=[*people, 10**9], vacancy_id=vacancy.pk)
    assert not Candidacy.objects.exists() and not CallEntry.objects.exists()
