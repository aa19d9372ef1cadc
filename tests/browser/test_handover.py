"""A handover by the three who walk it: the director plans, the former manager tells, the new one
signs; every refusal is tried on the way, and it is taken back in time and too late."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Account, Handover, HandoverQuestion
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.handovers import begin, digest, make_road, meet, see_all, tell, to_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def road(transactional_db):
    HandoverQuestion.objects.create(
        code="sore", names={"en": "Where are the sore spots?"}, tiers=["A"]
    )
    HandoverQuestion.objects.create(
        code="open", names={"en": "Open invoices have been gone through."}, tiers=["A"],
        kind="check", position=1,
    )  # fmt: skip
    return make_road(make_cast(), begun=False)


def address(road) -> str:
    return f"/accounts/{road.account.pk}/handover/"


def missing(page):
    return page.locator("#h-missing")


def press(page, name: str, within: str = "#handover", *, place: int = 0) -> None:
    """A tap, and the page as it is afterwards: it renews itself as a whole."""
    page.wait_for_load_state("networkidle")
    page.locator("#handover").evaluate("old => old.setAttribute('data-old', '')")
    page.locator(within).get_by_role("button", name=name).nth(place).click()
    expect(page.locator("#handover:not([data-old])")).to_be_visible(timeout=30_000)


def begins(page, road) -> None:
    """The director chooses to whom, in the drawer."""
    page.get_by_role("link", name="Hand over").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("New manager").select_option(label="Karl")
    drawer.get_by_label("Joint meetings").fill("1")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/handover/?of=*")
    road.row = Handover.objects.get()


def tells(giver) -> None:
    """The former manager, each refusal on the way: unanswered, unticked, unread promise, task."""
    expect(missing(giver)).to_contain_text("1 question is not answered yet.")
    giver.locator(".h-answer textarea").fill("Never mention the fire of 2019.")
    expect(giver.locator(".h-answer [role=status]")).to_contain_text("Saved")
    expect(missing(giver)).not_to_contain_text("question")
    press(giver, "Open invoices have been gone through.")
    expect(missing(giver)).not_to_contain_text("check")
    expect(missing(giver)).to_contain_text("1 open promise has not been gone through.")
    press(giver, "Karl takes it over", "#promises")
    expect(missing(giver)).not_to_contain_text("promise")
    expect(missing(giver)).to_contain_text("1 open task is neither passed on nor closed.")
    press(giver, "Karl takes it over", "#tasks")
    press(giver, "Knowledge is captured")


def meets(taker, road) -> None:
    """Introduced by both managers and nothing less; then the joint meeting."""
    expect(missing(taker)).to_contain_text("Not introduced yet: Ursula Boss.")
    meet(road, road.boss, ours=(road.cast.karl,))
    taker.reload()
    expect(taker.locator("#people")).to_contain_text("but not both managers were there")
    expect(missing(taker)).to_contain_text("Not introduced yet: Ursula Boss.")
    meet(road, road.boss)
    taker.reload()
    press(taker, "Everybody is introduced")
    expect(missing(taker)).to_contain_text("joint meetings held: 0 of 1")
    meet(road)
    taker.reload()
    press(taker, "Joint work is done")


def signs(taker, road) -> None:
    """Refused unread, and under another name; then the account is theirs."""
    name = taker.locator("#sign").get_by_label("Type your name")
    told = taker.locator(".k-toast").last
    name.fill("Karl")
    press(taker, "Accept and sign")
    expect(told).to_contain_text("Karl has not acknowledged 4 lines.")
    for left in range(4, 0, -1):
        expect(taker.get_by_role("button", name="I have read it")).to_have_count(left)
        press(taker, "I have read it")
    expect(missing(taker)).to_contain_text("Nothing is missing: it can be signed.")
    name.fill("Lena")
    press(taker, "Accept and sign")
    expect(told).to_contain_text("must be your own name")
    assert Account.objects.get(pk=road.account.pk).owner == road.cast.lena
    name.fill("Karl")
    taker.get_by_role("button", name="Accept and sign").click()
    expect(missing(taker)).to_contain_text("Karl answers for it")
    assert Account.objects.get(pk=road.account.pk).owner == road.cast.karl


def later(days: int):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days))


def test_three_walk_the_whole_road_and_on_day_29_all_is_as_before(open_page, road):
    cast, before = road.cast, digest(road.account)
    begins(open_page(address(road), cast.dora), road)
    tells(open_page(address(road), cast.lena))
    taker = open_page(address(road), cast.karl)
    meets(taker, road)
    signs(taker, road)
    assert digest(road.account) != before

    with later(29):
        director = open_page(address(road), cast.dora)
        director.locator("#road summary").click()
        director.get_by_role("link", name="Take back").click()
        director.locator("#drawer-body").get_by_role("button", name="Take back").click()
        expect(missing(director)).to_contain_text("Taken back")
        assert open_page("/accounts/", cast.karl).get_by_text(road.account.name).count() == 0
    after = digest(road.account)
    read = [row for row in after["assignments"] if f"({cast.karl.pk}, 'deputy'" in row]
    after["assignments"] = [row for row in after["assignments"] if row not in read]
    assert after == before and len(read) <= 1  # who read when stays in the past


def test_on_day_31_it_is_too_late_and_the_page_says_why(open_page, road):
    road.row = begin(road)
    to_state(road, "watch")
    kept = digest(road.account)
    with later(30):
        director = open_page(address(road), road.cast.dora)
        expect(missing(director)).to_contain_text("It can be taken back until")
        director.close()
    with later(31):
        form = f"/handovers/{road.row.pk}/undo/"
        director = open_page(form, road.cast.dora)
        token = director.locator("main [name=csrfmiddlewaretoken]").first.input_value()
        sent = {"csrfmiddlewaretoken": token, "reason": ""}
        refused = director.request.post(form, form=sent)
        assert refused.status == 422
        assert "A handover can be taken back for 30 days" in refused.text()
        director.goto(address(road))
        expect(missing(director)).to_contain_text("Plan a handover back to Lena instead.")
        assert director.get_by_role("link", name="Take back").count() == 0
    assert digest(road.account) == kept


def test_words_being_typed_stay_when_the_page_renews_itself(open_page, road):
    road.row = begin(road)
    giver = open_page(address(road), road.cast.lena)
    giver.locator(".h-answer textarea").fill("Half a sen")
    press(giver, "Open invoices have been gone through.")
    expect(giver.locator(".h-answer textarea")).to_have_value("Half a sen")
    giver.locator(".h-answer textarea").press_sequentially("tence", delay=10)
    expect(giver.locator(".h-mark.is-done").first).to_be_visible()
    expect(giver.locator(".h-answer textarea")).to_have_value("Half a sentence")


def test_a_name_typed_before_the_page_is_new_stays(open_page, road):
    road.row = begin(road)
    to_state(road, "joint")
    taker = open_page(address(road), road.cast.karl)
    held = held_back(taker, "**/handover/?of=*")
    taker.get_by_role("button", name="I have read it").first.click()
    expect(taker.locator(".k-toast")).to_have_count(1)
    taker.locator("#handover").evaluate("old => old.setAttribute('data-old', '')")
    taker.locator("#signature").fill("Karl")
    held[0].continue_()
    expect(taker.locator("#handover:not([data-old])")).to_be_visible()
    expect(taker.locator("#signature")).to_have_value("Karl")
    expect(taker.locator("#signature")).to_be_focused()


def two_checks(road):
    """The handover with two checks to tick, its page for who tells, and the ticks."""
    HandoverQuestion.objects.create(
        code="shut", names={"en": "Complaints are closed."}, tiers=["A"], kind="check", position=2
    )
    road.row = begin(road)
    return [f"#tick-{item.pk}" for item in road.row.items.filter(kind="check").order_by("pk")]


def held_back(page, pattern):
    """The next request to an address like `pattern`, once it came; it waits to be let go on."""
    held = []
    page.route(pattern, lambda request: held.append(request), times=1)
    return held


def test_a_second_tap_before_the_page_is_new_counts(open_page, road):
    first, second = two_checks(road)
    giver = open_page(address(road), road.cast.lena)
    held = held_back(giver, "**/handover/?of=*")  # renewing the page takes its time
    giver.locator(first).click()
    expect(giver.locator(".k-toast")).to_have_count(1)
    giver.locator(second).click()
    expect(giver.locator(".k-toast")).to_have_count(2)
    held[0].continue_()
    for tick in (first, second):
        expect(giver.locator(tick)).to_have_attribute("aria-pressed", "true")
    expect(missing(giver)).not_to_contain_text("check")


def test_an_answer_to_a_form_that_was_replaced_meanwhile_reaches_the_page(open_page, road):
    first, second = two_checks(road)
    giver = open_page(address(road), road.cast.lena)
    slow = f"**/ticks/{second.removeprefix('#tick-')}/"
    held = held_back(giver, slow)
    giver.locator(second).click()
    press(giver, "Open invoices have been gone through.")
    expect(giver.locator(first)).to_have_attribute("aria-pressed", "true")
    expect(giver.locator(second)).to_have_attribute("aria-pressed", "false")
    held[0].continue_()
    expect(giver.locator(second)).to_have_attribute("aria-pressed", "true")
    expect(giver.locator("body.k-loading")).to_have_count(0)


def test_a_page_that_renews_itself_waits_for_the_finger(open_page, road):
    first, second = two_checks(road)
    giver = open_page(address(road), road.cast.lena)
    held = held_back(giver, "**/handover/?of=*")
    giver.locator(first).click()
    expect(giver.locator(".k-toast")).to_have_count(1)
    giver.locator(second).hover()
    giver.evaluate("document.dispatchEvent(new PointerEvent('pointerup'))")  # a tap just before
    giver.mouse.down()
    held[0].continue_()
    giver.wait_for_timeout(300)
    giver.mouse.up()
    for tick in (first, second):
        expect(giver.locator(tick)).to_have_attribute("aria-pressed", "true")


def test_only_the_new_manager_finds_where_to_sign(open_page, road):
    road.row = begin(road)
    to_state(road, "joint")
    see_all(road)
    for user in (road.cast.dora, road.cast.lena):
        page = open_page(address(road), user)
        assert page.get_by_role("button", name="Accept and sign").count() == 0


@pytest.mark.parametrize("path", ["handover", "list"])
def test_on_a_phone_nothing_is_wider_than_the_screen(open_page, road, path):
    road.row = begin(road)
    tell(road)
    page = open_page(
        address(road) if path == "handover" else "/handovers/", road.cast.karl, size=PHONE
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
