"""The way of a vacancy until the calls are made, deed by deed in a browser."""

import os
import re

from playwright.sync_api import expect

from hiring.choices import CandidacyState
from hiring.models import Call
from tests.browser.calling import next_person
from tests.browser.conftest import DESK, PHONE
from tests.recruiting import add_reach, make_candidacy, make_candidate

APPLICANTS = {
    "Olga Kim": ("olga@example.org", "Yes"),
    "Pavel Orlov": ("pavel@example.org", "Yes"),
    "Vera Sokol": ("vera@example.org", "No"),
}
CALLED = (
    "Anna Berg", "Борис Титов", "Clara Neri", "Дина Волкова", "Egor Panov",
    "Fedor Lis", "Галина Рот", "Hugo Marin", "Ирина Соль", "Jan Novak",
)  # fmt: skip
PROFILE, VACANCY, POST = (
    "KAM of packaging",
    "KAM, three customers",
    "Key account manager, packaging",
)
SHOTS = os.environ.get("KAMHUB_STORY_SHOTS")  # a folder: every screen is kept there


def seen(page, name):
    """Keep the screen in both widths when asked to; a sideways scroll on a phone never passes."""
    size = page.viewport_size
    for width, shape in ((1440, DESK), (390, PHONE)):
        if SHOTS or width == 390:
            page.set_viewport_size(shape)
        if SHOTS:
            # Hiding the caret would add a style, which the content security policy refuses.
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True, caret="initial")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{name} scrolls sideways: {wide}"
    page.set_viewport_size(size)


def write_profile(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="Profiles", exact=True).click()
    page.get_by_role("link", name="New profile").first.click()
    page.get_by_label("Name").first.fill(PROFILE)
    page.get_by_label("Clients").select_option(label="Big clients only")
    page.get_by_label("What the work is").fill("Keeps and grows three customers of packaging.")
    page.get_by_label("Line 1").first.fill("Three years in B2B")
    for name, weight in (("Communication", 40), ("Analysis", 30), ("Relations", 30)):
        page.locator(".v-weight", has_text=name).first.locator("input").fill(str(weight))
    page.get_by_label("Pay from").fill("150000")
    page.get_by_label("Pay to").fill("190000")
    page.get_by_label("Currency").select_option("RUB")
    seen(page, "01-profile-form")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/hiring/profiles/\d+/$"))
    seen(page, "02-profile")


def write_vacancy(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="New vacancy").first.click()
    page.get_by_label("Position profile").select_option(label=PROFILE)
    page.get_by_label("Title inside the company").fill(VACANCY)
    page.get_by_label("City").fill("Moscow")
    page.get_by_label("Pay from").fill("150000")
    page.get_by_label("Pay to").fill("190000")
    page.get_by_label("Currency").select_option("RUB")
    english = page.locator("details.v-language").first
    english.get_by_label("Title").first.fill(POST)
    english.get_by_label("Opening words").fill("Keep and grow our three largest customers.")
    page.locator("#linter").get_by_text("No words about").wait_for()
    seen(page, "03-vacancy-form")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("waits for approval").first.wait_for()


def approve_vacancy(page):
    page.goto("/hiring/")
    page.get_by_role("link", name=VACANCY).click()
    page.get_by_role("link", name="Decide").click()
    seen(page, "04-approval")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".k-facts").first).to_contain_text("approved")


def ask_about_english(page, vacancy):
    """One question, and a rule over it that may propose but not reject."""
    page.goto(f"/hiring/{vacancy.pk}/")
    page.get_by_role("link", name="Questionnaire").first.click()
    page.get_by_role("link", name="New question").click()
    page.get_by_label("Kind").select_option("yes_no")
    page.locator("[name=label_en]").fill("Do you speak English at work?")
    page.get_by_label("Must be answered").check()
    page.locator("#question-preview").get_by_text("Do you speak English").wait_for()
    seen(page, "05-question")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Knock-outs").click()
    page.get_by_role("link", name="Do you speak English at work?").click()
    page.get_by_label("this", exact=True).select_option("yes")
    page.get_by_label("Reason when confirmed").select_option(index=1)
    page.get_by_label("Why this rule").fill("Two of the customers write English only.")
    seen(page, "06-rule")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Two of the customers write English only.").wait_for()


def publish(page, vacancy):
    page.goto(f"/hiring/{vacancy.pk}/advert/")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Public page").wait_for()
    seen(page, "07-advert")


def apply(page, name, email, english):
    """From the list of jobs, on a phone, without an account."""
    page.goto("/jobs/")
    page.get_by_role("link", name=POST).click()
    seen(page, "08-job")
    page.locator(".j-apply a").click()
    page.get_by_label("Your name").fill(name)
    page.locator("#id_email").fill(email)
    page.locator("#id_city").fill("Moscow")
    page.get_by_text(english, exact=True).click()
    page.locator("#id_consent_vacancy").check()
    seen(page, "09-application")
    page.get_by_role("button", name="Send the application").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    seen(page, "10-application-sent")


def confirm_knock_out(page, vacancy):
    page.goto(f"/hiring/{vacancy.pk}/questionnaire/")
    page.get_by_role("link", name="Knock-outs").click()
    people = page.locator(".h-ko-people").first
    expect(people.get_by_role("link")).to_have_text(["Vera Sokol"])
    seen(page, "11-knock-outs")
    assert not vacancy.candidacies.filter(state=CandidacyState.REJECTED).exists()
    page.get_by_role("button", name="1 fails: reject").click()
    page.get_by_text("Nobody waits for a decision.").wait_for()


def people_to_call(vacancy):
    for number, name in enumerate(CALLED):
        candidate = make_candidate(name, city="Moscow", language="en")
        add_reach(candidate, f"+7 921 555-10-{number:02}", "phone")
        add_reach(candidate, f"called{number}@example.org")
        make_candidacy(vacancy, candidate, rank=f"{number:03}")


def fill_calling_list(page, vacancy):
    page.goto(f"/hiring/{vacancy.pk}/")
    page.get_by_role("link", name="Calls").first.click()
    page.get_by_role("link", name="Script and rules").click()
    page.get_by_label("No calls from").fill("0")
    page.get_by_label("No calls until").fill("0")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add people").first.click()
    page.get_by_label("Stage").select_option(label="Found")
    page.get_by_role("button", name="Add 10 people").click()
    page.get_by_role("button", name="Call the next").wait_for()
    seen(page, "12-calling-list")


def call_ten(page):
    """Eight agree, one does not answer, one is a wrong number: one key each."""
    page.get_by_role("button", name="Call the next").click()
    page.wait_for_url("**/calls/now/")
    seen(page, "13-call")
    name = next_person(page)
    for place in range(9):
        page.keyboard.press({4: "3", 8: "5"}.get(place, "1"))
        name = next_person(page, name)
    page.keyboard.press("1")
    page.wait_for_url("**/calls/")
    seen(page, "14-calls-made")
    assert Call.objects.filter(candidate__name__in=CALLED).count() == 10


def move_to_invite(page, vacancy):
    page.goto(f"/hiring/{vacancy.pk}/list/")
    page.locator("thead input[type=checkbox]").check()
    for line in page.locator("tbody tr", has_text="Found").all():
        line.locator("input[type=checkbox]").uncheck()
    seen(page, "15-list")
    page.get_by_role("button", name="Move to…").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("Move to").select_option(label="To invite")
    drawer.get_by_role("button", name="Move").click()
    expect(page.locator("#toasts")).to_contain_text("moved")
