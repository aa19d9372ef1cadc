"""The phone log as an installed app: in Chromium at 390 px, with the network cut and restored."""

import json
import random
import re
import time
import uuid

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.commands.touchpoint import edit_touchpoint
from accounts.models import Assignment, Task, Touchpoint
from accounts.queries.timeline import timeline
from common import offline
from people.models import Session
from tests.browser.conftest import PHONE
from tests.cast import PASSWORD, make_account, make_cast
from tests.field import make_contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "caches.match('/log/shell/').then(Boolean)"
PACE = (0.2, 0.4)  # seconds between the taps of somebody who knows the page


class Phone:
    """One device: a browser whose storage stays, and a thumb that counts its taps."""

    def __init__(self, chromium, server):
        self.server = server
        self.context = chromium.new_context(
            viewport=PHONE, base_url=server.url, has_touch=True, is_mobile=True,
            reduced_motion="reduce", service_workers="allow",
        )  # fmt: skip
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.hear)
        self.taps, self.pace = 0, None

    def hear(self, line) -> None:
        """A cut network and a closed door are told to the console; nothing else may be."""
        if line.type == "error" and not line.text.startswith("Failed to load resource"):
            self.complaints.append(line.text)

    def sign_in(self, user) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.server.url}]
        )

    def install(self, user) -> None:
        """Open the app once with a connection, as everybody does before the first trip."""
        self.sign_in(user)
        self.page.goto("/")
        self.wait_for(lambda: self.page.evaluate("navigator.serviceWorker.controller !== null"))
        self.wait_for(lambda: self.page.evaluate(KEPT))
        self.open()

    def open(self) -> None:
        self.page.goto("/log/")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("#log[data-ready='1']")

    def cut(self) -> None:
        self.context.set_offline(True)

    def restore(self) -> None:
        self.context.set_offline(False)

    def tap(self, locator) -> None:
        if self.pace:
            time.sleep(random.uniform(*self.pace))
        locator.tap()
        self.taps += 1

    def face(self, name: str):
        return self.page.locator(".log-face", has_text=name)

    def choice(self, text: str):
        return self.page.locator(".log-pick label", has_text=re.compile(rf"^\s*{text}\s*$"))

    def button(self, text: str):
        return self.page.get_by_role("button", name=text, exact=True)

    def save(self) -> None:
        self.tap(self.button("Save"))

    def wait_for(self, condition, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come"
            self.page.wait_for_timeout(50)

    def entries(self) -> list[dict]:
        return self.page.evaluate("kamLog.store.all()")


@pytest.fixture
def phone(chromium, live_server):
    made = Phone(chromium, live_server)
    yield made
    made.context.close()
    assert made.complaints == []


@pytest.fixture
def cast(transactional_db):
    cast = make_cast()
    for user in (cast.karl, cast.lena):
        user.set_password(PASSWORD)
        user.save()
    return cast


@pytest.fixture
def account(cast):
    made = make_account("Сибирская мукомольная компания", owner=cast.karl, city="Новосибирск")
    for name in ("Екатерина Верещагина-Климова", "Elena Orlova", "Marco Ferri"):
        make_contact(made, name)
    return made


def log_with_two(phone) -> None:
    phone.tap(phone.face("Elena Orlova"))
    phone.tap(phone.face("Верещагина"))
    phone.tap(phone.choice("Call"))
    phone.tap(phone.choice("Good"))
    phone.tap(phone.button("Send samples"))
    phone.tap(phone.button("In a week"))
    phone.save()


def test_two_people_and_a_next_step_are_logged_offline_in_eight_taps_and_under_twenty_seconds(
    phone, cast, account
):
    phone.install(cast.karl)
    phone.cut()
    phone.pace = PACE
    begun = time.monotonic()
    phone.page.goto("/")  # the icon on the home screen: without a network it opens the log
    phone.ready()
    log_with_two(phone)
    expect(phone.page.locator("#log-after")).to_contain_text("Saved on this device")
    seconds = time.monotonic() - begun
    print(f"\n{phone.taps} taps, {seconds:.1f} seconds at a human pace")
    assert phone.taps <= 8
    assert seconds < 20
    expect(phone.page.locator("#log-pill")).to_have_text("1 waiting to send")
    assert not Touchpoint.objects.exists()

    phone.restore()
    phone.wait_for(Touchpoint.objects.exists)
    row = Touchpoint.objects.get()
    names = [contact.name for contact in row.contacts.order_by("presences__position")]
    assert sorted(names) == ["Elena Orlova", "Екатерина Верещагина-Климова"]
    assert (row.channel, row.tone, row.account) == ("call", 1, account)
    assert Task.objects.get().title == "Send samples"
    expect(phone.page.locator("#log-after")).to_contain_text("Logged")
    phone.page.goto(f"/accounts/{account.pk}/")
    told = phone.page.locator(".k-tl", has_text="Elena Orlova").first
    expect(told).to_be_visible()
    lines = [entry.line for entry in timeline(cast.karl, account=account).entries if entry.line]
    assert [line.touchpoint for line in lines] == [row]


def test_an_answer_lost_on_the_way_doubles_nothing(phone, cast, account):
    phone.install(cast.karl)
    lost = []

    def lose(route):
        if len(lost) < 2:
            route.fetch()  # the server has it; the device never hears of it
            lost.append(route.request.post_data)
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/log/send/", lose)
    log_with_two(phone)
    phone.wait_for(lambda: len(lost) == 1)
    for _attempt in range(2):
        phone.page.wait_for_timeout(300)
        phone.page.evaluate("kamLog.sendSoon()")
    phone.wait_for(lambda: phone.entries()[0]["state"] == "sent")
    assert len(lost) == 2 and json.loads(lost[0])["key"] == json.loads(lost[1])["key"]
    assert Touchpoint.objects.count() == Task.objects.count() == 1


def test_entries_outlive_the_session_and_leave_after_signing_in_again(phone, cast, account):
    phone.install(cast.karl)
    Session.objects.all().delete()
    phone.open()  # an ended session does not stand between a thumb and the form
    log_with_two(phone)
    notice = phone.page.locator("[data-kind=session]")
    expect(notice).to_contain_text("You were signed out")
    assert not Touchpoint.objects.exists()
    notice.get_by_role("link", name="Sign in").tap()
    phone.page.get_by_label("E-mail address").fill(cast.karl.email)
    phone.page.get_by_label("Password").fill(PASSWORD)
    phone.button("Sign in").tap()
    phone.page.wait_for_url("**/log/")
    phone.wait_for(Touchpoint.objects.exists)
    assert Touchpoint.objects.get().author == cast.karl


def test_somebody_else_on_the_device_neither_sees_nor_sends_them(phone, cast, account):
    make_account("Lena's own", owner=cast.lena)
    phone.install(cast.karl)
    phone.cut()
    phone.page.fill("#log-text", "Secret words")
    log_with_two(phone)
    phone.context.clear_cookies()
    phone.sign_in(cast.lena)
    phone.restore()
    phone.page.goto("/log/")
    phone.ready()
    page = phone.page
    expect(page.locator("[data-kind=others]")).to_contain_text("1 entry of somebody else waits")
    expect(page.locator("#log-pill")).to_be_hidden()
    for words in ("Secret words", "мукомольная", "Elena Orlova"):
        assert words not in page.content()
    page.evaluate("kamLog.sendSoon()")
    page.wait_for_timeout(500)
    assert not Touchpoint.objects.exists()
    phone.context.clear_cookies()
    phone.sign_in(cast.karl)
    phone.open()
    phone.wait_for(Touchpoint.objects.exists)
    assert Touchpoint.objects.get().text == "Secret words"


def test_a_refused_entry_stays_with_its_reason_and_goes_after_mending(phone, cast, account):
    other = make_account("Янтарь", owner=cast.karl)
    phone.install(cast.karl)
    phone.cut()
    phone.page.fill("#log-text", "They renew if the price holds")
    log_with_two(phone)
    Assignment.objects.filter(account=account).update(valid_to="2021-01-01")
    phone.restore()
    page = phone.page
    phone.wait_for(lambda: phone.entries()[0]["state"] == "refused")
    page.locator("#log-pill").tap()
    expect(page.locator(".log-entry-why")).to_contain_text("no longer yours")
    phone.button("Throw away").tap()
    page.locator("#log-toast").get_by_role("button", name="Undo").tap()
    phone.wait_for(lambda: len(phone.entries()) == 1)
    page.locator("#log-pill").tap()
    phone.button("Open").tap()
    expect(page.locator("#log-text")).to_have_value("They renew if the price holds")
    page.locator("#log-account").tap()
    page.locator(".log-row", has_text="Янтарь").tap()
    phone.save()
    phone.wait_for(Touchpoint.objects.exists)
    row = Touchpoint.objects.get()
    assert (row.account, row.text) == (other, "They renew if the price holds")
    assert len(phone.entries()) == 1


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


def test_a_release_replaces_what_is_kept_and_leaves_what_waits(phone, cast, account, monkeypatch):
    phone.install(cast.karl)
    phone.cut()
    log_with_two(phone)
    phone.page.goto("about:blank")
    phone.restore()
    monkeypatch.setattr(offline, "build", lambda: "next")
    phone.page.route("**/log/send/", lambda route: route.abort())
    phone.page.goto("/")
    names = "caches.keys().then((names) => names.join())"
    phone.wait_for(lambda: phone.page.evaluate(names) == "kam-log-next", 30)
    phone.cut()
    phone.open()
    expect(phone.page.locator("#log-pill")).to_have_text("1 waiting to send")


def test_the_worker_sends_after_the_page_was_closed(phone, cast, account):
    """Chromium's Background Sync, called here by hand: the browser chooses its own moment."""
    phone.install(cast.karl)
    driver = phone.context.new_cdp_session(phone.page)
    registered = []
    driver.on("ServiceWorker.workerRegistrationUpdated", lambda told: registered.append(told))
    driver.send("ServiceWorker.enable")
    phone.cut()
    log_with_two(phone)
    phone.page.goto("about:blank")
    phone.restore()
    phone.wait_for(lambda: registered)
    registration = registered[0]["registrations"][0]["registrationId"]
    told = {"origin": phone.server.url, "registrationId": registration, "tag": "kam-log"}
    driver.send("ServiceWorker.dispatchSyncEvent", {**told, "lastChance": False})
    phone.wait_for(Touchpoint.objects.exists)


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
