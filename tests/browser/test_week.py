"""My week and tasks in Chromium: done in place, moved by drag, by keys and on the phone."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Account, Task
from tests.browser.conftest import PHONE
from tests.cast import make_account, make_cast, make_company
from tests.field import make_logged
from tests.field_tasks import make_rhythm, make_task, make_tier

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def cast():
    made = make_cast()
    make_company(set_up_at=timezone.now())
    account = make_account("Hansa", owner=made.karl)
    make_tier(account, "A", revenue=1000)
    make_rhythm(account, TODAY)
    for title in ("Call the buyer", "Write the offer"):
        make_task(title, owner=made.karl, account=account, due=TODAY)
    return made


def line(page, title):
    return page.locator(".k-wline").filter(has_text=title)


def test_a_line_is_done_in_its_place_and_taken_back(cast, open_page):
    page = open_page("/", cast.karl)
    line(page, "Call the buyer").get_by_role("button", name="Done").click()
    expect(line(page, "Call the buyer")).to_have_count(0)
    expect(line(page, "Write the offer").locator("[data-first]")).to_be_focused()
    page.locator(".k-toast").get_by_role("button", name="Undo").click()
    expect(line(page, "Call the buyer")).to_have_count(1)


def test_a_line_is_moved_by_keys_by_drag_and_by_menu(cast, open_page):
    page = open_page("/", cast.karl)
    page.keyboard.press("j")
    first = page.locator(".k-wline").first
    title = first.locator("[data-first]").inner_text()
    page.keyboard.press("Alt+ArrowRight")
    expect(line(page, title)).to_have_count(0)
    tomorrow = TODAY + dt.timedelta(days=1)
    assert Task.objects.get(title=title).planned_on == tomorrow
    other = page.locator(".k-wline").first
    rest = other.locator("[data-first]").inner_text()
    days = page.locator("[data-day].k-calendar-day")
    other.drag_to(days.last)
    expect(days.last).to_contain_text(rest)
    expect(line(page, rest)).to_have_count(0)
    assert Task.objects.get(title=rest).planned_on > TODAY


def test_a_planned_meeting_is_moved_by_keys_and_by_drag(cast, open_page):
    at = timezone.localtime().replace(hour=23, minute=40, second=0, microsecond=0)
    plan = make_logged(cast.karl, Account.objects.get(), state="planned", at=at)
    page = open_page("/", cast.karl)
    line(page, "meeting with").locator("[data-first]").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(line(page, "meeting with")).to_have_count(0)
    day = dt.timedelta(days=1)
    plan.refresh_from_db()
    assert plan.at == at + day
    days = page.locator("[data-day].k-calendar-day")
    page.locator(f".k-entry[data-line='meeting:{plan.pk}']").drag_to(days.last)
    expect(days.last).to_contain_text("23:40")
    plan.refresh_from_db()
    assert plan.at > at + day
    page.locator(".k-toast").get_by_role("button", name="Undo").last.click()
    expect(days.last).not_to_contain_text("23:40")


def test_the_phone_moves_a_line_by_its_menu_and_scrolls_nowhere_sideways(cast, open_page):
    page = open_page("/", cast.karl, size=PHONE, has_touch=True)
    row = line(page, "Call the buyer")
    row.locator("summary").tap()
    row.locator(".k-week-move button").nth(1).tap()
    expect(row).to_have_count(0)
    assert Task.objects.get(title="Call the buyer").planned_on == TODAY + dt.timedelta(days=2)
    for path in ("/", "/tasks/", "/news/"):
        narrow = open_page(path, cast.karl, size=NARROW)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_task_is_made_given_on_and_several_are_done_at_once(cast, open_page):
    page = open_page("/tasks/", cast.karl)
    page.get_by_role("link", name="New task").click()
    page.locator("#drawer").get_by_label("What is to be done").fill("Book a room")
    page.locator("#drawer").get_by_role("button", name="Save").click()
    expect(page.locator(".k-task").filter(has_text="Book a room")).to_have_count(1)
    page.wait_for_load_state("load")  # from here on the page listens to keys
    for _step in range(2):
        page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.locator("[data-taskbar]")
    expect(bar).to_contain_text("2")
    bar.get_by_role("button", name="Done").click()
    expect(page.locator(".k-task")).to_have_count(1)
    page.locator(".k-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".k-task")).to_have_count(3)
    task = page.locator(".k-task").filter(has_text="Call the buyer")
    task.locator("summary").click()
    task.get_by_role("link", name="Give it to somebody").click()
    page.locator("#drawer").get_by_label("Anna").check()
    page.locator("#drawer").get_by_role("button", name="Give it").click()
    expect(task).to_have_count(0)
    bell = open_page("/", cast.anna)
    expect(bell.locator(".k-bell-n")).to_have_text("1")
    bell.locator(".k-bell").click()
    expect(bell.locator("#drawer")).to_contain_text("A task was given to you: Call the buyer")
