"""The phone log as an installed app: in Chromium at 390 px, with the network cut and restored."""

import json
import time
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.commands.touchpoint import log_touchpoint
from accounts.models import Assignment, Task, Touchpoint
from accounts.queries.timeline import timeline
from common import offline
from people.models import Session
from tests.browser.phone import log_with_two
from tests.cast import PASSWORD, make_account, make_cast
from tests.field import make_contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PACE = (0.2, 0.4)  # seconds between the taps of somebody who knows the page


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


HURRIED = """async () => {
  const form = document.getElementById("log-form");
  const text = document.getElementById("log-text");
  const cleared = async () => { while (text.value) await new Promise((go) => setTimeout(go, 5)); };
  form.requestSubmit();
  form.requestSubmit();
  await cleared();
  form.requestSubmit();
  text.value = "The next customer";
  form.requestSubmit();
  await cleared();
}"""


def test_a_hurried_thumb_saves_once_and_a_quick_writer_twice(phone, cast, account):
    phone.install(cast.karl)
    phone.cut()
    phone.page.fill("#log-text", "They renew")
    phone.page.evaluate(HURRIED)
    told = [entry["values"]["text"] for entry in phone.entries()]
    assert sorted(told) == ["The next customer", "They renew"]


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


def test_a_plan_of_today_is_told_with_one_tap_and_only_once(phone, cast, account):
    elena = account.positions.get(contact__name="Elena Orlova").contact
    log_touchpoint(
        actor=cast.karl, key=uuid.uuid4(), account_id=account.pk, channel="video",
        at=timezone.now(), contact_ids=[elena.pk], state="planned",
    )  # fmt: skip
    make_account("Another", owner=cast.karl)
    phone.install(cast.karl)
    phone.cut()
    phone.open()
    expect(phone.page.locator("#log-account")).to_contain_text("Planned today at")
    phone.save()
    expect(phone.page.locator("#log-after")).to_contain_text("Elena Orlova")
    phone.open()
    phone.tap(phone.face("Marco Ferri"))
    phone.save()
    phone.wait_for(lambda: len(phone.entries()) == 2)
    phone.restore()
    phone.wait_for(lambda: Touchpoint.objects.filter(state="done").count() == 2)
    assert [row.channel for row in Touchpoint.objects.order_by("pk")] == ["video", "meeting"]
