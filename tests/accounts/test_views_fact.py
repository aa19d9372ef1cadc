import json
import re

import pytest
from django.urls import reverse

from accounts.models import Observation
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_touchpoint

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
INVALID = re.compile(r"Select a valid choice[^<]*")


@pytest.fixture
def elena(account):
    return make_contact(account, "Elena Orlova")


@pytest.fixture
def karl(cast, reader):
    return reader(cast.karl)


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def test_the_panel_says_what_is_known_how_old_it_is_and_from_whom(cast, account, elena, karl):
    meeting = make_touchpoint(account, elena, days_ago=200)
    make_observation(
        elena, value="4", days_ago=200, author=cast.anna, evidence=meeting, confidence=3
    )
    text = karl.get(address("facts_panel", account.pk, elena.pk)).content.decode()
    for words in ("supports us", "Would choose us", "Anna", "sure", "from: meeting", "to confirm"):
        assert words in text
    assert "Not recorded yet." in text and "1 fact to confirm" in text
    assert f'href="/touchpoints/{meeting.pk}/"' in text


def test_the_panel_of_a_past_day_shows_that_day_and_offers_no_change(account, elena, karl):
    make_observation(elena, value="2", days_ago=100)
    make_observation(elena, value="5", days_ago=1)
    old = Observation.objects.get(value="2").day
    url = address("facts_panel", account.pk, elena.pk)
    text = karl.get(f"{url}?on={old}", **HTMX).content.decode()
    assert "has reservations" in text and "speaks up for us" not in text
    assert "Still so" not in text and "Back to today" in text
    assert karl.get(f"{url}?on=nonsense").status_code == 200


def test_leads_read_the_panel_without_buttons(cast, account, elena, reader):
    make_observation(elena, days_ago=400)
    text = reader(cast.lena).get(address("facts_panel", account.pk, elena.pk)).content.decode()
    assert "neutral" in text and "Still so" not in text and "Change" not in text


def test_a_value_is_chosen_by_behaviour(account, elena, karl):
    url = address("fact_change", account.pk, elena.pk, "level")
    form = karl.get(url, **HTMX).content.decode()
    assert "Brings problems to us before asking others." in form and "all of us" in form
    response = karl.post(url, {"value": "3", "confidence": "3", "day": "2026-01-05"}, **HTMX)
    told = json.loads(response["HX-Trigger"])
    row = Observation.objects.get()
    assert (row.value, str(row.day), row.confidence) == ("3", "2026-01-05", 3)
    assert response.status_code == 204 and {"facts:changed", "drawer:close"} <= set(told)
    assert told["toast"]["undo"].startswith(f"/facts/{row.pk}/retract/?next=")


def test_an_own_relationship_is_changed_apart_from_the_companys(cast, account, elena, karl):
    make_observation(elena, "level", "2")
    make_observation(elena, "level", "4", colleague=cast.karl)
    url = address("fact_change", account.pk, elena.pk, "level")
    ours, own = (karl.get(url + query, **HTMX).content.decode() for query in ("", "?own=1"))
    assert 'value="2" checked' in ours and 'value="4" checked' in own
    assert f'value="{cast.karl.pk}" selected' in own


def test_the_plain_form_leads_back_to_the_panel(account, elena, karl):
    url = address("fact_change", account.pk, elena.pk, "sore_spot")
    response = karl.post(url, {"value": " Prices ", "confidence": "2", "day": "2026-01-05"})
    assert response["Location"] == address("facts_panel", account.pk, elena.pk)
    assert Observation.objects.get().value == "Prices"


@pytest.mark.parametrize(
    "wrong", [{"value": "9"}, {"confidence": "8"}, {"day": "2999-01-01"}, {"value": "x" * 500}]
)
def test_what_is_refused_stays_in_the_form(account, elena, karl, wrong):
    url = address("fact_change", account.pk, elena.pk, "stance")
    data = {"value": "3", "confidence": "2", "day": "2026-01-05", **wrong}
    assert karl.post(url, data, **HTMX).status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.parametrize("field", ["evidence", "colleague"])
def test_what_is_foreign_reads_like_what_is_missing(cast, account, elena, karl, field):
    foreign = make_account(owner=cast.kim)
    there = {
        "evidence": make_touchpoint(foreign, make_contact(foreign)).pk, "colleague": cast.kim.pk
    }[field]  # fmt: skip
    url = address("fact_change", account.pk, elena.pk, "level")
    answers = []
    for value in (there, 10**8):
        data = {"value": "3", "confidence": "2", "day": "2026-01-05", field: value}
        response = karl.post(url, data, **HTMX)
        assert response.status_code == 422
        answers.append(INVALID.findall(response.content.decode()))
    assert answers[0] == answers[1] != []
    assert not Observation.objects.exists()


def test_nobody_writes_author_or_confirmation_by_hand(cast, account, elena, karl):
    old = make_observation(elena)
    url = address("fact_change", account.pk, elena.pk, "stance")
    karl.post(
        url,
        {"value": "3", "confidence": "2", "day": "2026-01-05", "author": cast.kim.pk,
         "retracts": old.pk, "confirms": old.pk, "recorded_at": "2020-01-01"},
    )  # fmt: skip
    row = Observation.objects.exclude(pk=old.pk).get()
    assert (row.author, row.retracts, row.confirms) == (cast.karl, None, None)
    assert row.recorded_at.year > 2020


def test_people_and_facts_that_are_not_there(cast, account, karl):
    stranger = make_contact(make_account(owner=cast.karl))
    assert karl.get(address("facts_panel", account.pk, stranger.pk)).status_code == 404
    contact = make_contact(account)
    assert karl.get(address("fact_change", account.pk, contact.pk, "shoe-size")).status_code == 404
    assert karl.get(address("fact_history", account.pk, contact.pk, "x")).status_code == 404


def test_history_tells_every_word_and_what_was_taken_back(cast, account, elena, karl):
    make_observation(elena, value="2", days_ago=90, author=cast.karl)
    slip = make_observation(elena, value="5", days_ago=10, author=cast.karl)
    karl.post(address("fact_retract", slip.pk))
    make_observation(elena, value="3", days_ago=5, author=cast.karl)
    url = address("fact_history", account.pk, elena.pk, "stance")
    text = karl.get(url, **HTMX).content.decode()
    assert "<del>speaks up for us</del>" in text and "Taken back by Karl" in text
    assert " until " in text and "Put back" in text
    assert "hearsay" in text


def test_one_tap_renews_a_fact_and_undo_takes_it_back(account, elena, karl):
    old = make_observation(elena, days_ago=400)
    response = karl.post(
        address("fact_confirm", old.pk), HTTP_HX_CURRENT_URL="http://testserver/confirm/", **HTMX
    )
    undo = json.loads(response["HX-Trigger"])["toast"]["undo"]
    assert undo.endswith("?next=%2Fconfirm%2F")
    assert "Everything is fresh" in karl.get("/confirm/").content.decode()
    assert karl.post(undo)["Location"] == "/confirm/"
    assert "Stance of Elena Orlova" in karl.get("/confirm/").content.decode()


def test_a_late_tap_is_told_that_somebody_was_faster(cast, account, elena, karl):
    old = make_observation(elena, days_ago=400)
    make_observation(elena, value="5")
    response = karl.post(address("fact_confirm", old.pk), **HTMX)
    toast = json.loads(response["HX-Trigger"])["toast"]
    assert toast["level"] == "error" and "newer" in toast["text"]
    assert Observation.objects.count() == 2
    assert karl.post(address("fact_forget", old.pk)).status_code == 302


def test_the_list_shows_only_what_one_may_change(cast, account, elena, reader):
    make_observation(elena, days_ago=400)
    for who, sees in (("karl", True), ("anna", True), ("lena", False), ("kim", False)):
        page = reader(getattr(cast, who)).get("/confirm/").content.decode()
        assert ("Elena Orlova" in page) is sees, who


def test_the_list_shows_ten_and_ten_more(account, karl):
    for _person in range(12):
        make_observation(make_contact(account), days_ago=400)
    first = karl.get("/confirm/").content.decode()
    assert first.count("k-confirm-item") == 10 and "?shown=20" in first
    assert "12 facts are past their shelf life" in first
    more = karl.get("/confirm/?shown=20", **HTMX).content.decode()
    assert more.count("k-confirm-item") == 12 and "Show 10 more" not in more
    assert karl.get("/confirm/?shown=x").status_code == 200


def test_the_overview_offers_the_three_most_important(account, karl):
    for number in range(5):
        make_observation(make_contact(account, f"Person {number}"), days_ago=400 + number)
    text = karl.get(address("confirm_part", account.pk)).content.decode()
    assert text.count("k-confirm-item") == 3 and "Person 4" in text


def test_the_question_after_a_touchpoint_is_answered_with_it_as_evidence(account, elena, karl):
    meeting = make_touchpoint(account, elena, days_ago=1)
    url = address("question_answer", account.pk, meeting.pk)
    assert "How does Elena Orlova stand towards us?" in karl.get(url).content.decode()
    response = karl.post(url, {"contact": elena.pk, "fact": "stance", "value": "4"}, **HTMX)
    row = Observation.objects.get()
    assert response.status_code == 200 and response.content == b""
    assert (row.value, row.evidence) == ("4", meeting)


def test_the_same_answer_is_a_confirmation(account, elena, karl):
    old = make_observation(elena, days_ago=400)
    meeting = make_touchpoint(account, elena)
    url = address("question_answer", account.pk, meeting.pk)
    karl.post(url, {"contact": elena.pk, "fact": "stance", "value": "3"})
    assert Observation.objects.exclude(pk=old.pk).get().confirms == old


def test_strange_answers_change_nothing(account, elena, karl):
    meeting = make_touchpoint(account, elena)
    url = address("question_answer", account.pk, meeting.pk)
    assert karl.post(url, {"contact": "x", "fact": "stance", "value": "3"}).status_code == 404
    assert karl.post(url, {"contact": elena.pk, "fact": "x", "value": "3"}).status_code == 302
    assert not Observation.objects.exists()


def test_a_constant_number_of_queries(account, karl, django_assert_max_num_queries):
    contact = make_contact(account)
    for number in (1, 40):
        for _row in range(number):
            make_observation(contact, "stance", "2", days_ago=_row)
            make_observation(make_contact(account), days_ago=400)
        with django_assert_max_num_queries(24):
            karl.get(address("facts_panel", account.pk, contact.pk))
        with django_assert_max_num_queries(15):
            karl.get("/confirm/")
