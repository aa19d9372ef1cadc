import datetime as dt
import uuid

import pytest
from django.utils import timezone

from hiring.commands import letter as letters
from hiring.models import Candidate, Letter, LetterTemplate
from hiring.queries.timeline import candidate_timeline
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
WRITE = "/hiring/letters/write/"


@pytest.fixture
def rows(cast):
    letters.install_letters()
    vacancy, found = make_vacancy("KAM"), []
    for name in ("Zoya Petrova", "Jo Nowak"):
        candidate = make_candidate(name, search_text=name.lower())
        add_reach(candidate, f"{name.split()[0].lower()}@example.org")
        found.append(make_candidacy(vacancy, candidate))
    return found


def text(response) -> str:
    return response.content.decode()


def form(rows, **given) -> dict:
    return {"key": uuid.uuid4(), "ids": [row.pk for row in rows], "template": "", **given}


def test_nobody_chosen_says_where_to_choose(rita):
    assert "Nobody chosen" in text(rita.get(WRITE))
    assert rita.get(WRITE, {"ids": ["x"]}).status_code == 404
    assert rita.get(WRITE, {"ids": ["999"]}).status_code == 404


def test_a_preview_shows_who_gets_what_and_who_gets_nothing(rita, rows):
    Candidate.objects.filter(name="Zoya Petrova").update(wants_no_letters=timezone.now())
    template = LetterTemplate.objects.get(code="approach")
    page = text(rita.post(WRITE, form(rows, template=template.pk, preview="1")))
    assert "Send 1 letter" in page and "Hello Jo Nowak" in page
    assert "They want no letters from us" in page and "1 person gets none" in page
    assert not Letter.objects.exists()


def test_sending_leads_to_the_progress_and_can_be_stopped(rita, rows):
    data = form(rows, subject="Hi", body="Dear {name}", send="1")
    page = text(rita.post(WRITE, data, follow=True))
    assert "Letters are going" in page and "2 letters" in page
    url = f"/hiring/letters/many/{data['key']}/"
    part = rita.get(url, headers={"HX-Request": "true"})
    assert "<html" not in text(part) and "hx-get" in text(part)
    rita.post(f"{url}stop/")
    assert "Taken back before it went" in text(rita.get(url))
    assert rita.get(f"/hiring/letters/many/{uuid.uuid4()}/").status_code == 404


def test_unknown_fields_are_refused_with_the_text_kept(rita, rows):
    answer = rita.post(WRITE, form(rows, subject="Hi", body="{salary} my text", send="1"))
    assert answer.status_code == 422 and "{salary} my text" in text(answer)


def test_letters_by_state_are_found_taken_back_and_sent_again(rita, rows):
    letter = letters.write_letter(
        candidate_id=rows[0].candidate_id, kind="other", subject="Secret", body="b",
        send_at=timezone.now() + dt.timedelta(hours=1),
    )  # fmt: skip
    assert "Secret" in text(rita.get("/hiring/letters/"))
    assert "No letters here" in text(rita.get("/hiring/letters/", {"q": "jo"}))
    page = text(rita.post(f"/hiring/letters/{letter.pk}/stop/", follow=True))
    assert "Taken back before it went" in page and "Try again" in page
    rita.post(f"/hiring/letters/{letter.pk}/retry/")
    letter.refresh_from_db()
    assert letter.state == "queued"


def test_templates_are_brought_listed_tried_and_saved(cast, rita, rows):
    LetterTemplate.objects.all().delete()
    assert "Bring the set" in text(rita.get("/hiring/letters/templates/"))
    rita.post("/hiring/letters/templates/install/")
    row = LetterTemplate.objects.get(code="reminder")
    url = f"/hiring/letters/templates/{row.pk}/"
    page = text(rita.get(url))
    assert "It lacks" in page and "Русский" in page
    data = {
        "kind": "other", "delay_hours": 0, "version": 1, "name_en": "Fair",
        "subject_en": "See you", "body_en": "Hello {name}",
    }  # fmt: skip
    assert rita.post(url, data).status_code == 302
    assert rita.post(url, data).status_code == 409
    assert rita.post(url, {**data, "version": 2, "body_en": "{x}"}).status_code == 422
    rita.post("/hiring/letters/templates/new/", {**data, "version": ""})
    assert LetterTemplate.objects.filter(code="fair").exists()
    rita.post(f"{url}retire/")
    assert "Use again" in text(rita.get("/hiring/letters/templates/"))
    rita.post(f"{url}restore/")
    row.refresh_from_db()
    assert row.retired_at is None


def test_every_letter_stands_on_the_timeline_for_recruiters_only(cast, rows):
    letters.write_letter(candidate_id=rows[0].candidate_id, kind="reminder", cause="x")
    days = candidate_timeline(rows[0].candidate, cast.rita)
    lines = [line for day in days for line in day.entries if line.icon == "envelope"]
    assert len(lines) == 1 and "It lacks" in lines[0].text
    days = candidate_timeline(rows[0].candidate, cast.dora)
    assert not any(line.icon == "envelope" for day in days for line in day.entries)
