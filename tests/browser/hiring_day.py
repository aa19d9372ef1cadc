"""The way of a vacancy from the session to the first sign-in, deed by deed in a browser."""

import datetime as dt
import re

from django.core import mail
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from hiring.models import Candidacy, Session
from tests.browser.hiring_way import APPLICANTS, CALLED, POST, seen
from tests.cast import PASSWORD

TASK = "A customer of ten years"


def plan_session(page, vacancy, observers):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page.goto(f"/hiring/{vacancy.pk}/")
    page.get_by_role("link", name="Sessions").first.click()
    page.get_by_role("link", name="Plan sessions").first.click()
    page.get_by_label("Day", exact=True).fill(tomorrow.isoformat())
    page.get_by_label("Seats").first.fill("8")
    page.get_by_label("May book at most").fill("8")
    page.get_by_label("Place").fill("Moscow, Tverskaya 1")
    for person in observers:
        page.get_by_label(person.name).check()
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
            cell, mark = page.locator(".k-score").nth(place), 5 - (place // 3 + (number == 2)) % 4
            cell.click()
            cell.press(str(mark))
            expect(cell).to_have_text(str(mark))  # else "all are sent" is said of those before
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
    return Candidacy.objects.get(candidate__name=name, vacancy=session.vacancy)


def add_task(page):
    page.goto("/hiring/")
    page.get_by_role("link", name="Test tasks").first.click()
    page.get_by_role("link", name="New task").first.click()
    page.get_by_label("Name").fill(TASK)
    page.locator("[name=text_en]").fill("A customer of ten years leaves. Write to them.")
    page.locator("[name=guide_en]").fill("Looks for the cause before the offer.")
    seen(page, "26-task-form")
    page.get_by_role("button", name="Add to the bank").click()
    page.get_by_role("heading", name=TASK).first.wait_for()


def send_task(page, candidacy):
    page.goto(f"/hiring/candidates/{candidacy.candidate_id}/")
    seen(page, "27-candidate")
    page.get_by_role("link", name="Send a test task").click()
    option = page.locator("option", has_text=TASK).get_attribute("value")
    page.get_by_label("Test task").select_option(option)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Grades").wait_for()


def answer_task(page, candidacy):
    page.goto(own_page_of(email_of(candidacy.candidate.name)))
    page.get_by_label("Your answer").fill("First I would ask what went wrong, and listen.")
    seen(page, "28-own-task")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("your answer is with us").wait_for()


def ask_graders(page, candidacy, graders):
    page.goto(f"/hiring/home-tasks/{candidacy.home_tasks.get().pk}/")
    for person in graders:
        page.get_by_label(person.name, exact=True).check()
    seen(page, "29-home-task")
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text(f"{graders[0].name}: has not graded yet").wait_for()


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


def approve_offer(page, candidacy):
    page.goto("/hiring/offers/")
    page.get_by_role("link", name=candidacy.candidate.name).first.click()
    seen(page, "32-offer-approval")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Approve").wait_for(state="detached")


def accept(page, candidacy):
    page.goto(own_page_of(email_of(candidacy.candidate.name)))
    expect(page.locator(".k-own-offer")).to_contain_text(POST)
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
