"""The phone log's page with a connection: versions, signing out, what is kept, plain forms."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.commands.touchpoint import edit_touchpoint
from accounts.models import Touchpoint
from tests.browser.conftest import PHONE
from tests.browser.phone import KEPT
from tests.cast import make_account, make_cast
from tests.field import make_contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def account(cast):
    made = make_account("Сибирская мукомольная компания", owner=cast.karl, city="Новосибирск")
    for name in ("Екатерина Верещагина-Климова", "Elena Orlova", "Marco Ferri"):
        make_contact(made, name)
    return made


def test_two_versions_are_shown_side_by_side(phone, cast, account):
    phone.install(cast.karl)
    page = phone.page
    page.fill("#log-text", "First words")
    phone.save()
    phone.wait_for(lambda: phone.entries()[0]["state"] == "sent")
    row = Touchpoint.objects.get()
    edit_touchpoint(actor=cast.dora, touchpoint_id=row.pk, version=row.version, text="Dora's words")
    page.locator("#log-pill").tap()
    phone.button("Open").tap()
    expect(page.locator("#log-text")).to_have_value("First words")
    page.fill("#log-text", "My second words")
    page.wait_for_timeout(900)
    phone.save()
    phone.wait_for(lambda: phone.entries()[0]["state"] == "conflict")
    page.locator("#log-pill").tap()
    both = page.locator(".log-entry-both")
    expect(both).to_contain_text("My second words")
    expect(both).to_contain_text("Dora's words")
    phone.button("Keep mine").tap()
    phone.wait_for(lambda: Touchpoint.objects.get().text == "My second words")


def test_signing_out_asks_first_and_clears_the_list_of_accounts(phone, cast, account):
    phone.install(cast.karl)
    page = phone.page
    page.route("**/log/send/", lambda route: route.abort())
    phone.save()
    phone.wait_for(lambda: len(phone.entries()) == 1)
    page.goto("/accounts/")
    page.locator(".k-bottom").get_by_role("button", name="More").tap()
    page.locator("#more-sheet").get_by_role("button", name="Sign out").tap()
    expect(page.locator("#device-ask")).to_be_visible()
    phone.button("Sign out and keep them").tap()
    page.wait_for_url("**/sign-in/")
    left = page.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.open("kam-log").onsuccess = (event) => {
            const deal = event.target.result.transaction(["entries", "meta"]);
            const entries = deal.objectStore("entries").getAll();
            const data = deal.objectStore("meta").get("data");
            deal.oncomplete = () => resolve([entries.result.length, data.result ?? null]);
          };
        })"""
    )
    assert left == [1, None]


def test_the_worker_keeps_nobodys_pages(phone, cast, account):
    phone.install(cast.karl)
    phone.page.goto(f"/accounts/{account.pk}/")
    phone.page.goto("/accounts/")
    kept = phone.page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys())
              found.push(new URL(request.url).pathname);
          return found;
        }"""
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/log/shell/"]
    shell = phone.page.evaluate("caches.match('/log/shell/').then((answer) => answer.text())")
    assert "мукомольная" not in shell and "Karl" not in shell
    phone.cut()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.page.goto("/accounts/")


def test_with_the_role_the_list_and_the_page_leave_the_device(phone, cast, account):
    phone.install(cast.karl)
    cast.karl.role_grants.all().delete()
    assert phone.page.goto("/log/").status == 404
    assert not phone.page.evaluate(KEPT)


def test_the_question_after_never_stands_in_the_way(phone, cast, account):
    phone.install(cast.karl)
    page = phone.page
    phone.tap(phone.face("Elena Orlova"))
    phone.save()
    question = page.locator(".log-question")
    expect(question).to_contain_text("Elena Orlova")
    phone.tap(phone.face("Marco Ferri"))
    page.wait_for_timeout(900)
    phone.save()
    phone.wait_for(lambda: Touchpoint.objects.count() == 2)
    expect(question).to_contain_text("Marco Ferri")
    question.get_by_role("button", name="Not now").tap()
    expect(question).to_have_count(0)


def test_without_scripts_the_page_is_a_plain_form(chromium, live_server, cast, account):
    context = chromium.new_context(
        viewport=PHONE, base_url=live_server.url, java_script_enabled=False
    )
    client = Client()
    client.force_login(cast.karl)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/log/?account={account.pk}")
    page.locator(".log-face", has_text="Marco Ferri").click()
    page.fill("#log-text", f"Plain {uuid.UUID(int=1)}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**/accounts/{account.pk}/")
    assert Touchpoint.objects.get().contacts.get().name == "Marco Ferri"
    context.close()


@pytest.mark.parametrize("width", [320, 390, 430])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(phone, cast, account, width):
    phone.install(cast.karl)
    page = phone.page
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".log-pick label, .log-chip, .log-acc, .btn, .log-face")]
          .filter((item) => item.checkVisibility())
          .map((item) => [item.textContent.trim().slice(0, 20), item.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
          .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []
