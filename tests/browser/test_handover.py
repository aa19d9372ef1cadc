"""A handover by the three who walk it: the director plans, the former manager tells, the new one
signs; every refusal is tried on the way."""

import pytest
from playwright.sync_api import expect

from accounts.models import Account, Handover, HandoverQuestion
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.handovers import begin, make_road, meet, see_all, tell, to_state

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
    with page.expect_response(lambda answer: "/handover/?of=" in answer.url):
        page.locator(within).get_by_role("button", name=name).nth(place).click()
    page.wait_for_load_state("networkidle")


def test_director_former_and_new_manager_walk_the_whole_road(open_page, road):
    cast = road.cast
    director = open_page(address(road), cast.dora)
    director.get_by_role("link", name="Hand over").click()
    director.locator("#drawer-body").get_by_label("New manager").select_option(label="Karl")
    director.locator("#drawer-body").get_by_label("Joint meetings").fill("1")
    director.get_by_role("button", name="Begin").click()
    director.wait_for_url("**/handover/?of=*")
    road.row = Handover.objects.get()
    expect(missing(director)).to_contain_text("1 question is not answered yet.")

    giver = open_page(address(road), cast.lena)
    giver.locator(".h-answer textarea").fill("Never mention the fire of 2019.")
    expect(giver.locator(".h-answer [role=status]")).to_contain_text("Saved")
    expect(missing(giver)).not_to_contain_text("question")
    giver.get_by_role("button", name="Open invoices have been gone through.").click()
    expect(missing(giver)).not_to_contain_text("check")
    giver.locator("#promises").get_by_role("button", name="Karl takes it over").click()
    expect(missing(giver)).not_to_contain_text("promise")
    giver.locator("#tasks").get_by_role("button", name="Karl takes it over").click()
    giver.get_by_role("button", name="Knowledge is captured").click()
    expect(missing(giver)).to_contain_text("Not introduced yet: Ursula Boss.")

    taker = open_page(address(road), cast.karl)
    meet(road, road.boss, ours=(cast.karl,))
    taker.reload()
    expect(taker.locator("#people")).to_contain_text("but not both managers were there")
    meet(road, road.boss)
    taker.reload()
    taker.get_by_role("button", name="Everybody is introduced").click()
    expect(missing(taker)).to_contain_text("joint meetings held: 0 of 1")
    meet(road)
    taker.reload()
    taker.get_by_role("button", name="Joint work is done").click()
    expect(missing(taker)).to_contain_text("Karl has not acknowledged 4 lines.")

    sign = taker.locator("#sign")
    sign.get_by_label("Type your name").fill("Karl")
    sign.get_by_role("button", name="Accept and sign").click()
    expect(taker.locator(".k-toast").last).to_contain_text("Karl has not acknowledged 4 lines.")
    for left in range(4, 0, -1):
        buttons = taker.get_by_role("button", name="I have read it")
        expect(buttons).to_have_count(left)
        buttons.first.click()
    expect(missing(taker)).to_contain_text("Nothing is missing: it can be signed.")
    sign.get_by_label("Type your name").fill("Lena")
    sign.get_by_role("button", name="Accept and sign").click()
    expect(taker.locator(".k-toast").last).to_contain_text("must be your own name")
    assert Account.objects.get(pk=road.account.pk).owner == cast.lena
    sign.get_by_label("Type your name").fill("Karl")
    sign.get_by_role("button", name="Accept and sign").click()
    expect(missing(taker)).to_contain_text("Karl answers for it")
    assert Account.objects.get(pk=road.account.pk).owner == cast.karl

    director.goto(address(road))
    director.locator("#road summary").click()
    director.get_by_role("link", name="Take back").click()
    director.locator("#drawer-body").get_by_role("button", name="Take back").click()
    expect(missing(director)).to_contain_text("Taken back")
    assert Account.objects.get(pk=road.account.pk).owner == cast.lena


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
