import pytest

from common.errors import RuleBroken
from hiring.commands.candidate_note import (
    NoteConflict,
    edit_note,
    remove_note,
    restore_note,
    write_note,
)
from hiring.models import Candidacy, Candidate, CandidateNote
from people.models import Event
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def test_the_record_keeps_that_a_note_was_written_but_not_its_words(cast):
    person = make_candidate()
    note = write_note(actor=cast.rita, candidate_id=person.pk, text=" Rings back ")
    assert note.text == "Rings back"
    assert Event.objects.about(person).get().data == {"note": note.pk}


def test_an_empty_note_is_refused(cast):
    with pytest.raises(RuleBroken):
        write_note(actor=cast.rita, candidate_id=make_candidate().pk, text=" \x00 ")


def test_a_note_may_be_about_one_candidacy_of_theirs(cast):
    own, other = make_candidacy(make_vacancy()), make_candidacy(make_vacancy())
    pk = own.candidate_id
    note = write_note(actor=cast.rita, candidate_id=pk, text="x", candidacy_id=own.pk)
    assert note.candidacy == own
    with pytest.raises(Candidacy.DoesNotExist):
        write_note(actor=cast.rita, candidate_id=pk, text="x", candidacy_id=other.pk)


def test_the_second_of_two_editors_sees_the_others_words(cast):
    note = write_note(actor=cast.rita, candidate_id=make_candidate().pk, text="x")
    edit_note(actor=cast.rita, note_id=note.pk, version=1, text="y")
    with pytest.raises(NoteConflict) as conflict:
        edit_note(actor=cast.rita, note_id=note.pk, version=1, text="z")
    assert conflict.value.note.text == "y"


def test_a_note_goes_out_of_sight_and_comes_back(cast):
    note = write_note(actor=cast.rita, candidate_id=make_candidate().pk, text="x")
    assert remove_note(actor=cast.rita, note_id=note.pk).removed_at is not None
    with pytest.raises(CandidateNote.DoesNotExist):
        edit_note(actor=cast.rita, note_id=note.pk, version=1, text="y")
    assert restore_note(actor=cast.rita, note_id=note.pk).removed_at is None


def test_directors_write_none(cast):
    person = make_candidate()
    with pytest.raises(Candidate.DoesNotExist):
        write_note(actor=cast.dora, candidate_id=person.pk, text="x")
    note = write_note(actor=cast.rita, candidate_id=person.pk, text="x")
    with pytest.raises(CandidateNote.DoesNotExist):
        remove_note(actor=cast.dora, note_id=note.pk)
