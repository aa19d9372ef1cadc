"""The brief in Chromium: ticks that stay, one side of A4, and the meeting told in the same page."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Touchpoint
from tests.browser.conftest import PHONE
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_touchpoint, set_tier

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(cast):
    """Planned with seven people of a customer about whom much is known."""
    account = make_account("Hansa", owner=cast.karl, about="Two plants, own shops. " * 12)
    set_tier(account, "A")
    people = [make_contact(account, f"Person {n}", role="purchasing") for n in range(7)]
    for person in people:
        for fact, value in (("stance", "4"), ("power", "3"), ("access", "3")):
            make_observation(person, fact, value, days_ago=3)
        make_observation(person, "sore_spot", "The late lorries of last winter, twice in a row")
        make_touchpoint(account, person, days_ago=9, subject="Prices", text="They wait. " * 40)
    return make_touchpoint(account, *people, days_ago=-2, state="planned", place="Kiel")


def address(meeting) -> str:
    return f"/accounts/{meeting.account_id}/brief/?touchpoint={meeting.pk}"


def test_ticks_stay_on_the_device_for_this_meeting(cast, meeting, open_page):
    page = open_page(address(meeting), cast.karl)
    page.get_by_label("Be there ten minutes early").check()
    expect(page.locator("[data-ticked]")).to_have_text("1 of 7")
    page.reload()
    expect(page.get_by_label("Be there ten minutes early")).to_be_checked()
    page.goto(f"/accounts/{meeting.account_id}/brief/")
    expect(page.get_by_label("Be there ten minutes early")).not_to_be_checked()


def test_it_prints_on_one_side(cast, meeting, open_page):
    page = open_page(address(meeting), cast.karl)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_on_the_phone_the_meeting_is_told_in_the_same_page(cast, meeting, open_page):
    page = open_page(address(meeting), cast.karl, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="It took place").click()
    expect(page.locator("#brief-log h2")).to_be_focused()
    page.locator("#brief-log textarea").fill("They sign in January.")
    page.locator("#brief-log .k-form-foot .btn-primary").click()
    page.wait_for_url(re.compile(rf"/accounts/{meeting.account_id}/(\?.*)?$"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.text) == ("done", "They sign in January.")
    assert Touchpoint.objects.get(pk=meeting.pk).contacts.count() == 7
