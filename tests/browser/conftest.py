"""Pages as a person sees them: in Chromium, where every complaint of the console is a failure."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests import services
from tests.browser.phone import PHONE, Phone

__all__ = ["DESK", "PHONE"]

DESK = {"width": 1440, "height": 900}
# htmx calls it an error when a newer request of the same form replaces one under way.
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
# A refusal that the page's own script reads and shows; the browser notes it all the same.
ANSWERED = ("status of 409", "status of 422")
expect.set_options(timeout=15_000)  # other tests share the machine


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


def is_complaint(line) -> bool:
    is_answer = any(status in line.text for status in ANSWERED)
    return line.type == "error" and not line.text.startswith(REPLACED) and not is_answer


@pytest.fixture
def open_page(chromium, live_server):
    """Call it with a path and a user (None: a visitor); gives a Playwright page.

    Errors in the console, breaches of the content security policy among them, fail the test.
    The service worker stays out unless service_workers="allow": other pages do without it.
    """
    contexts, complaints = [], []

    def opened(path: str, user=None, size=DESK, **options):
        options.setdefault("service_workers", "block")
        context = chromium.new_context(
            viewport=size, base_url=live_server.url, reduced_motion="reduce", **options
        )
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: is_complaint(line) and complaints.append(line.text))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(chromium, live_server):
    """A device with the service worker; what its console complains of fails the test."""
    made = Phone(chromium, live_server)
    yield made
    made.context.close()
    assert made.complaints == []
