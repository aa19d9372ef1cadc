"""/kpi/warnings/: the inbox, its answers, pauses, and who may see them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Account, Scoring
from common import formats
from kpi.models import AgreedPause, Alert, AlertAnswer
from people.models import company_day
from tests.access_warnings import make_alert
from tests.cast import make_cast, signed_in, without_tokens
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
URL, ANSWERED = reverse("kpi:warning_list"), reverse("kpi:answer_list")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cast():
    cast = make_cast()
    Scoring.objects.create(pk=1, as_of=company_day(), whole=True)
    return cast


def answer_url(alert: Alert, verb: str) -> str:
    return reverse("kpi:warning_answer", args=[alert.pk, verb])


def test_the_inbox_says_cause_evidence_money_and_owner(cast):
    data = {"usual": 28, "orders": 24, "expected": 410_000_000, "basis": "year"}
    make_alert(cast.karl, "Nordwind", data=data, stake=41_000)
    text = without_tokens(signed_in(cast.dora).get(URL))
    for words in (
        "Nordwind has been silent for 60 days.",
        "Usually orders every 28 days (24 orders).",
        "90 days at the pace of the last twelve months bring",
        "Owner: Karl since",
        formats.money_short(41_000, "EUR"),
        "Plan a call",
    ):
        assert words in text


def test_each_reads_the_warnings_of_the_accounts_they_may_open(cast):
    make_alert(cast.karl, "Karls")
    make_alert(cast.kim, "Kims")
    seen = {
        user.name: [name for name in ("Karls", "Kims") if name in without_tokens(answer)]
        for user in (cast.dora, cast.lena, cast.karl, cast.kim)
        for answer in [signed_in(user).get(URL)]
    }
    assert seen == {
        "Dora": ["Karls", "Kims"], "Lena": ["Karls"], "Karl": ["Karls"], "Kim": ["Kims"],
    }  # fmt: skip


def test_others_find_nothing_and_strangers_sign_in(cast, client):
    assert signed_in(cast.rita).get(URL).status_code == 404
    assert client.get(URL).status_code == 302


def test_a_lead_reads_but_answers_only_their_own(cast):
    alert = make_alert(cast.karl)
    assert "Plan a call" not in without_tokens(signed_in(cast.lena).get(URL))
    answer = signed_in(cast.lena).post(answer_url(alert, "lost"), {"reason": "price"})
    assert answer.status_code == 404


def test_a_press_removes_the_line_and_offers_undo(cast):
    alert = make_alert(cast.karl, "Nordwind")
    client = signed_in(cast.karl)
    answer = client.post(answer_url(alert, "lost"), {"reason": "price"}, **HTMX)
    assert "Nordwind" not in without_tokens(answer)
    made = AlertAnswer.objects.get()
    undo = reverse("kpi:answer_undo", args=[made.pk])
    assert undo in answer["HX-Trigger"]
    client.post(undo)
    assert "Nordwind" in without_tokens(client.get(URL))


def test_a_planned_call_leaves_the_inbox_until_its_day(cast):
    alert = make_alert(cast.karl, "Nordwind")
    client = signed_in(cast.karl)
    day = company_day() + dt.timedelta(days=2)
    text = without_tokens(client.post(answer_url(alert, "planned"), {"on": day}, **HTMX))
    assert "Nordwind" not in text
    assert "1 call planned" in text
    AlertAnswer.objects.update(until=company_day() - dt.timedelta(days=1))
    assert "Nordwind" in without_tokens(client.get(URL))


def test_the_second_of_two_is_told_and_the_list_is_fresh(cast):
    alert = make_alert(cast.karl)
    signed_in(cast.karl).post(answer_url(alert, "wrong"), {"reason": "rarer"}, **HTMX)
    answer = signed_in(cast.dora).post(answer_url(alert, "lost"), {"reason": "own"}, **HTMX)
    assert "Karl has called this warning wrong" in answer["HX-Trigger"]
    assert AlertAnswer.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_is_kept(cast):
    alert = make_alert(cast.karl)
    answer = signed_in(cast.karl).post(answer_url(alert, "pause"), {"until": ""}, **HTMX)
    assert "required" in answer["HX-Trigger"]
    assert not AlertAnswer.objects.exists()


def test_filters_narrow_and_nonsense_is_refused(cast):
    make_alert(cast.karl, "Reds")
    make_alert(cast.kim, "Ambers", level="amber", red_on=None)
    Account.objects.filter(name="Reds").update(search_text="reds")
    client = signed_in(cast.dora)
    narrow = {"level=amber": "Ambers", f"manager={cast.karl.pk}": "Reds", "q=red": "Reds"}
    for query, name in narrow.items():
        text = without_tokens(client.get(f"{URL}?{query}"))
        assert [one for one in ("Reds", "Ambers") if f"{one} has been" in text] == [name]
    assert client.get(f"{URL}?cause=weather").status_code == 400


def test_more_than_a_manager_can_work_are_folded_and_can_be_shown(cast):
    for number in range(9):
        make_alert(cast.karl, f"Firm {number}", stake=number)
    client = signed_in(cast.karl)
    text = without_tokens(client.get(URL))
    assert text.count("has been silent") == 7
    assert "2 more wait" in text
    assert without_tokens(client.get(f"{URL}?all=1")).count("has been silent") == 9


def test_a_long_list_comes_in_pages_that_keep_the_filter(cast):
    for number in range(22):
        make_alert(cast.karl, f"Firm {number}", stake=number)
    make_alert(cast.kim, "Ambers", level="amber", red_on=None, stake=99)
    client = signed_in(cast.karl)
    first = client.get(f"{URL}?all=1&level=red")
    assert without_tokens(first).count("has been silent") == 20
    assert "1–20 of 22" in without_tokens(first)
    following = first.context["urls"]["next"]
    assert without_tokens(client.get(following)).count("has been silent") == 2
    assert client.get(f"{URL}?page=99").status_code == 200


def test_a_list_drawn_anew_still_leads_to_its_other_pages(cast):
    alerts = [make_alert(cast.karl, f"Firm {number}") for number in range(23)]
    said = {"reason": "price", "query": "all=1&level=red&page=2"}
    answer = signed_in(cast.karl).post(answer_url(alerts[0], "lost"), said, **HTMX)
    assert "21–22 of 22" in without_tokens(answer)
    assert answer.context["urls"]["previous"] == f"{URL}?all=1&level=red&page=1"


def test_all_that_wait_are_one_link_away(cast):
    for number in range(8):
        make_alert(cast.karl, f"Firm {number}", stake=number)
    client = signed_in(cast.karl)
    whole = client.get(client.get(f"{URL}?level=red").context["urls"]["whole"])
    assert without_tokens(whole).count("has been silent") == 8


def test_the_manager_chosen_stands_as_a_chip_and_can_be_taken_out(cast):
    make_alert(cast.karl, "Karls")
    make_alert(cast.kim, "Kims")
    chips = signed_in(cast.dora).get(f"{URL}?manager={cast.karl.pk}").context["chips"]
    assert [(chip["value"], chip["url"]) for chip in chips] == [("Karl", f"{URL}?")]


def test_one_account_is_one_line_however_many_causes(cast):
    alert = make_alert(cast.karl, "Nordwind")
    Alert.objects.create(
        account=alert.account, cause="cadence", level="amber", since=alert.since,
        raised_on=alert.raised_on, seen_on=alert.seen_on,
    )  # fmt: skip
    assert without_tokens(signed_in(cast.karl).get(URL)).count("k-warn-line") == 1


def test_as_many_queries_for_many_lines_as_for_one(cast, django_assert_max_num_queries):
    client = signed_in(cast.dora)
    make_alert(cast.karl)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _number in range(5):
        make_alert(cast.karl)
    with django_assert_max_num_queries(len(one)):
        client.get(URL)


def test_answers_and_pauses_stand_on_their_page_with_their_undo(cast):
    alert = make_alert(cast.karl, "Nordwind")
    client = signed_in(cast.karl)
    until = company_day() + dt.timedelta(days=20)
    client.post(answer_url(alert, "pause"), {"until": until, "reason": "Rebuilding"})
    text = without_tokens(client.get(ANSWERED))
    assert "Rebuilding" in text
    assert "Take back" in text
    assert "Nordwind" not in without_tokens(signed_in(cast.kim).get(ANSWERED))


def test_a_reason_written_as_a_sentence_ends_once(cast):
    alert, client = make_alert(cast.karl, "Nordwind"), signed_in(cast.karl)
    until = company_day() + dt.timedelta(days=20)
    client.post(answer_url(alert, "pause"), {"until": until, "reason": "They rebuild."})
    text = without_tokens(client.get(ANSWERED))
    assert "They rebuild." in text
    assert "They rebuild.." not in text


def test_a_form_of_a_pause_has_no_label_for_what_is_hidden(cast):
    alert = make_alert(cast.karl)
    page = signed_in(cast.karl).get(reverse("kpi:pause_create", args=[alert.account_id]))
    assert "Seen" not in without_tokens(page)


def test_a_pause_is_written_down_on_the_account_and_taken_back(cast):
    alert = make_alert(cast.karl)
    client = signed_in(cast.karl)
    url = reverse("kpi:pause_create", args=[alert.account_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"until": company_day(), "reason": "x"}).status_code == 422
    until = company_day() + dt.timedelta(days=20)
    assert client.post(url, {"until": until, "reason": "Holiday"}).status_code == 302
    part = reverse("kpi:account_warning", args=[alert.account_id])
    assert "Holiday" in without_tokens(client.get(part))
    client.post(reverse("kpi:pause_undo", args=[AgreedPause.objects.get().pk]))
    assert "Holiday" not in without_tokens(client.get(part, **HTMX))


def test_the_accounts_part_says_what_warns(cast):
    alert = make_alert(cast.karl, "Nordwind")
    part = reverse("kpi:account_warning", args=[alert.account_id])
    assert "Nordwind has been silent" in without_tokens(signed_in(cast.anna).get(part, **HTMX))
    assert signed_in(cast.kim).get(part).status_code == 404


def test_a_warning_is_answered_where_the_account_shows_it(cast):
    alert = make_alert(cast.karl, "Nordwind")
    browser = signed_in(cast.karl)
    url = reverse("kpi:account_warning", args=[alert.account_id])
    assert "Plan a call" in without_tokens(browser.get(url, **HTMX))
    said = {"reason": "price", "place": "account"}
    answer = browser.post(answer_url(alert, "lost"), said, **HTMX)
    assert "Nothing warns." in without_tokens(answer)
    assert "showToast" in answer["HX-Trigger"] or "toast" in answer["HX-Trigger"]


def test_before_the_first_night_the_page_says_so(db):
    cast = make_cast()
    assert "No night has looked yet" in without_tokens(signed_in(cast.dora).get(URL))


def test_a_day_without_warnings_says_so(cast):
    make_day(make_alert(cast.kim).account, company_day(), 1)
    assert "Nothing warns today" in without_tokens(signed_in(cast.karl).get(URL))
