"""The board in a browser: by mouse, by keyboard, by menu on a phone."""

import pytest
from playwright.sync_api import expect

from hiring.choices import StageKind
from hiring.models import Candidacy
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def vacancy(cast):
    vacancy = make_vacancy("KAM north", recruiter=cast.rita)
    for name in ("Anna", "Boris"):
        make_candidacy(vacancy, make_candidate(name), stage=StageKind.FOUND)
    make_candidacy(vacancy, make_candidate("Clara"), stage=StageKind.CALL)
    return vacancy


def lane(page, name):
    return page.locator("[data-lane]", has=page.get_by_role("heading", name=name))


def card(page, name):
    return page.locator(".k-bcard", has_text=name)


def stage_of(name):
    return Candidacy.objects.get(candidate__name=name).stage.kind


def test_a_card_is_dragged_into_another_column_and_back_by_undo(open_page, cast, vacancy):
    page = open_page(f"/hiring/{vacancy.pk}/", cast.rita)
    card(page, "Anna").drag_to(card(page, "Clara"), target_position={"x": 60, "y": 4})
    expect(page.locator("#toasts")).to_contain_text("Anna is in")
    names = lane(page, "To call").locator(".k-bcard h3")
    expect(names).to_have_text(["Anna", "Clara"])
    assert stage_of("Anna") == StageKind.CALL
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(lane(page, "Found").locator(".k-bcard")).to_have_count(2)
    assert stage_of("Anna") == StageKind.FOUND


def test_a_card_is_carried_by_keyboard_and_told_to_a_listener(open_page, cast, vacancy):
    page = open_page(f"/hiring/{vacancy.pk}/", cast.rita)
    card(page, "Boris").get_by_role("link", name="Boris").focus()
    page.keyboard.press("Space")
    live = page.locator("#live")
    expect(live).to_contain_text("Boris is picked up")
    page.keyboard.press("ArrowRight")
    expect(live).to_contain_text("To call, place")
    page.keyboard.press("Escape")
    expect(live).to_contain_text("back where they were")
    expect(lane(page, "Found").locator(".k-bcard")).to_have_count(2)
    assert stage_of("Boris") == StageKind.FOUND
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Boris is in")
    expect(card(page, "Boris").get_by_role("link", name="Boris")).to_be_focused()
    assert stage_of("Boris") == StageKind.CALL


def test_on_a_phone_one_column_stands_and_the_menu_moves(open_page, cast, vacancy):
    page = open_page(f"/hiring/{vacancy.pk}/", cast.rita, size=PHONE, has_touch=True)
    expect(lane(page, "Found")).to_be_visible()
    expect(lane(page, "To call")).to_be_hidden()
    page.locator("[data-lanetab]", has_text="To call").tap()
    expect(card(page, "Clara")).to_be_visible()
    expect(card(page, "Anna")).to_be_hidden()
    card(page, "Clara").get_by_role("link", name="Move to…").tap()
    page.locator("#drawer-body").get_by_role("button", name="Test task").tap()
    expect(page.locator("#toasts")).to_contain_text("Clara is in")
    assert stage_of("Clara") == StageKind.TASK
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_without_a_script_the_menu_is_a_page(open_page, cast, vacancy):
    page = open_page(f"/hiring/{vacancy.pk}/", cast.rita, java_script_enabled=False)
    card(page, "Anna").get_by_role("link", name="Move to…").click()
    page.get_by_role("button", name="Questionnaire").click()
    expect(lane(page, "Questionnaire").locator(".k-bcard")).to_have_count(1)
    assert stage_of("Anna") == StageKind.FORM
