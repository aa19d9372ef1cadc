"""What is done to one and to several from board and list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiring.choices import StageKind
from hiring.models import CallEntry, Candidacy, CandidateAccess, Letter, RejectReason, Seat
from tests.hiring.pipeline import HTMX, post, row_of, said, stage, url
from tests.recruiting import make_session, make_vacancy

pytestmark = pytest.mark.django_db


def test_a_card_is_moved_with_undo(rita, vacancy):
    row = row_of(vacancy)
    move = url("candidacy_move", row.pk)
    assert "Found" in rita.get(move, headers=HTMX).content.decode()
    answer = post(rita, move, stage=stage(vacancy, "call"), version=1, below=0)
    assert answer.status_code == 204 and "Polina is in" in said(answer)["text"]
    assert Candidacy.objects.get().stage.kind == StageKind.CALL
    back = post(rita, said(answer)["undo"])
    assert said(back)["text"] == "Taken back."
    assert Candidacy.objects.get().stage.kind == StageKind.FOUND


def test_an_old_card_is_told_where_the_person_is(rita, vacancy):
    row = row_of(vacancy)
    move = url("candidacy_move", row.pk)
    post(rita, move, stage=stage(vacancy, "call"), version=1)
    answer = post(rita, move, stage=stage(vacancy, "task"), version=1)
    assert "To call" in said(answer)["text"] and said(answer)["level"] == "error"
    assert "error" in said(post(rita, move)).values()


def test_a_stage_of_another_vacancy_is_not_found(rita, vacancy):
    row, other = row_of(vacancy), make_vacancy()
    answer = post(rita, url("candidacy_move", row.pk), stage=stage(other, "call"))
    assert answer.status_code == 404


def test_a_rejection_shows_its_letter_and_is_taken_back(rita, vacancy):
    row = row_of(vacancy)
    row.candidate.reaches.create(kind="email", value="p@x.org", normal="p@x.org")
    address = url("candidacy_reject", row.pk)
    page = rita.get(address, headers=HTMX).content.decode()
    assert "Our answer about" in page and "Others suited better" in page
    assert post(rita, address).status_code == 422
    reason = RejectReason.objects.get(code="others").pk
    part = rita.get(url("refusal_preview", row.pk), {"reason": reason}, headers=HTMX)
    assert "Polina" in part.content.decode()
    answer = post(rita, address, reason=reason, letter="on", version=1)
    assert Candidacy.objects.get().state == "rejected" and Letter.objects.count() == 1
    post(rita, said(answer)["undo"])
    assert Candidacy.objects.get().state == "active"


def test_somebody_withdraws_and_is_opened_again(rita, vacancy):
    row = row_of(vacancy)
    assert "They did not say" in rita.get(url("candidacy_withdraw", row.pk)).content.decode()
    post(rita, url("candidacy_withdraw", row.pk))
    assert Candidacy.objects.get().state == "withdrawn"
    assert "Open again" in rita.get(url("candidacy_move", row.pk)).content.decode()
    post(rita, url("candidacy_reopen", row.pk))
    assert Candidacy.objects.get().state == "active"


def test_the_ticked_ones_are_moved_rejected_called_and_invited(rita, vacancy):
    ids = [row_of(vacancy, f"P{n}").pk for n in range(3)]
    move = url("candidacies_move", vacancy.pk)
    assert "3 people" in post(rita, move, ids=ids).content.decode()
    joined = ",".join(map(str, ids))
    answer = post(rita, move, ids=joined, sure=1, stage=stage(vacancy, "call"))
    assert answer["HX-Redirect"] == url("candidacy_list", vacancy.pk)
    assert Candidacy.objects.filter(stage__kind="call").count() == 3
    post(rita, url("candidacies_call", vacancy.pk), ids=ids)
    assert CallEntry.objects.count() == 3
    session = make_session(vacancy)
    post(rita, url("candidacies_invite", vacancy.pk), ids=joined, sure=1, session=session.pk)
    assert Seat.objects.filter(session=session).count() == 3
    reason = RejectReason.objects.get(code="others").pk
    post(rita, url("candidacies_reject", vacancy.pk), ids=joined, sure=1, reason=reason)
    assert Candidacy.objects.filter(state="rejected").count() == 3


def test_all_that_match_are_those_the_list_showed(rita, vacancy):
    row_of(vacancy, "Anna", source="hh")
    row_of(vacancy, "Boris")
    move = url("candidacies_move", vacancy.pk)
    page = post(rita, move, all_matching=1, query="source=hh").content.decode()
    assert "1 person" in page
    assert post(rita, move, all_matching=1, query="nonsense=1").status_code == 400


@pytest.mark.parametrize("ids", [[], ["x"], ["999999"]])
def test_rows_that_are_not_there_are_not_found(rita, vacancy, ids):
    row_of(vacancy)
    assert post(rita, url("candidacies_move", vacancy.pk), ids=ids).status_code == 404


def test_a_refused_deed_leaves_everybody_where_they_were(rita, vacancy):
    ids = [row_of(vacancy).pk, row_of(vacancy, state="withdrawn", ended_at=timezone.now()).pk]
    answer = post(
        rita, url("candidacies_move", vacancy.pk), ids=",".join(map(str, ids)), sure=1,
        stage=stage(vacancy, "call"),
    )  # fmt: skip
    assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
    assert not Candidacy.objects.filter(stage__kind="call").exists()


def test_pages_ask_the_same_for_one_and_for_many(rita, vacancy):
    for name in ("vacancy_page", "candidacy_list"):
        Candidacy.objects.all().delete()
        row_of(vacancy)
        rita.get(url(name, vacancy.pk))
        with CaptureQueriesContext(connection) as few:
            rita.get(url(name, vacancy.pk))
        for n in range(12):
            row_of(vacancy, f"P{n}", stage=StageKind.values[n % 8])
        with CaptureQueriesContext(connection) as many:
            rita.get(url(name, vacancy.pk))
        assert len(few) == len(many) <= 12


def test_the_whole_history_is_read_and_leaves_a_trace(rita, cast, vacancy):
    row = row_of(vacancy)
    post(rita, url("candidacy_move", row.pk), stage=stage(vacancy, "call"))
    page = rita.get(url("candidacy_page", row.pk)).content.decode()
    assert "To call" in page and "Rita" in page
    assert CandidateAccess.objects.filter(actor=cast.rita, candidate=row.candidate).exists()


def test_a_deed_from_another_page_leads_back_there(rita, vacancy):
    row = row_of(vacancy)
    here = {**HTMX, "HX-Current-URL": "http://testserver/hiring/mine/"}
    answer = rita.post(
        url("candidacy_move", row.pk), {"stage": stage(vacancy, "call")}, headers=here
    )
    assert answer["HX-Redirect"] == "/hiring/mine/"
