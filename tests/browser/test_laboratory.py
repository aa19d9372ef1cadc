"""The policy laboratory by keyboard, on a phone, and without script."""

import pytest
from playwright.sync_api import expect

from accounts.choices import PolicyState
from accounts.models import Policy
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.kpi.books import make_book, make_policy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/portfolio/laboratory/"


@pytest.fixture
def cast():
    cast = make_cast()
    make_policy(single_share=None)
    make_book(cast)
    return cast


def test_a_cut_is_moved_by_keyboard_names_appear_and_the_policy_is_adopted(cast, open_page):
    page = open_page(PAGE, cast.dora)
    handle = page.get_by_role("slider", name="Cut after tier A")
    handle.focus()
    for _ in range(4):
        page.keyboard.press("PageDown")
    leaving = page.locator("section", has=page.locator("#leaving-title"))
    expect(leaving).to_contain_text("Firm 003")
    expect(leaving).to_contain_text("Firm 004")
    assert page.locator("#id_cut_a").input_value() == "60"
    assert "cut_a=60" in page.url
    expect(handle).to_be_focused()
    page.get_by_role("button", name="Keep or adopt").press("Enter")
    page.wait_for_url("**/review/**")
    page.get_by_label("Note").fill("Two managers left us")
    page.get_by_role("button", name="Adopt policy").press("Enter")
    page.wait_for_url("**/portfolio/")
    adopted = Policy.objects.get(state=PolicyState.ADOPTED)
    assert (adopted.cut_a, adopted.note) == (60, "Two managers left us")


def test_slider_and_number_agree_and_the_cuts_keep_apart(cast, open_page):
    page = open_page(PAGE, cast.dora)
    slider = page.get_by_label("Tier A ends at, %")
    slider.fill("97")
    assert page.locator("#id_cut_a").input_value() == "97"
    assert float(page.locator("#id_cut_b").input_value()) == 97.5
    expect(page.locator("#lab-result")).to_contain_text("becomes key")


def test_incomplete_rules_are_told_in_place(cast, open_page):
    page = open_page(PAGE, cast.dora)
    page.locator("#id_cut_b").fill("")
    expect(page.locator("#lab-result")).to_contain_text("not complete")
    page.locator("#id_cut_b").fill("95")
    expect(page.locator("#lab-result")).to_contain_text("Become key")


def test_the_phone_scrolls_one_way_only_and_keeps_the_sum_in_sight(cast, open_page):
    page = open_page(PAGE, cast.dora, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(page.get_by_text("Managers needed")).to_be_in_viewport()


def test_without_script_the_rules_are_a_plain_form(cast, open_page):
    page = open_page(PAGE, cast.dora, java_script_enabled=False)
    page.locator("#id_cut_a").fill("60")
    page.get_by_role("button", name="Try these rules").click()
    page.wait_for_load_state()
    expect(page.locator("#lab-result")).to_contain_text("Firm 004")
    expect(page.get_by_label("Tier A ends at", exact=True)).to_have_value("60")
