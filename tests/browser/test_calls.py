"""Ten calls by keyboard at the desk, and by thumb on the phone; an offer answered on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hiring.choices import CallOutcome, CallState
from hiring.commands.link import make_link
from hiring.models import Call, CallEntry, Offer
from tests.browser.calling import next_person
from tests.browser.conftest import PHONE
from tests.cast import make_cast, make_company
from tests.hiring.calling import a_reason, make_list
from tests.hiring.offering import make_offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast():
    made = make_cast()
    make_company(set_up_at=timezone.now())
    return made


@pytest.fixture
def calling(cast):
    a_reason()
    return make_list(cast.rita, 10, script="Good day {name}, this is {recruiter}.")


def test_ten_calls_with_one_key_each(cast, calling, open_page):
    page = open_page(f"/hiring/{calling.vacancy_id}/calls/", cast.rita)
    page.get_by_role("button", name="Call the next").click()
    page.wait_for_url("**/calls/now/")
    name = next_person(page)
    for key in ("1", "3", "6", "5", "1", "3", "1"):
        expect(page.locator(".k-call-script")).to_contain_text(f"Good day {name}")
        page.keyboard.press(key)
        name = next_person(page, name)
    page.keyboard.press("4")
    expect(page.locator("#id_reason")).to_be_focused()
    page.locator("#id_reason").select_option(index=1)
    page.keyboard.press("Enter")
    name = next_person(page, name)
    page.keyboard.press("2")
    expect(page.locator("#id_call_back_at")).to_be_focused()
    page.get_by_role("button", name="in 3 hours").click()
    page.keyboard.press("Enter")
    next_person(page, name)
    page.keyboard.press("3")
    page.wait_for_url("**/calls/")
    expect(page.locator(".k-toast").last).to_contain_text("The next may be rung at")
    made = list(Call.objects.values_list("outcome", flat=True))
    assert len(made) == 10
    assert {made.count(code) for code in (CallOutcome.AGREED, CallOutcome.NO_ANSWER)} == {3}
    assert CallEntry.objects.filter(state=CallState.DONE).count() == 5
    assert CallEntry.objects.filter(is_callback=True).count() == 1


def test_keys_typed_into_the_note_call_nobody(cast, calling, open_page):
    page = open_page(f"/hiring/{calling.vacancy_id}/calls/", cast.rita)
    page.get_by_role("button", name="Call the next").click()
    page.locator("#id_note").fill("")
    page.locator("#id_note").press("1")
    expect(page.locator("#id_note")).to_have_value("1")
    assert not Call.objects.exists()


def test_a_double_press_keeps_one_call_and_undo_brings_them_back(cast, calling, open_page):
    page = open_page(f"/hiring/{calling.vacancy_id}/calls/", cast.rita)
    page.get_by_role("button", name="Call the next").click()
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="agreed").dblclick()
    expect(page.locator("h1")).not_to_have_text(name)
    assert Call.objects.count() == 1
    page.get_by_role("button", name=f"Undo: {name}").click()
    expect(page.locator("h1")).to_have_text(name)
    assert Call.objects.filter(undone_at=None).count() == 0


def test_calling_with_one_thumb(cast, calling, open_page):
    page = open_page(f"/hiring/{calling.vacancy_id}/calls/", cast.rita, size=PHONE)
    page.get_by_role("button", name="Call the next").click()
    page.wait_for_url("**/calls/now/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    number = page.locator(".k-call-tel")
    assert number.get_attribute("href").startswith("tel:+7921")
    assert number.bounding_box()["height"] >= 44
    for button in page.locator(".k-call-outcomes .btn").all():
        assert button.bounding_box()["height"] >= 44
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="no answer").click()
    expect(page.locator("h1")).not_to_have_text(name)
    assert Call.objects.get().outcome == CallOutcome.NO_ANSWER


def test_an_offer_is_read_and_accepted_on_a_phone(cast, open_page):
    offer = make_offer(cast, "sent")
    token = make_link(offer.candidacy.candidate).token
    page = open_page(f"/c/{token}/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("A word to us").fill("Gladly")
    page.get_by_role("button", name="Accept the offer").click()
    expect(page.locator(".k-own-offer")).to_contain_text("You have accepted")
    assert Offer.objects.get().answer_note == "Gladly"
