"""The main pages of the demo company as pictures, and a look at what no picture shows.

Runs the real product in a folder of its own and visits every page at both widths, schemes and two
languages. A page fails that writes an error to the console, breaks the content security policy,
answers with an error or scrolls sideways. `python -m tests.browser.screenshots start account`
takes only pages whose names begin so; --url visits a server that runs already.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import services

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "screenshots"
WIDTHS = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "ru")
HANSA, SIXTY, HUNDREDS = "Hansa Feinkost GmbH", "Молочный двор", "Kaltberg Logistik GmbH"
START = 600  # seconds until the demo must answer: its build takes minutes on a busy machine


@dataclass(frozen=True)
class Shot:
    """One page: who looks at it, where it is, and what to do before the picture."""

    name: str
    path: str
    role: str = "director"
    act: Callable[[Page], None] | None = None
    full: bool = True
    after: Callable[[Page], None] | None = None


@dataclass
class Report:
    taken: int = 0
    troubles: list[str] = field(default_factory=list)


def open_account(page: Page, name: str = HANSA) -> None:
    """The account page of the drawings, found as a reader would: by the list's search."""
    page.goto(f"/accounts/?view=all&q={name}")
    page.get_by_role("link", name=name, exact=False).first.click()
    page.wait_for_load_state("networkidle")


def open_tab(tab: str, name: str = HANSA) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        open_account(page, name)
        page.goto(f"{page.url.split('?')[0].rstrip('/')}/{tab}/", wait_until="networkidle")

    return act


def open_person(page: Page) -> None:
    open_tab("people", SIXTY)(page)
    page.locator("main a[href*='/people/']:not([href$='/people/new/'])").nth(1).click()
    page.wait_for_load_state("networkidle")


def open_planned(page: Page) -> None:
    """The brief of the next planned meeting, its people chosen."""
    open_tab("brief", SIXTY)(page)
    page.locator(".k-brief-plans a").first.click()
    page.wait_for_load_state("networkidle")


FOREIGN_FILE = """Номер счёта;Дата;Код клиента;Клиент;Артикул;Сумма без НДС;Валюта
26-9001;03.11.2026;C-10100;Молочный двор;TR-106;1 204 500,00;RUB
26-9001;03.11.2026;C-10100;Молочный двор;FI-103;385 120,50;RUB
26-9002;04.11.2026;C-10121;Alpina Dairy AG;TR-107;12 480,00;CHF
26-9003;05.11.2026;C-99001;Новая сыроварня;FI-101;48 300,00;RUB
26-9004;31.11.2026;C-10114;Волжские кондитерские фабрики;CA-104;96 000,00;RUB
"""


def upload(page: Page) -> None:
    """A file as a Russian accounting writes it: semicolons, decimal commas, days first."""
    page.goto("/imports/new/", wait_until="networkidle")
    file = {"name": "счета-ноябрь.csv", "mimeType": "text/csv"}
    page.locator("input[type=file]").set_input_files(
        {**file, "buffer": FOREIGN_FILE.encode("cp1251")}
    )
    page.locator("input[name=source]").fill("Бухгалтерия")
    page.locator("form[data-upload] .btn-primary").click()
    page.wait_for_url("**/read/")
    page.wait_for_load_state("networkidle")


def go_on_to_columns(page: Page) -> None:
    upload(page)
    page.locator(".i-foot .btn-primary").click()
    page.wait_for_load_state("networkidle")


def go_on_to_preview(page: Page) -> None:
    go_on_to_columns(page)
    page.locator(".i-foot .btn-primary").click()
    page.wait_for_url("**/preview/", timeout=20_000)
    page.wait_for_load_state("networkidle")


def discard(page: Page) -> None:
    if page.url.endswith("/columns/"):
        page.goto(page.url.replace("/columns/", "/read/"))
    page.locator("form[action$='/discard/'] button").first.click()
    page.wait_for_load_state("networkidle")


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("мол")
    page.wait_for_timeout(600)


def open_why(page: Page) -> None:
    page.locator(".k-tile details.k-why summary").nth(1).click()


def first_import(page: Page) -> None:
    page.locator("main td a[href^='/imports/'], main th a[href^='/imports/']").nth(2).click()
    page.wait_for_load_state("networkidle")


def first_run(page: Page) -> None:
    page.locator("main a[href^='/runs/']").first.click()
    page.wait_for_load_state("networkidle")


SHOTS = [
    Shot("sign-in", "/sign-in/", role=""),
    Shot("password-reset", "/password/reset/", role=""),
    Shot("start-director", "/"),
    Shot("start-why", "/", act=open_why, full=False),
    Shot("start-lead", "/", role="lead"),
    Shot("start-kam", "/", role="kam"),
    Shot("start-assistant", "/", role="assistant"),
    Shot("start-recruiter", "/", role="recruiter"),
    Shot("start-interviewer", "/", role="interviewer"),
    Shot("start-administrator", "/", role="administrator"),
    Shot("palette", "/", act=open_palette, full=False),
    Shot("account-60", "/accounts/", role="kam", act=lambda page: open_account(page, SIXTY)),
    Shot("account-promises", "/accounts/", act=open_tab("promises")),
    Shot("account-files", "/accounts/", act=open_tab("files")),
    Shot("account-details", "/accounts/", act=open_tab("details")),
    Shot("log", "/log/", role="kam"),
    Shot("touchpoints", "/touchpoints/", role="kam"),
    Shot("promises", "/promises/", role="kam"),
    Shot("duplicate-people", "/accounts/people/duplicates/", role="kam"),
    Shot("accounts", "/accounts/"),
    Shot("accounts-kam", "/accounts/", role="kam"),
    Shot("account", "/accounts/", act=open_account),
    Shot("account-money", "/accounts/", act=open_tab("money")),
    Shot("account-orders", "/accounts/", act=open_tab("orders")),
    Shot("account-history", "/accounts/", act=open_tab("history")),
    Shot("account-people", "/accounts/", act=open_tab("people", SIXTY)),
    Shot("account-person", "/accounts/", act=open_person),
    Shot("account-map-60", "/accounts/", act=open_tab("map", SIXTY)),
    Shot("account-map-300", "/accounts/", act=open_tab("map", HUNDREDS)),
    Shot("account-dossier", "/accounts/", act=open_tab("dossier")),
    Shot("account-brief", "/accounts/", act=open_planned),
    Shot("account-brief-kam", "/accounts/", role="kam", act=open_planned),
    Shot("account-brief-assistant", "/accounts/", role="assistant", act=open_tab("brief")),
    Shot("tasks", "/tasks/", role="kam"),
    Shot("confirm", "/confirm/", role="kam"),
    Shot("news", "/news/", role="kam"),
    Shot("settings-field", "/settings/field/"),
    Shot("settings-coverage", "/settings/coverage/"),
    Shot("account-edit", "/accounts/", act=open_tab("edit")),
    Shot("accounts-duplicates", "/accounts/duplicates/"),
    Shot("portfolio", "/portfolio/"),
    Shot("portfolio-kam", "/portfolio/", role="kam"),
    Shot("laboratory", "/portfolio/laboratory/"),
    Shot("pins", "/portfolio/pins/"),
    Shot("criteria", "/portfolio/criteria/"),
    Shot("measures", "/kpi/"),
    Shot("measures-kam", "/kpi/", role="kam"),
    Shot("measure", "/kpi/nrr/"),
    Shot("warnings", "/kpi/warnings/"),
    Shot("warnings-kam", "/kpi/warnings/", role="kam"),
    Shot("warnings-record", "/kpi/warnings/record/"),
    Shot("plans", "/kpi/plans/"),
    Shot("plans-kam", "/kpi/plans/", role="kam"),
    Shot("by-manager", "/kpi/by-manager/"),
    Shot("scorecard-own", "/kpi/mine/", role="kam"),
    Shot("cohorts", "/kpi/cohorts/"),
    Shot("losses", "/kpi/losses/"),
    Shot("groups", "/kpi/groups/"),
    Shot("health", "/kpi/health/"),
    Shot("account-health", "/accounts/", act=open_tab("health")),
    Shot("forecast", "/kpi/forecast/"),
    Shot("imports", "/imports/"),
    Shot("import-1-choose", "/imports/new/"),
    Shot("import-2-read", "/", act=upload, after=discard),
    Shot("import-3-columns", "/", act=go_on_to_columns, after=discard),
    Shot("import-4-preview", "/", act=go_on_to_preview, after=discard),
    Shot("import-6-report", "/imports/", act=first_import),
    Shot("runs", "/runs/"),
    Shot("run", "/runs/", act=first_run),
    Shot("settings", "/settings/"),
    Shot("settings-company", "/settings/company/"),
    Shot("settings-people", "/settings/people/"),
    Shot("settings-invite", "/settings/people/invite/"),
    Shot("settings-teams", "/settings/teams/"),
    Shot("settings-rates", "/settings/rates/"),
    Shot("settings-words", "/settings/reference/segments/"),
    Shot("settings-record", "/settings/record/"),
    Shot("profile", "/me/"),
    Shot("security", "/me/security/"),
    Shot("not-found", "/nothing-here/"),
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of page names; none: all")
    parser.add_argument("--url", help="a demo that runs already")
    parser.add_argument("--width", type=int, choices=WIDTHS, action="append")
    parser.add_argument("--scheme", choices=SCHEMES, action="append")
    parser.add_argument("--language", choices=("en", "ru", "es", "it"), action="append")
    options = parser.parse_args()
    chosen = [
        shot for shot in SHOTS if not options.names or shot.name.startswith(tuple(options.names))
    ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = Report()
    with demo(options.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium(), args=["--no-sandbox"]
        )
        for language in options.language or LANGUAGES:
            for scheme in options.scheme or SCHEMES:
                for width in options.width or WIDTHS:
                    take(browser, url, chosen, report, width, scheme, language)
        browser.close()
    for line in report.troubles:
        print(f"TROUBLE {line}")
    print(f"{report.taken} pictures in {FOLDER.relative_to(ROOT)}, {len(report.troubles)} troubles")
    return 1 if report.troubles else 0


class demo:
    """The running demo at an address; one of our own unless `url` is given."""

    def __init__(self, url: str | None):
        self.url, self.process, self.folder = url, None, None

    def __enter__(self) -> str:
        if self.url:
            return self.url
        port = services.free_port()
        self.folder = tempfile.mkdtemp(prefix="kamhub-screenshots-")
        alone = {
            key: value
            for key, value in os.environ.items()
            if key not in ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "BASE_URL", "DEBUG")
        }
        alone |= {"KAMHUB_DEMO": "1", "KAMHUB_DATA": self.folder, "PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=ROOT, env=alone, stdout=subprocess.DEVNULL
        )
        self.url = f"http://localhost:{port}"
        self.wait()
        return self.url

    def wait(self) -> None:
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                sys.exit("FAILED: the demo ended before it answered")
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.3)
        self.__exit__()
        sys.exit("FAILED: the demo does not answer")

    def __exit__(self, *_error) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
            shutil.rmtree(self.folder, ignore_errors=True)


def take(
    browser: Browser,
    url: str,
    shots: list[Shot],
    report: Report,
    width: int,
    scheme: str,
    language: str,
) -> None:
    def fresh() -> BrowserContext:
        return browser.new_context(
            base_url=url,
            viewport={"width": width, "height": WIDTHS[width]},
            color_scheme=scheme,
            locale=language,
            reduced_motion="reduce",
            has_touch=width < 768,
        )

    for role in dict.fromkeys(shot.role for shot in shots):
        context = fresh()
        if role:
            sign_in(context, role)
        for shot in shots:
            if shot.role == role:
                name = f"{shot.name}-{width}-{scheme}-{language}"
                report.troubles += [f"{name}: {words}" for words in photograph(context, shot, name)]
                report.taken += 1
        context.close()


def sign_in(context: BrowserContext, role: str) -> None:
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator(f"button[name=role][value={role}]").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.close()


def photograph(context: BrowserContext, shot: Shot, name: str) -> Iterator[str]:
    """Take the picture; yields what is wrong with the page."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        answer = page.goto(shot.path, wait_until="networkidle")
        if answer is None or answer.status >= 400 and shot.name != "not-found":
            yield f"answered {answer and answer.status} at {shot.path}"
        if shot.act:
            shot.act(page)
        page.evaluate("document.fonts.ready")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            yield f"scrolls sideways by {over} px"
        if shot.full and page.viewport_size["width"] < 768:
            grow(page)  # or the bar at the thumb would lie across the middle of the picture
        page.screenshot(path=FOLDER / f"{name}.png", full_page=shot.full)
        if shot.after:
            shot.after(page)
    except Exception as error:
        yield str(error).splitlines()[0]
    finally:
        page.close()
    yield from (words[:300] for words in said if "404 (Not Found)" not in words)


def grow(page: Page) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.wait_for_timeout(100)


if __name__ == "__main__":
    sys.exit(main())
