import json
import uuid

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Import, Job
from hiring.choices import SeatState
from hiring.commands import erasing
from hiring.commands.erasure import ask_erasure, confirm_erasure, refuse_erasure, run_erasure
from hiring.models import (
    Answer,
    Call,
    Candidacy,
    Candidate,
    CandidateFile,
    CandidateNote,
    CandidateReach,
    Competency,
    Decision,
    Draft,
    Erasure,
    LegalHold,
    Letter,
    Mark,
    Question,
    Seat,
    Session,
    TestTask,
    TestTaskVersion,
)  # fmt: skip
from hiring.queries.numbers.funnel import roads
from hiring.queries.numbers.shows import shows
from people import commands as people
from people.models import Event, Notification
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
    make_sheet,
    make_vacancy,
)  # fmt: skip

pytestmark = pytest.mark.django_db
MARK = "zzmark"


def plant(cast) -> Candidacy:
    """A candidate whose every text anywhere carries the mark."""
    vacancy = make_vacancy()
    person = make_candidate(
        f"{MARK} Ada", employer=MARK, city=MARK, summary=MARK, title=MARK, search_text=MARK,
        plain_name=MARK, other_name=MARK, manager=MARK,
    )  # fmt: skip
    row = make_candidacy(vacancy, person, stage="session", state="rejected",
                         ended_at=timezone.now(), ended_by=cast.rita)  # fmt: skip
    CandidateReach.objects.create(
        candidate=person, kind="email", value=f"{MARK}@example.org", normal=f"{MARK}@example.org"
    )
    CandidateNote.objects.create(candidate=person, candidacy=row, text=MARK)
    file = CandidateFile(candidate=person, name=f"{MARK}.pdf", content_type="x", size=1,
                         sha256="", text=MARK)  # fmt: skip
    file.content.save(MARK, ContentFile(MARK.encode()))
    Letter.objects.create(candidate=person, language="en", address=f"{MARK}@example.org",
                          subject=MARK, body=MARK)  # fmt: skip
    Call.objects.create(candidate=person, key=uuid.uuid4(), outcome="agreed", note=MARK)
    question = Question.objects.create(vacancy=vacancy, kind="text", labels={"en": "Why?"})
    Answer.objects.create(candidacy=row, question=question, value=MARK)
    Decision.objects.create(candidacy=row, verdict="refuse", reason=MARK)
    session = make_session(vacancy)
    make_seat(session, row, state=SeatState.CAME)
    sheet = make_sheet(row, cast.ivan, session=session, remark=MARK)
    skill = Competency.objects.create(code="s", names={"en": "Skill"}, group="skill")
    Mark.objects.create(sheet=sheet, competency=skill, value=4, note=MARK)
    task = TestTask.objects.create(code="t", names={"en": "Task"}, kind="loss", place="home")
    version = TestTaskVersion.objects.create(task=task, number=1)
    row.home_tasks.create(version=version, text=MARK, due_at=timezone.now(), time_zone="UTC",
                          code="c")  # fmt: skip
    Draft.objects.create(vacancy=vacancy, digest="d", values={"email": f"{MARK}@Example.org"})
    people.record(actor=cast.rita, verb="candidate.edited", target=person, changes={"n": [MARK, 1]})
    Notification.objects.create(user=cast.rita, kind="x", target_kind="hiring.candidate",
                                target_id=person.pk, cause="x", data={"name": MARK})  # fmt: skip
    about = {"letter_id": person.letters.get().pk}
    Job.objects.create(name="hiring.jobs.send_letter", kwargs=about, state="failed",
                       error=f"{MARK}@example.org is unknown")  # fmt: skip
    Import.objects.create(kind=erasing.IMPORT_KIND, filename="list.csv", path="imports/x/source",
                          state=ImportState.APPLIED, preview={"rows": [MARK]})  # fmt: skip
    return row


def everything() -> str:
    """All values of all tables, as a dump would hold them."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def erase(cast, row) -> Erasure:
    asked = ask_erasure(actor=cast.rita, candidate_id=row.candidate_id)
    confirm_erasure(actor=cast.dora, erasure_id=asked.pk)
    return run_erasure(asked.pk)


def test_nothing_marked_is_left_anywhere(cast, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "1.log").write_text(f"To: {MARK}@example.org\n\nhello")
    (tmp_path / "2.log").write_text("To: somebody@example.org\n\nhello")
    row = plant(cast)
    stored = row.candidate.files.get().content
    assert MARK in everything()
    done = erase(cast, row)
    assert MARK not in everything()
    assert not stored.storage.exists(stored.name)
    assert [path.name for path in tmp_path.iterdir()] == ["2.log"]
    assert done.done_at is not None
    assert MARK not in json.dumps(done.counts)
    assert done.counts["gone"]["candidatenote"] == 1
    assert done.counts["files"] == 1


def test_statistics_are_the_same_before_and_after(cast):
    row = plant(cast)

    def figures():
        return roads(Candidacy.objects.all()), shows(Seat.objects.all()), Mark.objects.get().value

    before = figures()
    erase(cast, row)
    assert figures() == before
    assert Call.objects.get().outcome == "agreed"


def test_the_record_keeps_who_did_what_without_the_values(cast):
    row = plant(cast)
    erase(cast, row)
    event = Event.objects.get(verb="candidate.edited")
    assert (event.actor, event.data) == (cast.rita, {})
    assert Event.objects.filter(verb="erasure.done").exists()


def test_a_second_person_has_to_confirm(cast, run_jobs):
    row = plant(cast)
    asked = ask_erasure(actor=cast.rita, candidate_id=row.candidate_id)
    with pytest.raises(RuleBroken, match="second person"):
        confirm_erasure(actor=cast.rita, erasure_id=asked.pk)
    assert Candidate.objects.exists()
    confirm_erasure(actor=cast.dora, erasure_id=asked.pk)
    run_jobs()
    assert not Candidate.objects.exists()
    with pytest.raises(RuleBroken, match="under way or done"):
        confirm_erasure(actor=cast.dora, erasure_id=asked.pk)


def test_asked_twice_it_is_one_wish(cast):
    row = plant(cast)
    first = ask_erasure(candidate_id=row.candidate_id)
    assert ask_erasure(actor=cast.rita, candidate_id=row.candidate_id) == first
    assert Event.objects.filter(verb="erasure.asked").count() == 1


def test_a_wish_can_be_refused(cast):
    row = plant(cast)
    asked = ask_erasure(candidate_id=row.candidate_id)
    refuse_erasure(actor=cast.rita, erasure_id=asked.pk)
    assert not Erasure.objects.exists()
    assert Candidate.objects.exists()


def test_held_data_is_not_erased_and_only_staff_read_why(cast):
    row = plant(cast)
    LegalHold.objects.create(candidate=row.candidate, reason="A case at court")
    with pytest.raises(RuleBroken, match="A case at court"):
        ask_erasure(actor=cast.rita, candidate_id=row.candidate_id)
    with pytest.raises(RuleBroken, match="The law makes us"):
        ask_erasure(candidate_id=row.candidate_id)


def test_strangers_to_hiring_cannot_ask(cast):
    row = plant(cast)
    for user in (cast.karl, cast.dora, cast.adam):
        with pytest.raises(Candidate.DoesNotExist):
            ask_erasure(actor=user, candidate_id=row.candidate_id)


def test_what_was_under_way_ends_and_its_chair_is_free(cast):
    session = make_session(make_vacancy(), booked=1)
    row = make_seat(session, state=SeatState.BOOKED).candidacy
    erase(cast, row)
    row.refresh_from_db()
    assert (row.state, row.candidate) == ("withdrawn", None)
    assert Session.objects.get().booked == 0
    assert row.moves.get().state == "withdrawn"


def test_rows_that_were_merged_into_it_go_too(cast):
    person = make_candidate("Ada")
    twin = make_candidate("Ada twin", merged_into=person)
    make_candidate("Ada triplet", merged_into=twin)
    erased = ask_erasure(candidate_id=person.pk)
    run_erasure(erased.pk)
    assert not Candidate.objects.exists()


def test_interrupted_between_rows_and_bytes_a_second_run_ends_the_same(cast, monkeypatch):
    row = plant(cast)
    stored = row.candidate.files.get().content
    asked = ask_erasure(candidate_id=row.candidate_id)

    def killed(name):
        raise SystemExit

    monkeypatch.setattr("hiring.commands.erasure.default_storage.delete", killed)
    with pytest.raises(SystemExit):
        run_erasure(asked.pk)
    monkeypatch.undo()
    assert stored.storage.exists(stored.name)
    done = run_erasure(asked.pk)
    assert done.done_at is not None
    assert not stored.storage.exists(stored.name)
    assert "names" not in done.counts
    assert run_erasure(asked.pk).done_at == done.done_at
