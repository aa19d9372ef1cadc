import pytest
from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate
from hiring.models import CandidateNote
from hiring.queries.candidate_card import card_of
from tests.recruiting import make_candidacy, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast):
    made = create_candidate(name="Jo", employer="Polus", reaches=[("phone", "1234")])
    CandidateNote.objects.create(candidate=made, text="x", author=cast.rita)
    CandidateNote.objects.create(candidate=made, text="y", removed_at=timezone.now())
    return made


def test_a_recruiter_gets_every_part(cast, person):
    entry = make_off_limits("Polus")
    card = card_of(cast.rita, person)
    assert [note.text for note in card.notes] == ["x"]
    assert len(card.reaches) == 1 and card.off_limits == entry


def test_a_director_gets_what_the_short_list_opens(cast, person):
    make_off_limits("Polus")
    listed = make_candidacy(
        make_vacancy(), person, stage=StageKind.SESSION, shortlisted_at=timezone.now()
    )
    make_candidacy(make_vacancy(), person)
    card = card_of(cast.dora, person)
    assert card.candidacies == [listed] and len(card.reaches) == 1 and len(card.notes) == 1
    assert card.off_limits is None and card.consents == card.looks == []
