"""A session of eight seats filled by the calculator; a time chosen on a phone."""

import re

import pytest
from playwright.sync_api import expect

from accounts.choices import ReachKind
from hiring.choices import SeatState, StageKind
from hiring.commands.link import make_link
from hiring.models import HiringSettings, Seat
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_candidate, make_session, make_vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    make_cast()
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    session = make_session(make_vacancy("KAM, Riga"), spare=99, place="Nevsky 28", limit=10)
    for number in range(20):
        candidate = make_candidate(f"Candidate {number:02}")
        mail = f"c{number}@example.org"
        candidate.reaches.create(kind=ReachKind.EMAIL, value=mail, normal=mail)
        make_candidacy(session.vacancy, candidate, stage=StageKind.INVITE, rank=number)
    return session


def test_eight_seats_are_filled_by_the_calculator(session, open_page):
    rita = session.vacancy.recruiter
    page = open_page(f"/hiring/sessions/{session.pk}/", rita)
    panel = page.locator("#calculator")
    expect(panel).to_contain_text("Invite 17: expect 8.5")
    page.get_by_label("An empty seat costs").fill("1")
    expect(panel).to_contain_text("Invite 15:")
    page.get_by_label("An empty seat costs").fill("2")
    expect(panel).to_contain_text("Invite 17:")
    page.get_by_role("button", name="Invite 17").click()
    expect(page.locator("body")).to_contain_text("17 people invited.")
    expect(panel).to_contain_text("Enough are invited: expect 8.5")
    assert session.seats_taken.filter(state=SeatState.INVITED).count() == 17
    menu = page.get_by_label("What to do with Candidate 00")
    menu.click()
    page.get_by_role("button", name="Book a place for them").click()
    expect(page.locator("tr", has_text="Candidate 00")).to_contain_text("booked")


def test_a_time_is_chosen_confirmed_and_given_back_on_a_phone(session, open_page):
    candidacy = session.vacancy.candidacies.order_by("rank").first()
    seat = Seat.objects.create(session=session, candidacy=candidacy)
    token = make_link(candidacy.candidate).token
    page = open_page(f"/c/{token}/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name=re.compile("Nevsky 28")).click()
    expect(page.locator("body")).to_contain_text("The place is yours.")
    page.get_by_role("button", name="I will come").click()
    expect(page.locator("body")).to_contain_text("You have confirmed")
    seat.refresh_from_db()
    assert seat.state == SeatState.CONFIRMED
    page.get_by_role("button", name="I cannot come").click()
    expect(page.locator("body")).to_contain_text("Please choose the time that suits you.")
    seat.refresh_from_db()
    assert seat.state == SeatState.DECLINED
