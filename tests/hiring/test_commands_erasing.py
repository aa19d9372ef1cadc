import pytest
from django.utils import timezone

from common.choices import ImportState
from common.models import Import
from hiring.choices import SeatState
from hiring.commands import erasing
from hiring.models import Candidacy, CandidateReach, Draft, Session
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody(cast):
    return cast


def test_merged_rows_come_before_the_one_they_hang_on():
    person = make_candidate("Ada")
    twin = make_candidate("Twin", merged_into=person)
    triplet = make_candidate("Triplet", merged_into=twin)
    assert erasing.people_of(person) == [triplet, twin, person]


def test_targets_are_all_rows_with_a_way_to_the_person():
    row = make_candidacy(make_vacancy(), stage="session")
    seat = make_seat(make_session(row.vacancy), row)
    other = make_candidacy(row.vacancy)
    found = erasing.targets_of([row.candidate])
    assert found["hiring.candidacy"] == {row.pk}
    assert found["hiring.seat"] == {seat.pk}
    assert other.candidate_id not in found["hiring.candidate"]
    assert erasing.counts(found, stay=True) == {"candidacy": 1, "seat": 1}
    assert erasing.counts(found, stay=False) == {"candidate": 1}


def test_ending_is_a_withdrawal_and_frees_the_chair_once():
    session = make_session(make_vacancy(), booked=1)
    row = make_seat(session, state=SeatState.CONFIRMED).candidacy
    for _time in "ab":
        erasing.end_all([row.candidate])
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert row.moves.count() == 1
    assert Session.objects.get().booked == 0


def test_what_had_ended_stays_as_it_was():
    row = make_candidacy(make_vacancy(), state="rejected", ended_at=timezone.now())
    before = Candidacy.objects.filter(pk=row.pk).values().get()
    erasing.end_all([row.candidate])
    assert Candidacy.objects.filter(pk=row.pk).values().get() == before


def test_only_drafts_with_their_own_number_or_address_go():
    row = make_candidacy(make_vacancy())
    CandidateReach.objects.create(
        candidate=row.candidate, kind="email", value="Ada@Example.org", normal="ada@example.org"
    )
    for digest, email in (("a", "ADA@example.org"), ("b", "eva@example.org")):
        Draft.objects.create(vacancy=row.vacancy, digest=digest, values={"email": email})
    erasing.delete_drafts([row.candidate])
    assert [draft.digest for draft in Draft.objects.all()] == ["b"]


def test_files_of_lists_go_but_not_those_of_a_ledger_or_a_running_import():
    for kind, state in (
        ("candidates", "applied"),
        ("candidates", "running"),
        ("ledger", "applied"),
    ):
        Import.objects.create(kind=kind, filename="x", path=f"imports/{kind}{state}/source",
                              state=ImportState(state))  # fmt: skip
    assert erasing.discard_import_files() == 1
    kept = set(Import.objects.exclude(path="").values_list("kind", "state"))
    assert kept == {("candidates", "running"), ("ledger", "applied")}


def test_waiting_mail_goes_by_its_address(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "1").write_text("To: ADA@example.org")
    (tmp_path / "2").write_text("To: eva@example.org")
    assert erasing.delete_outbox({"ada@example.org"}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["2"]
    settings.EMAIL_FILE_PATH = str(tmp_path / "nowhere")
    assert erasing.delete_outbox({"ada@example.org"}) == 0
