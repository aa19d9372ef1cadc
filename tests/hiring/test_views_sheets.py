import pytest
from django.urls import reverse
from django.utils import timezone

from hiring.models import CandidateAccess, Mark, MarkChange, Sheet
from tests.hiring.rounds import make_room
from tests.recruiting import make_candidacy, make_candidate, make_sheet, make_vacancy, make_weights


@pytest.fixture
def weights():
    return {}


@pytest.fixture
def sheet(cast, weights):
    vacancy = make_vacancy()
    weights |= make_weights(vacancy.profile, relations=30, analysis=10)
    candidate = make_candidate("Olga", employer="Rival Ltd", pay_wish=91_234)
    return make_sheet(make_candidacy(vacancy, candidate), cast.ivan)


def url(name, *args):
    return reverse(f"hiring:{name}", args=args)


def test_an_asked_colleague_marks_saves_and_hands_in(cast, reader, sheet, weights):
    client = reader(cast.ivan)
    page = client.get(url("sheet_page", sheet.pk)).content.decode()
    assert "Olga" in page and "0.42" in page and "Sackett" in page
    assert "Rival" not in page and "91,234" not in page and "91234" not in page
    assert CandidateAccess.objects.get().purpose == "scorecard"
    marks = {f"mark-{weights['relations'].pk}": "4", "remark": "Calm"}
    client.post(url("sheet_save", sheet.pk), marks)
    assert Sheet.objects.get().submitted_at is None
    client.post(url("sheet_save", sheet.pk), {**marks, "submit": "1"})
    sheet.refresh_from_db()
    assert sheet.submitted_at and sheet.remark == "Calm"
    assert Mark.objects.get().value == 4


def test_an_empty_or_unreadable_sheet_is_not_handed_in(cast, reader, sheet, weights):
    client = reader(cast.ivan)
    assert client.post(url("sheet_save", sheet.pk), {"submit": "1"}).status_code == 422
    bad = {f"mark-{weights['relations'].pk}": "7"}
    assert client.post(url("sheet_save", sheet.pk), bad).status_code == 422
    assert not Mark.objects.exists()


def test_opened_again_every_change_keeps_what_it_was(cast, reader, sheet, weights):
    client, name = reader(cast.ivan), f"mark-{weights['relations'].pk}"
    client.post(url("sheet_save", sheet.pk), {name: "4", "submit": "1"})
    assert client.post(url("sheet_save", sheet.pk), {name: "1"}).status_code == 422
    client.post(url("sheet_reopen", sheet.pk), {"reason": ""})
    client.post(url("sheet_reopen", sheet.pk), {"reason": "Mixed up"})
    client.post(url("sheet_save", sheet.pk), {name: "2", "submit": "1"})
    change = MarkChange.objects.get()
    assert (change.before, change.after, change.reason) == (4, 2, "Mixed up")


def test_a_recruiter_asks_from_the_card_and_takes_back(cast, reader, sheet):
    client = reader(cast.rita)
    ask = url("sheet_ask", sheet.candidacy_id)
    assert "Olga" in client.get(ask).content.decode()
    assert client.post(ask, {"rater": cast.kim.pk}).status_code == 422
    held_at = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    client.post(ask, {"rater": cast.kim.pk, "kind": "interview", "held_at": held_at})
    asked = Sheet.objects.get(rater=cast.kim)
    assert "Olga" in reader(cast.kim).get(url("sheet_mine")).content.decode()
    client.post(url("sheet_withdraw", asked.pk))
    assert not Sheet.objects.filter(rater=cast.kim).exists()


def test_nobody_asked_nothing_to_do(cast, reader):
    page = reader(cast.sam).get(url("sheet_mine")).content.decode()
    assert "Nobody waits for your judgement" in page


def test_a_sheet_of_a_session_leads_to_the_cockpit(cast, reader):
    room = make_room(cast.ivan, people=1)
    sheet = room.sheet(cast.ivan, room.seats[0])
    answer = reader(cast.ivan).get(url("sheet_page", sheet.pk))
    assert answer.url == url("cockpit_page", room.session.pk)
