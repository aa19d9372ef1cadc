"""The start page in Chromium: its list by keyboard, its reasons, no sideways scroll on phones."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from people.models import User
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def director():
    call_command("seed_demo", accounts=40, months=26, as_of=timezone.localdate(), stdout=StringIO())
    return User.objects.get(email="marina.sokolova@severpack.example")


def test_the_list_is_walked_by_keyboard_and_a_figure_says_why(director, open_page):
    page = open_page("/", director)
    buttons = page.locator(".k-start-matters .k-actions a")
    page.keyboard.press("j")
    expect(buttons.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(buttons.nth(0)).to_be_focused()
    page.locator(".k-tile .k-why summary").nth(1).click()
    expect(page.locator(".k-tile .k-pop").nth(1)).to_contain_text("Accounts with a warning")
    phone = open_page("/", director, size=PHONE)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
