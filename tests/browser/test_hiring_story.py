"""A whole vacancy in a browser, from an empty page to a colleague's first sign-in.

Nothing is made behind the pages but the company, the people who could be called, and the passing
of time: what is planned for tomorrow begins now.
"""

import datetime as dt
import os
import re

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from hiring.choices import CandidacyState, StageKind
from hiring.commands.benchmark import install_benchmarks
from hiring.commands.competency import install_competencies
from hiring.commands.consent import install_consent_texts
from hiring.commands.letter import install_letters
from hiring.commands.reject_reason import install_reject_reasons
from hiring.jobs import offers_tick
from hiring.models import Call, Candidacy, Mark, Session, Vacancy
from hiring.views import application as applying
from people.models import User
from tests.browser.conftest import DESK, PHONE
from tests.cast import PASSWORD, make_cast, make_company
from tests.recruiting import add_reach, make_candidacy, make_candidate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

APPLICANTS = {
    "Olga Kim": ("olga@example.org", "Yes"),
    "Pavel Orlov": ("pavel@example.org", "Yes"),
    "Vera Sokol": ("vera@example.org", "No"),
}
CALLED = (
    "Anna Berg", "Борис Титов", "Clara Neri", "Дина Волкова", "Egor Panov",
    "Fedor Lis", "Галина Рот", "Hugo Marin", "Ирина Соль", "Jan Novak",
)  # fmt: skip
SHOTS = os.environ.get("KAMHUB_STORY_SHOTS")  # a folder: every screen is kept there


@pytest.fixture
def cast(monkeypatch):
    made = make_cast()
    make_company(set_up_at=timezone.now())
    for install in (
        install_benchmarks, install_competencies, install_consent_texts,
        install_letters, install_reject_reasons,
    ):  # fmt: skip
        install()
    monkeypatch.setattr(applying, "TOO_FAST", -1)
    return made


def seen(page, name):
    """Keep the screen in both widths when asked to; a sideways scroll on a phone never passes."""
    size = page.viewport_size
    for width, shape in ((1440, DESK), (390, PHONE)):
        if SHOTS or width == 390:
            page.set_viewport_size(shape)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{name} scrolls sideways: {wide}"
    page.set_viewport_size(size)


def write_profile(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="Profiles", exact=True).click()
    page.get_by_role("link", name="New profile").first.click()
    page.get_by_label("Name").first.fill("KAM of large clients")
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
    page.get_by_label("Position profile").select_option(label="KAM of large clients")
    page.get_by_label("Title inside the company").fill("KAM, Moscow")
    page.get_by_label("City").fill("Moscow")
    page.get_by_label("Pay from").fill("150000")
    page.get_by_label("Pay to").fill("190000")
    page.get_by_label("Currency").select_option("RUB")
    english = page.locator("details.v-language").first
    english.get_by_label("Title").first.fill("Key account manager")
    english.get_by_label("Opening words").fill("Keep and grow our three largest customers.")
    page.locator("#linter").get_by_text("No words about").wait_for()
    seen(page, "03-vacancy-form")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("waits for approval").first.wait_for()


def approve_vacancy(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="KAM, Moscow").click()
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
    page.get_by_role("link", name="Key account manager").click()
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
    assert not Candidacy.objects.filter(state=CandidacyState.REJECTED).exists()
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
    for place in range(9):
        name = page.locator("h1").inner_text()
        page.keyboard.press({4: "3", 8: "5"}.get(place, "1"))
        expect(page.locator("h1")).not_to_have_text(name)
    page.keyboard.press("1")
    page.wait_for_url("**/calls/")
    seen(page, "14-calls-made")
    assert Call.objects.count() == 10


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


def plan_session(page, vacancy):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page.goto(f"/hiring/{vacancy.pk}/")
    page.get_by_role("link", name="Sessions").first.click()
    page.get_by_role("link", name="Plan sessions").first.click()
    page.get_by_label("Day", exact=True).fill(tomorrow.isoformat())
    page.get_by_label("Seats").first.fill("8")
    page.get_by_label("May book at most").fill("8")
    page.get_by_label("Place").fill("Moscow, Tverskaya 1")
    for name in ("Rita", "Ivan", "Lena"):
        page.get_by_label(name).check()
    seen(page, "16-session-form")
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("heading", name="How many to invite").wait_for()


def invite(page):
    expect(page.locator(".k-sentence")).to_contain_text("expect")
    seen(page, "17-calculator")
    page.locator(".k-calc-go").click()
    expect(page.locator("#toasts")).to_contain_text("people invited")
    seen(page, "18-session-invited")


def own_page_of(email):
    """The personal page, by the newest link in this person's letters."""
    letters = [letter for letter in mail.outbox if email in letter.to]
    return re.findall(r"/c/[\w-]+/", "\n".join(letter.body for letter in letters))[-1]


def guests_of(session):
    """Four of those who were asked, the applicants among them."""
    rows = session.seats_taken.order_by(F("candidacy__applied_at").desc(nulls_last=True))
    return list(rows.values_list("candidacy__candidate__name", flat=True)[:4])


def email_of(name):
    if name in APPLICANTS:
        return APPLICANTS[name][0]
    return f"called{CALLED.index(name)}@example.org"


def book(page, name):
    page.goto(own_page_of(email_of(name)))
    seen(page, "19-own-page-choose")
    page.locator(".k-own-choice").first.click()
    page.get_by_text("The place is yours").wait_for()
    page.get_by_role("button", name="I will come").click()
    page.get_by_text("You have confirmed").wait_for()
    seen(page, "20-own-page-booked")


def the_day_comes(session):
    """What was planned for tomorrow began a quarter of an hour ago."""
    length = session.ends_at - session.starts_at
    starts_at = timezone.now() - dt.timedelta(minutes=15)
    rows = Session.objects.filter(pk=session.pk)
    rows.update(starts_at=starts_at, ends_at=starts_at + length)


def check_in(page, session, guests):
    page.goto(f"/hiring/sessions/{session.pk}/")
    page.get_by_role("link", name="Open cockpit").click()
    page.get_by_role("link", name="Check-in").click()
    seen(page, "21-check-in")
    for name in guests:
        line = page.locator(".k-arrivals li", has_text=name)
        line.get_by_role("button", name="Came").click()
        expect(line.get_by_role("button", name="Undo")).to_be_visible()
    seen(page, "22-checked-in")


def score(pages):
    """Three rooms of one table: each observer gives a mark in turn, so that all write at once."""
    for page in pages:
        page.get_by_role("link", name="Scores").click()
        page.locator(".k-score").first.wait_for()
    size = pages[0].locator(".k-score").count()
    for place in range(size):
        for number, page in enumerate(pages):
            page.locator(".k-score").nth(place).click()
            page.keyboard.press(str(5 - (place // 3 + (number == 2)) % 4))
    for page in pages:
        expect(page.locator("#cockpit-state")).to_have_text("All scores are sent.")
    return size


def hand_in(pages, session):
    """Nobody sees a result before the last one is in, who lands on the ranking."""
    *first, last = pages
    for page in pages:
        assert page.goto(f"/hiring/sessions/{session.pk}/results/").ok
        assert page.url.endswith("/cockpit/?view=scores")
        page.get_by_role("button", name="Hand in my scores").click()
        if page in first:
            page.get_by_text("the others' open when all").wait_for()
    last.wait_for_url("**/results/")


def decide(page, session):
    page.goto(f"/hiring/sessions/{session.pk}/results/")
    expect(page.locator(".k-ranking tbody tr")).to_have_count(session.booked)
    seen(page, "25-ranking")
    first = page.locator(".k-ranking tbody tr").first
    name = first.locator(".k-cand b").inner_text()
    first.get_by_text("Decide", exact=True).click()
    first.get_by_label("Take", exact=False).first.check()
    first.get_by_label("Reason").fill("Asked the customer first.")
    first.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("Decided")
    return Candidacy.objects.get(candidate__name=name)


def add_task(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="Test tasks").first.click()
    page.get_by_role("link", name="New task").first.click()
    page.get_by_label("Name").fill("A customer leaves")
    page.get_by_label("Task (English)").fill("A customer of ten years leaves. Write to them.")
    page.get_by_label("How it is graded (English)").fill("Looks for the cause before the offer.")
    seen(page, "26-task-form")
    page.get_by_role("button", name="Add to the bank").click()
    page.get_by_role("heading", name="A customer leaves").first.wait_for()


def send_task(page, candidacy):
    page.goto(f"/hiring/candidates/{candidacy.candidate_id}/")
    seen(page, "27-candidate")
    page.get_by_role("link", name="Send a test task").click()
    page.get_by_label("Test task").select_option(index=1)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Grades").wait_for()


def answer_task(page, candidacy):
    page.goto(own_page_of(email_of(candidacy.candidate.name)))
    page.get_by_label("Your answer").fill("First I would ask what went wrong, and listen.")
    seen(page, "28-own-task")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("your answer is with us").wait_for()


def ask_graders(page, candidacy):
    page.goto(f"/hiring/home-tasks/{candidacy.home_tasks.get().pk}/")
    for name in ("Ivan", "Lena"):
        page.get_by_label(name, exact=True).check()
    seen(page, "29-home-task")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("Ivan: has not graded yet").wait_for()


def grade(page, task, mark):
    page.goto("/hiring/mine/")
    page.get_by_role("link", name=task.code).click()
    for row in page.locator(".k-sheetitem").all():
        row.locator(f"input[value='{mark}']").check()
    seen(page, "30-grading")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("Handed in").first.wait_for()


def write_offer(page, candidacy):
    page.goto(f"/hiring/candidates/{candidacy.candidate_id}/")
    page.get_by_label("More actions").last.click()
    page.get_by_role("link", name="Make an offer").click()
    page.get_by_label("Fixed pay").fill("170000")
    page.get_by_label("Commission").fill("2 % of the margin of paid deals, each quarter.")
    seen(page, "31-offer-form")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Hand in for approval").click()
    page.get_by_text("they stay as they are").wait_for()
    return page.url


def send_offer(page, url):
    page.goto(url)
    page.get_by_role("button", name="Send to the candidate").click()
    page.get_by_text("Letter with the link").wait_for()
    seen(page, "33-offer-sent")


def approve_offer(page):
    page.goto("/hiring/offers/")
    page.locator("a[href^='/hiring/offers/']", has_text=re.compile(r"\w")).last.click()
    seen(page, "32-offer-approval")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Approve").wait_for(state="detached")


def accept(page, candidacy):
    page.goto(own_page_of(email_of(candidacy.candidate.name)))
    expect(page.locator(".k-own-offer")).to_contain_text("Key account manager")
    seen(page, "34-own-offer")
    page.get_by_role("button", name="Accept the offer").click()
    page.get_by_text("You have accepted").wait_for()
    seen(page, "35-own-accepted")


def join(page, email):
    """The invitation of a colleague, by the link in its letter."""
    letters = [letter.body for letter in mail.outbox if email in letter.to]
    page.goto(re.findall(r"/invite/[\w-]+/", "\n".join(letters))[-1])
    seen(page, "36-join")
    page.locator("input[type=password]").first.fill(PASSWORD)
    for other in page.locator("input[type=password]").all()[1:]:
        other.fill(PASSWORD)
    page.locator("form button.btn-primary").first.click()
    page.wait_for_url("**/me/security/**")


def test_a_vacancy_from_an_empty_page_to_a_colleague(cast, open_page, run_jobs):
    rita, dora = open_page("/", cast.rita), open_page("/", cast.dora)
    ivan, lena = open_page("/", cast.ivan), open_page("/", cast.lena)
    phone = open_page("/jobs/", size=PHONE, has_touch=True)

    write_profile(rita)
    write_vacancy(rita)
    approve_vacancy(dora)
    vacancy = Vacancy.objects.get()
    ask_about_english(rita, vacancy)
    publish(rita, vacancy)
    for name, (email, english) in APPLICANTS.items():
        apply(phone, name, email, english)
    confirm_knock_out(rita, vacancy)
    vera = Candidacy.objects.get(candidate__name="Vera Sokol")
    assert vera.state == CandidacyState.REJECTED

    people_to_call(vacancy)
    fill_calling_list(rita, vacancy)
    call_ten(rita)
    move_to_invite(rita, vacancy)
    plan_session(rita, vacancy)
    invite(rita)
    run_jobs()
    session = Session.objects.get()
    guests = guests_of(session)
    for name in guests:
        book(phone, name)
    session.refresh_from_db()
    assert (session.seats, session.booked) == (8, len(guests))

    the_day_comes(session)
    check_in(rita, session, guests)
    for page in (ivan, lena):
        page.goto(f"/hiring/sessions/{session.pk}/cockpit/")
    size = score([rita, ivan, lena])
    seen(ivan, "23-scores")
    assert Mark.objects.count() == 3 * size
    hand_in([rita, ivan, lena], session)
    seen(lena, "24-all-in")
    chosen = decide(rita, session)
    assert chosen.stage.kind == StageKind.TASK

    add_task(rita)
    send_task(rita, chosen)
    run_jobs()
    answer_task(phone, chosen)
    ask_graders(rita, chosen)
    task = chosen.home_tasks.get()
    grade(ivan, task, 4)
    grade(lena, task, 5)

    url = write_offer(rita, chosen)
    approve_offer(dora)
    send_offer(rita, url)
    run_jobs()
    accept(phone, chosen)
    chosen.refresh_from_db()
    assert (chosen.state, chosen.stage.kind) == (CandidacyState.HIRED, StageKind.HIRED)
    run_jobs()
    join(phone, email_of(chosen.candidate.name))
    offers_tick()
    chosen.candidate.refresh_from_db()
    assert chosen.candidate.user == User.objects.get(email=email_of(chosen.candidate.name))
