import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiring.choices import CallState
from hiring.commands import call_hold, call_list
from hiring.models import Call, CallEntry, Candidate, CandidateNote
from tests.hiring.calling import a_reason, add_people, make_list, say
from tests.recruiting import make_candidacy, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def calling(cast):
    return make_list(cast.rita, 3)


def home(row) -> str:
    return f"/hiring/{row.vacancy_id}/calls/"


def text(response) -> str:
    return response.content.decode()


def outcome(client, entry, code, **given):
    data = {"key": uuid.uuid4(), "outcome": code, **given}
    return client.post(f"/hiring/calls/{entry.pk}/outcome/", data, follow=True)


def test_a_vacancy_without_a_list_says_how_to_begin(cast, rita):
    vacancy = make_vacancy()
    page = text(rita.get(f"/hiring/{vacancy.pk}/calls/"))
    assert "Nobody to call yet" in page and "Add people" in page


def test_people_are_added_by_tier_stage_or_source_after_seeing_how_many(cast, rita):
    vacancy = make_vacancy()
    for source in ("hh", "hh", "referral"):
        make_candidacy(vacancy, source=source)
    make_candidacy(vacancy, stage="offer")
    url = f"/hiring/{vacancy.pk}/calls/add/"
    assert "Add 3 people" in text(rita.get(url))
    assert "Add 2 people" in text(rita.get(url, {"source": "hh"}))
    answer = rita.post(url, {"source": "hh", "stage": "", "tier": ""}, follow=True)
    assert "2 people put on the list" in text(answer)
    assert "Nobody fits" in text(rita.get(url, {"source": "hh"}))
    assert "Nobody to add" in text(rita.post(url, {"source": "linkedin"}, follow=True))


def test_chosen_people_are_added_by_their_numbers_and_no_others(cast, rita):
    vacancy, other = make_vacancy(), make_vacancy()
    mine, foreign = make_candidacy(vacancy), make_candidacy(other)
    url = f"/hiring/{vacancy.pk}/calls/add/"
    for wrong in ([foreign.pk], ["x"], [mine.pk, foreign.pk]):
        assert rita.post(url, {"ids": wrong}).status_code == 404
    rita.post(url, {"ids": [mine.pk]})
    assert CallEntry.objects.get().candidacy == mine


def test_next_shows_the_person_with_script_numbers_and_what_was_before(cast, rita, calling):
    calling.script = "Good day {name}, {recruiter} of {company}. {oddity}"
    calling.save()
    CandidateNote.objects.create(
        candidate=CallEntry.objects.first().candidacy.candidate, text="Likes trains"
    )
    page = text(rita.post(f"{home(calling)}next/", follow=True))
    entry = CallEntry.objects.get(held_by=cast.rita)
    assert f"Good day {entry.candidacy.candidate}, Rita of Severpack. {{oddity}}" in page
    assert 'href="tel:+7921555' in page and "the vacancy's holds" in page
    if "Likes trains" not in page:
        assert entry != CallEntry.objects.first()


def test_an_outcome_leads_to_the_next_and_can_be_taken_back(cast, rita, calling):
    rita.post(f"{home(calling)}next/")
    first = CallEntry.objects.get(held_by=cast.rita)
    page = text(outcome(rita, first, "agreed", note="glad"))
    second = CallEntry.objects.get(held_by=cast.rita)
    assert second != first and ": agreed." in page
    back = rita.post(f"/hiring/calls/made/{Call.objects.get().pk}/undo/", follow=True)
    assert "Taken back" in text(back)
    assert CallEntry.objects.get(held_by=cast.rita) == first
    first.refresh_from_db()
    assert first.state == CallState.WAITING


def test_what_is_missing_is_asked_for_and_nothing_is_lost(cast, rita, calling):
    rita.post(f"{home(calling)}next/")
    entry = CallEntry.objects.get(held_by=cast.rita)
    for code in ("refused", "later", "sang"):
        answer = outcome(rita, entry, code, note="a long story")
        assert answer.status_code == 422 and "a long story" in text(answer)
    assert not Call.objects.exists()
    outcome(rita, entry, "refused", reason=a_reason())
    assert Call.objects.get().outcome == "refused"


def test_a_callback_is_in_the_recruiters_clock(cast, rita, calling):
    cast.rita.time_zone = "Asia/Tokyo"
    cast.rita.save()
    rita.post(f"{home(calling)}next/")
    entry = CallEntry.objects.get(held_by=cast.rita)
    day = timezone.localdate() + dt.timedelta(days=2)
    outcome(rita, entry, "later", call_back_at=f"{day}T10:00")
    entry.refresh_from_db()
    assert (entry.due_at.hour, entry.is_callback) == (1, True)


def test_nobody_left_says_when_the_next_may_be_rung(cast, rita, calling):
    CallEntry.objects.update(due_at=timezone.now() + dt.timedelta(hours=3))
    assert "The next may be rung at" in text(rita.post(f"{home(calling)}next/", follow=True))
    CallEntry.objects.update(state=CallState.DONE)
    assert "Nobody is left" in text(rita.post(f"{home(calling)}next/", follow=True))


def test_the_turn_is_kept_given_back_and_passed_over(cast, rita, calling):
    rita.post(f"{home(calling)}next/")
    entry = CallEntry.objects.get(held_by=cast.rita)
    assert rita.post(f"/hiring/calls/{entry.pk}/keep/").status_code == 204
    rita.post(f"/hiring/calls/{entry.pk}/skip/", {"reason": "engaged"})
    assert CallEntry.objects.get(held_by=cast.rita) != entry
    rita.post(f"{home(calling)}stop/")
    assert not CallEntry.objects.filter(held_by=cast.rita).exists()
    assert rita.post(f"/hiring/calls/{entry.pk}/keep/").status_code == 409
    assert rita.get(f"{home(calling)}now/").status_code == 302


def test_every_part_of_the_list_has_its_people_and_the_reason(cast, rita, calling):
    entries = list(CallEntry.objects.order_by("pk"))
    say(cast.rita, entries[0], "agreed")
    Candidate.objects.filter(pk=entries[1].candidacy.candidate_id).update(
        wants_no_calls=timezone.now()
    )
    parts = {"waiting": 1, "callbacks": 0, "done": 1, "given_up": 0, "skipped": 1}
    for view, number in parts.items():
        page = rita.get(home(calling), {"view": view})
        assert len(page.context["lines"]) == number, view
    assert "They want no calls" in text(rita.get(home(calling), {"view": "skipped"}))
    name = entries[2].candidacy.candidate
    name.search_text = "zoya"
    name.save()
    assert len(rita.get(home(calling), {"q": "ZOYA"}).context["lines"]) == 1
    assert len(rita.get(home(calling), {"q": "other"}).context["lines"]) == 0


def test_a_row_whose_person_was_erased_breaks_nothing(cast, rita, calling):
    type(CallEntry.objects.first().candidacy).objects.update(candidate=None)
    assert rita.get(home(calling), {"view": "skipped"}).status_code == 200


def test_rules_are_kept_and_a_second_editor_is_told(cast, rita, calling):
    url = f"{home(calling)}rules/"
    assert "Good day" in text(rita.get(url))
    data = {
        "script": "Hello", "most_attempts": 3, "hours_between": 4, "quiet_from": 21,
        "quiet_to": 8, "version": calling.version,
    }  # fmt: skip
    assert rita.post(url, data).status_code == 302
    answer = rita.post(url, {**data, "script": "Mine"})
    assert answer.status_code == 409 and "Mine" in text(answer)
    assert rita.post(url, {**data, "most_attempts": 0, "version": 2}).status_code == 422
    calling.refresh_from_db()
    assert (calling.script, calling.version) == ("Hello", 2)


def test_the_list_costs_the_same_for_few_and_many(cast, rita, calling):
    rita.get(home(calling))
    with CaptureQueriesContext(connection) as few:
        rita.get(home(calling))
    add_people(calling, 60, actor=cast.rita)
    with CaptureQueriesContext(connection) as many:
        rita.get(home(calling))
    assert len(many) == len(few) <= 20


def test_a_taken_person_is_not_taken_off(cast, rita, calling):
    entry = CallEntry.objects.first()
    rita.post(f"/hiring/calls/{entry.pk}/take/")
    assert CallEntry.objects.get(held_by=cast.rita) == entry
    rita.post(f"/hiring/calls/{entry.pk}/remove/")
    assert not CallEntry.objects.filter(pk=entry.pk).exists()
    call_hold.give_back_all(actor=cast.rita, list_id=calling.pk)
    assert call_list.list_for(calling.vacancy_id, actor=cast.rita) == calling


def test_a_card_open_when_the_company_goes_off_limits_leads_back_with_the_reason(cast, rita):
    row = make_list(cast.rita, 0)
    add_people(row, 1, actor=cast.rita, plain_employer="polus")
    rita.post(f"{home(row)}next/")
    assert rita.get(f"{home(row)}now/").status_code == 200
    make_off_limits("Polus")
    page = rita.get(f"{home(row)}now/", follow=True)
    assert page.redirect_chain and "Polus is our customer" in text(page)
    assert "Polus is our customer" in text(rita.get(f"{home(row)}?view=skipped"))
