"""A manager with three key accounts is gone: from the director's start page to full cover, counted
in pages and presses, with a person's time for reading; and rights by the next request."""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.commands.handover import plan_handover
from accounts.models import Assignment, Control, CustomerLetter, Promise, Task
from people.models import Company, Team, User, company_day
from tests.browser.conftest import PHONE
from tests.care import make_employment, make_key_account
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_logged
from tests.field_tasks import make_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWO_MINUTES = 120
A_PAGE, A_PRESS = 15, 3  # seconds: to read a page and find one's way, to aim and press
KEYS = ("Northern Dairy", "Hansa Foods", "Baltic Tea")


@pytest.fixture
def cast(transactional_db):
    """Karl answers for three key accounts and two others, and is to receive one of Kim's."""
    made = make_cast()
    Company.objects.update(set_up_at=timezone.now())
    make_employment(made.karl), make_employment(made.kim)
    Team.objects.filter(name="South").update(lead=made.dora)
    for size, name in enumerate(KEYS, start=1):
        account = make_key_account(name, owner=made.karl, revenue=size * 100_000)
        make_logged(made.karl, account, make_contact(account, f"Boss of {name}"))
        make_task(f"Offer to {name}", owner=made.karl, account=account)
        Promise.objects.create(
            account=account, text="Samples", colleague=made.karl, made_on=LONG_AGO
        )
    for name in ("Plain one", "Plain two"):
        make_account(name, owner=made.karl)
    coming = make_key_account("On its way", owner=made.kim)
    plan_handover(
        actor=made.dora, account_id=coming.pk, to_user=made.karl, cause="load",
        planned_for=company_day(),
    )  # fmt: skip
    return made


class Way:
    """Pages opened and presses made by one person, and the clock since they began."""

    def __init__(self, page):
        self.page, self.pages, self.presses, self.begun = page, 1, 0, time.monotonic()

    def press(self, target, title: str) -> None:
        target.click()
        expect(self.page.locator("h1").first).to_contain_text(title)
        self.presses += 1
        self.pages += 1

    @property
    def seconds(self) -> float:
        """What the machine took, and what a person takes besides."""
        human = self.pages * A_PAGE + self.presses * A_PRESS
        return time.monotonic() - self.begun + human


def test_from_the_start_page_to_full_cover_in_under_two_minutes(open_page, cast):
    karl = open_page("/accounts/", cast.karl)
    page = open_page("/", cast.dora)
    way = Way(page)
    way.press(page.get_by_role("link", name="Absences").first, "Absences")
    way.press(page.get_by_role("link", name="Somebody leaves"), "Somebody leaves")
    way.press(page.get_by_role("link", name="Karl"), "Karl")
    first = page.locator(".k-table-stakes tbody tr")
    assert [first.nth(n).locator("th a").inner_text() for n in range(3)] == [
        "Baltic Tea", "Hansa Foods", "Northern Dairy"
    ]  # fmt: skip
    expect(page.locator("#sudden")).to_be_visible()
    expect(page.locator(".k-care-will")).to_contain_text("3 key accounts come under your personal")
    expect(page.locator("#also").locator("..").locator("..")).to_contain_text("On its way")
    way.press(page.get_by_role("button", name="Karl is gone: settle everything now"), "Karl")
    expect(page.locator("#settled")).to_have_text("Every account has somebody")
    assert (way.pages, way.presses) == (5, 4)
    assert way.seconds < TWO_MINUTES

    assert Control.objects.filter(ended_at=None, director=cast.dora).count() == 3
    owners = set(Assignment.objects.owners().today().values_list("account__name", "user__name"))
    others = {("Plain one", "Lena"), ("Plain two", "Lena"), ("On its way", "Kim")}
    assert owners == {(name, "Dora") for name in KEYS} | others
    assert not Task.objects.open().filter(owner=cast.karl).exists()
    assert CustomerLetter.objects.filter(state="draft").count() == 3
    expect(page.locator("#settled").locator("..").locator("..")).to_contain_text(
        "1 handover to Karl was called off"
    )

    karl.reload()
    assert "/sign-in/" in karl.url
    page.get_by_role("link", name="Baltic Tea").click()
    expect(page.locator("#control")).to_be_visible()
    expect(page.get_by_role("link", name="Edit")).to_be_visible()


def test_taken_back_with_one_press(open_page, cast):
    page = open_page(f"/departures/people/{cast.karl.pk}/", cast.dora)
    page.get_by_role("button", name="Karl is gone: settle everything now").click()
    page.get_by_role("button", name="Take it all back").click()
    expect(page.locator("#sudden")).to_be_visible()
    assert User.objects.get(pk=cast.karl.pk).is_active
    assert Assignment.objects.owners().today().filter(user=cast.karl).count() == 5


@pytest.mark.parametrize("path", ["/departures/", "/control/", "/absences/", "/care/settings/"])
def test_on_a_phone_nothing_is_wider_than_the_screen(open_page, cast, path):
    page = open_page(path, cast.dora, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"/departures/people/{cast.karl.pk}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_ones_own_absence_on_a_phone_takes_two_fields_and_a_press(open_page, cast):
    page = open_page("/absences/", cast.karl, size=PHONE)
    page.get_by_role("link", name="New absence").first.click()
    page.get_by_label("First day away").fill("2031-03-03")
    page.get_by_label("First day back").fill("2031-03-10")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("#plan")).to_have_text("Who stands in")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
