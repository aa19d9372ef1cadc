"""One device: a browser whose storage stays, and a thumb that counts its taps."""

import random
import re
import time

from django.conf import settings
from django.test import Client

PHONE = {"width": 390, "height": 844}
KEPT = "caches.match('/log/shell/').then(Boolean)"


class Phone:
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


def log_with_two(phone: Phone) -> None:
    phone.tap(phone.face("Elena Orlova"))
    phone.tap(phone.face("Верещагина"))
    phone.tap(phone.choice("Call"))
    phone.tap(phone.choice("Good"))
    phone.tap(phone.button("Send samples"))
    phone.tap(phone.button("In a week"))
    phone.save()
