"""The composer and the timeline as a manager uses them all day: by keyboard, drafts, one click."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Promise, Task, Touchpoint
from tests.browser.conftest import PHONE
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_logged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def account(cast):
    made = make_account("Hansa Feinkost GmbH", owner=cast.karl)
    make_contact(made, "Timo Behrens")
    return made


def test_a_call_with_its_next_step_is_logged_by_keyboard(open_page, cast, account):
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    assert page.locator("[name=next_title]").is_hidden()
    page.get_by_label("What was said").fill("They want a trial")
    page.get_by_role("radio", name="Call", exact=True).check(force=True)
    page.get_by_role("checkbox", name="Timo Behrens").check(force=True)
    page.get_by_role("radio", name="Good").check(force=True)
    page.locator("[name=next_title]").fill("Send the offer")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/*/**")
    expect(page.locator(".k-tl-line")).to_contain_text("They want a trial")
    row = Touchpoint.objects.get()
    assert (row.channel, row.tone, row.contacts.get().name) == ("call", 1, "Timo Behrens")
    assert Task.objects.get().title == "Send the offer"
    assert page.get_by_label("What was said").input_value() == ""  # the draft has gone
    assert "logged" not in page.url


def test_what_was_typed_survives_until_it_is_saved(open_page, cast, account):
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    page.get_by_label("What was said").fill("Half a story")
    page.get_by_role("radio", name="Mail").check(force=True)
    page.goto(f"/accounts/{account.pk}/money/")
    page.goto(f"/accounts/{account.pk}/")
    expect(page.get_by_label("What was said")).to_have_value("Half a story")
    assert page.get_by_role("radio", name="Mail").is_checked()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("What was said")).to_have_value("")
    page.reload()
    expect(page.get_by_label("What was said")).to_have_value("")


def test_undo_takes_it_back(open_page, cast, account):
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    page.get_by_role("radio", name="Call", exact=True).check(force=True)
    page.locator(".k-composer-foot button").click()
    page.locator(".k-toast button", has_text="Undo").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".k-tl-line")).to_have_count(0)
    assert Touchpoint.objects.get().state == "removed"


def test_a_plan_that_is_over_is_told_in_the_drawer(open_page, cast, account):
    past = timezone.now() - dt.timedelta(hours=3)
    make_logged(cast.karl, account, state="planned", at=past, subject="Their new plant")
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    page.locator(".k-tl-ask a").click()
    drawer = page.locator("#drawer")
    drawer.get_by_label("What was said").fill("They build in Poznań")
    drawer.get_by_role("button", name="Log", exact=True).click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".k-tl-line")).to_contain_text("They build in Poznań")
    assert Touchpoint.objects.get().state == "done"


def test_the_timeline_narrows_while_one_types(open_page, cast, account):
    make_logged(cast.karl, account, text="About pallets")
    make_logged(cast.karl, account, text="About films")
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    page.get_by_placeholder("Find in the timeline").fill("pallets")
    expect(page.locator(".k-tl-line")).to_have_count(1)


def test_a_promise_is_kept_with_one_tap_on_the_phone(open_page, cast, account):
    make_logged(cast.karl, account, promise={"text": "A price for Poland"})
    page = open_page("/promises/", cast.karl, size=PHONE)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Kept").click()
    assert Promise.objects.get().state == "kept"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("part", ["", "promises/", "files/", "money/", "details/"])
def test_the_account_fits_a_phone(open_page, cast, account, part):
    make_logged(cast.karl, account, text="x" * 300, promise={"text": "y" * 300})
    page = open_page(f"/accounts/{account.pk}/{part}", cast.karl, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_forgotten_channel_is_asked_for_in_the_language_of_the_page(open_page, cast, account):
    page = open_page(f"/accounts/{account.pk}/", cast.karl)
    page.get_by_label("What was said").fill("They want a trial")
    page.keyboard.press("Control+Enter")
    asked = page.get_by_role("alert").filter(has_text="Choose how you spoke")
    expect(asked).to_be_visible()
    expect(page.get_by_role("radio", name="Meeting", exact=True)).to_be_focused()
    assert not Touchpoint.objects.exists()
    page.get_by_role("radio", name="Call", exact=True).check(force=True)
    expect(asked).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".k-tl-line")).to_contain_text("They want a trial")
