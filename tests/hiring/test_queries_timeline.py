"""What happened with one candidate, as each reader may know it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands import candidacy as commands
from hiring.commands.candidacy_undo import undo_move
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import CandidateNote, RejectReason
from hiring.queries import sheets
from hiring.queries.timeline import candidate_timeline
from tests.cast import make_cast
from tests.recruiting import make_candidate, make_sheet, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    install_reject_reasons()
    return make_cast()


@pytest.fixture
def person(cast):
    candidate = make_candidate("Polina")
    vacancy = make_vacancy("KAM north", recruiter=cast.rita)
    commands.add_candidacy(actor=cast.rita, candidate_id=candidate.pk, vacancy_id=vacancy.pk)
    CandidateNote.objects.create(candidate=candidate, text="Rings on Mondays", author=cast.rita)
    return candidate


def go(cast, person, kind):
    candidacy = person.candidacies.get()
    commands.move_candidacy(
        actor=cast.rita, candidacy_id=candidacy.pk,
        stage_id=candidacy.vacancy.stages.get(kind=kind).pk,
    )  # fmt: skip
    return candidacy


def told(person, reader):
    return [entry.sentence for day in candidate_timeline(person, reader) for entry in day.entries]


def test_moves_are_told_newest_first_with_the_vacancy(cast, person):
    go(cast, person, StageKind.SESSION)
    candidacy = go(cast, person, StageKind.HIRED)
    commands.reopen_candidacy(actor=cast.rita, candidacy_id=candidacy.pk)
    pay = RejectReason.objects.get(code="pay").pk
    commands.end_candidacy(
        actor=cast.rita, candidacy_id=candidacy.pk, state="rejected", reason_id=pay
    )
    assert told(person, cast.rita) == [
        "KAM north: rejected",
        "KAM north: from “Hired” to “Offer”",
        "KAM north: hired",
        "KAM north: from “Found” to “Invited to a session”",
        "Note",
        "KAM north: put into “Found”",
    ]


def test_what_was_taken_back_is_not_told(cast, person):
    candidacy = go(cast, person, StageKind.CALL)
    undo_move(actor=cast.rita, event_id=commands.last_deed(candidacy).pk)
    assert "from" not in " ".join(told(person, cast.rita))


def test_directors_read_of_shortlisted_people_only_and_others_nothing(cast, person):
    assert told(person, cast.dora) == []
    go(cast, person, StageKind.SESSION)
    assert len(told(person, cast.dora)) == 3
    assert told(person, cast.karl) == told(person, cast.ivan) == []


def test_the_number_of_queries_does_not_grow(cast, person, within_request):
    assert cast.rita.hires  # what a request knows of its reader is read before
    with CaptureQueriesContext(connection) as few:
        candidate_timeline(person, cast.rita)
    for kind in (StageKind.CALL, StageKind.FORM, StageKind.TASK):
        go(cast, person, kind)
    with CaptureQueriesContext(connection) as many:
        candidate_timeline(person, cast.rita)
    assert len(many) == len(few)


def test_a_rater_reads_neither_the_road_nor_who_else_was_asked(cast, person):
    candidacy = person.candidacies.get()
    now = timezone.now()
    for rater in (cast.ivan, cast.lena):
        make_sheet(candidacy, rater, held_at=now)
    assert [entry.who for entry in sheets.timeline_of(person, cast.ivan)] == ["Ivan"]
    assert len(sheets.timeline_of(person, cast.rita)) == 2
    assert told(person, cast.ivan) == ["Scorecard asked for: structured interview"]
