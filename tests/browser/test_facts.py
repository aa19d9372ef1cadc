"""Facts confirmed by keyboard and thumb, chosen by behaviour, and a file two people write in."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Observation
from tests.browser.conftest import PHONE
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_entry, make_observation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEMS = ".k-confirm-item"


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def account(cast):
    return make_account("Hansa Feinkost GmbH", owner=cast.karl)


@pytest.fixture
def people(account):
    made = [make_contact(account, name) for name in ("Elena", "Paul", "Vera")]
    for place, contact in enumerate(made):
        make_observation(contact, days_ago=600 - place)
    return made


def test_facts_are_confirmed_by_arrows_and_enter(open_page, cast, people):
    page = open_page("/confirm/", cast.karl)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(ITEMS)).to_have_count(2)
    expect(page.locator(ITEMS).last.locator("[data-answer]").first).to_be_focused()
    assert "Stance of Vera" in page.locator(ITEMS).last.inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(ITEMS)).to_have_count(1)
    assert Observation.objects.filter(value="").get().contact == people[2]


def test_a_tap_is_taken_back_by_the_toast(open_page, cast, people):
    page = open_page("/confirm/", cast.karl, size=PHONE)
    page.get_by_role("button", name="Still so").first.click()
    expect(page.locator(ITEMS)).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(ITEMS)).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_two_taps_while_the_list_renews_itself_slowly_are_both_seen(open_page, cast, people):
    page = open_page("/confirm/", cast.karl)
    late = []
    page.route("**/confirm/?shown=*", lambda one: late.append((one, one.fetch())), times=1)
    answers = page.get_by_role("button", name="Still so")
    answers.first.click()
    page.wait_for_timeout(500)  # the list as it was after the first tap is on its way
    assert late
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        answers.last.click()
    page.wait_for_timeout(500)
    late[0][0].fulfill(response=late[0][1])
    expect(page.locator(ITEMS)).to_have_count(1)


def test_a_value_is_chosen_in_the_drawer_and_the_panel_follows(open_page, cast, account, people):
    page = open_page(f"/accounts/{account.pk}/people/{people[0].pk}/facts/", cast.karl)
    page.get_by_role("link", name=re.compile("Change.*Stance")).click()
    expect(page.locator("#drawer-title")).to_have_text("Stance: Elena")
    page.get_by_text("Argues for us when we are not in the room").click()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("dd", has_text="speaks up for us")).to_be_visible()
    expect(page.locator("#drawer")).not_to_be_visible()
    page.get_by_role("link", name=re.compile("History.*Stance")).click()
    expect(page.locator(".k-told > li")).to_have_count(2)
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator("dd", has_text="neutral")).to_be_visible()


def test_the_file_takes_an_entry_and_its_numbers_follow(open_page, cast, account):
    make_entry(account, "needs", days_ago=900)
    page = open_page(f"/accounts/{account.pk}/dossier/", cast.karl)
    numbers = page.locator(".k-two-numbers .k-value")
    assert numbers.all_inner_texts() == ["1 of 3", "0 of 1"]
    page.get_by_role("button", name=re.compile("Still so.*Needs")).click()
    expect(numbers.last).to_have_text("1 of 1")
    page.get_by_role("link", name=re.compile("Add.*Competitors present")).click()
    page.locator("#drawer input[name=title]").fill("Verpa Nord")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Verpa Nord")).to_be_visible()
    expect(numbers.first).to_have_text("2 of 3")


def test_examples_follow_what_a_director_types(open_page, cast):
    page = open_page("/settings/field/", cast.dora)
    said = page.locator(".k-examples").first
    before = said.inner_text()
    page.get_by_label("Rhythm in days, tier A").fill("1")
    expect(said).not_to_have_text(before)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".k-toast")).to_contain_text("Saved; it counts from now on.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Rhythm in days, tier A")).to_have_value("14")
