"""A probation by those who walk it: planned by the recruiter, filled and offered by the director,
accepted by the newcomer on a phone, talked over with the mentor, passed with reasons."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from hiring.commands import probation_night as night
from hiring.models import Probation
from people.models import Employment, company_day
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.trials import make_buyer, make_orders, make_probation, put_on_probation, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def later(days: int):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days))


def accounts_of(row: Probation):
    return [one.account for one in row.accounts.filter(matched_to=None).order_by("account__name")]


def is_narrow(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def writes_terms(page) -> None:
    """From the list to a draft: dates, people, words."""
    page.get_by_role("link", name="Start a probation").first.click()
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_label("First day").fill(f"{company_day() + DAY}")
    page.get_by_label("Country and case").select_option(value="country:SE")
    page.get_by_text("2 weeks", exact=True).click()
    page.get_by_label("Mentor").select_option(label="Kim")
    page.get_by_role("button", name="Save and choose accounts").click()
    expect(page.get_by_text("A director chooses them.")).to_be_visible()


def sets_goal(page) -> None:
    """One in own words, in the drawer; the starting ones stay."""
    page.get_by_role("link", name="Add a goal").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("What is to be reached").select_option(value="free")
    drawer.get_by_label("In your own words").fill("Presents the line of films on her own")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#goals li")).to_have_count(3)


def picks(page) -> None:
    """Two of those proposed, each with its reasons and with another one beside it."""
    page.get_by_role("link", name="Choose accounts").click()
    proposed = page.locator(".pb-choice")
    expect(proposed.filter(has_text="Alder")).to_contain_text("Nobody of ours has ever noted")
    expect(proposed.filter(has_text="Yew")).to_have_count(0)
    for name in ("Alder", "Birch"):
        proposed.filter(has_text=name).get_by_role("checkbox").check()
    sums = page.locator("#pb-beside")
    expect(sums.locator(".pb-pairs li")).to_have_count(2)
    expect(sums.locator(".pb-pairs")).to_contain_text("Cedar")
    page.get_by_role("button", name="Choose these").first.click()
    expect(page.locator("#accounts tbody tr")).to_have_count(2)


def offers(page) -> Probation:
    page.get_by_role("button", name="Freeze and offer").click()
    expect(page.get_by_text("Karl has not accepted the plan yet.")).to_be_visible()
    assert page.get_by_role("link", name="Decide").count() == 0
    row = Probation.objects.get()
    assert row.frozen_on is not None and row.accounts.exclude(matched_to=None).count() == 2
    return row


def accepts(page, row: Probation) -> None:
    """On the phone: the list says that a word is awaited; goals, accounts and words are there."""
    expect(page.get_by_text("Your word is awaited")).to_be_visible()
    page.get_by_role("link", name="Karl").first.click()
    expect(page.locator("#goals")).to_contain_text("Presents the line of films on her own")
    expect(page.locator("#accounts")).to_contain_text("Alder")
    expect(page.locator("#criteria")).to_contain_text("first meetings in time")
    assert is_narrow(page)
    page.get_by_role("button", name="Accept the plan and its criteria").click()
    expect(page.get_by_text("Karl accepted the plan")).to_be_visible()
    row.refresh_from_db()
    assert row.accepted_at is not None


def holds_talk(page) -> None:
    """The mentor notes the first week's talk; nobody read the words before."""
    week = page.locator("#week-1")
    assert week.get_by_text("Four visits").count() == 0
    week.get_by_role("link", name="Note the talk").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("Your words").fill("Asks well, listens")
    drawer.get_by_label("On course").select_option(value="4")
    drawer.get_by_role("button", name="Save").click()
    expect(week).to_contain_text("4 of 5")
    expect(week).to_contain_text("Four visits")


def passes(page) -> None:
    """Noted as passed with the reasons, which the page tells from then on."""
    page.get_by_role("link", name="Decide").click()
    card = page.locator("section", has=page.get_by_role("heading", name="Passed", exact=True))
    card.get_by_label("Reasons").fill("Two new customers, and films presented well.")
    card.get_by_role("button", name="Note as passed").click()
    expect(page.get_by_text("Two new customers, and films presented well.")).to_be_visible()


def test_from_the_picker_to_passed_by_recruiter_director_newcomer_and_mentor(open_page, cast):
    put_on_probation(cast.karl)
    for name in ("Alder", "Birch", "Cedar", "Dogwood"):
        make_buyer(name, owner=cast.lena)
    make_buyer("Yew", owner=cast.lena, is_key=True, tier="A")
    writes_terms(recruiter := open_page("/hiring/probations/", cast.rita))
    sets_goal(recruiter)
    row = Probation.objects.get()
    director = open_page(f"/hiring/probations/{row.pk}/plan/", cast.dora)
    picks(director)
    row = offers(director)
    accepts(newcomer := open_page("/hiring/probations/", cast.karl, size=PHONE), row)
    night.start_due(row.starts_on)
    for left in (recruiter, director, newcomer):
        left.close()  # over the week these would be asked to sign in again

    page = f"/hiring/probations/{row.pk}/"
    with later(8):
        one = accounts_of(row)[0]
        make_orders(one, 3, 2, 1, net=900)
        talk(one, cast.karl, row.starts_on)
        night.measure_probations(company_day() - DAY)
        karl = open_page(page, cast.karl, size=PHONE)
        growth = karl.locator("#goals li").first
        drawn = growth.locator(".pc-chart")
        expect(drawn).to_have_attribute("aria-label", re.compile("expected today"))
        assert is_narrow(karl)
        karl.locator("#week-1").get_by_label("Your words").fill("Four visits")
        karl.locator("#week-1").get_by_role("button", name="Save").click()
        expect(karl.locator(".k-toast").last).to_contain_text("Saved")
        holds_talk(open_page(page, cast.kim))
        karl.reload()
        expect(karl.locator("#week-1")).to_contain_text("Asks well, listens")
        karl.locator("#week-1").get_by_role("button", name="I have read it").click()
        expect(karl.locator("#week-1")).to_contain_text("read by the newcomer")

        passes(open_page(page, cast.dora))
        assert Employment.objects.on(company_day()).get(user=cast.karl).on_probation is False
        karl.reload()
        expect(karl.get_by_text("Passed on")).to_be_visible()
        assert is_narrow(karl)


def test_without_the_newcomers_own_yes_it_never_begins(open_page, cast):
    row = make_probation(cast, "offered", starts_on=company_day())
    assert night.start_due(row.starts_on) == 0
    with later(1):
        assert night.start_due(company_day()) == 0
        karl = open_page(f"/hiring/probations/{row.pk}/", cast.karl, size=PHONE)
        karl.get_by_role("button", name="Accept the plan and its criteria").click()
        expect(karl.locator(".k-toast").last).to_contain_text("The first day is over.")
    row.refresh_from_db()
    assert (row.state, row.accepted_at) == ("offered", None)
    owners = {account.owner for account in accounts_of(row)}
    assert owners == {cast.kim}
