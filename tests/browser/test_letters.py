"""Letters to customers read over by keys, and the one question answered without a script."""

import pytest
from playwright.sync_api import expect

from accounts.commands.pulse import ask_pulse
from accounts.models import CustomerLetter, Pulse
from accounts.rules import pulse as rules
from common import tokens
from tests.browser.conftest import PHONE
from tests.care import make_key_account
from tests.caring import make_letter, make_powerful, make_watched
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def hansa(cast):
    return make_key_account("Hansa", owner=cast.lena)


def test_letters_are_read_by_keys_and_only_those_ticked_go(open_page, cast, hansa):
    letters = [
        make_letter(cast.dora, hansa, make_powerful(hansa, name)) for name in ("Ada Lux", "Bo Dahl")
    ]
    page = open_page("/customer-letters/review/", cast.dora)
    expect(page.locator("[data-read-count]")).to_have_text("0 read")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(page.locator("[data-read-count]")).to_have_text("1 read")
    expect(page.locator(f"#letter-{letters[1].pk}")).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url(f"**/customer-letters/{letters[1].pk}/?next=**")
    page.get_by_label("Text").fill("Dear Bo,\n\nhello again.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/customer-letters/review/**")
    expect(page.locator("[data-read-count]")).to_have_text("1 read")
    page.get_by_role("button", name="Send those I have read").click()
    expect(page.locator("article")).to_have_count(1)
    states = dict(CustomerLetter.objects.values_list("pk", "state"))
    assert states[letters[0].pk] in ("queued", "sent") and states[letters[1].pk] == "draft"


def test_on_a_phone_the_send_button_stays_above_the_navigation(open_page, cast, hansa):
    for name in ("Ada Lux", "Bo Dahl", "Cy Ek"):
        make_letter(cast.dora, hansa, make_powerful(hansa, name))
    page = open_page("/customer-letters/review/", cast.dora, size=PHONE)
    bar = page.get_by_role("button", name="Send those I have read").bounding_box()
    nav = page.locator(".k-bottom").bounding_box()
    assert bar["y"] + bar["height"] <= nav["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_the_question_is_answered_without_signing_in_and_without_a_script(
    open_page, cast, hansa, size
):
    make_powerful(hansa, "Ada Lux")
    handover = make_watched(hansa, cast.lena, days_ago=30)
    (pulse,) = ask_pulse(handover, 30)
    token = tokens.derive(rules.PURPOSE, pulse.seed)
    options = {"java_script_enabled": False} | ({"size": size} if size else {})
    page = open_page(f"/pulse/{token}/", **options)
    page.get_by_role("button", name="4").click()
    expect(page.get_by_text("You answered 4 of 5.")).to_be_visible()
    page.get_by_label("What should we know?").fill("Quick answers.")
    page.get_by_role("button", name="Send the words").click()
    row = Pulse.objects.get()
    assert (row.answer, row.comment) == (4, "Quick answers.")
