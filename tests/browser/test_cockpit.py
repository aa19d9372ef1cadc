"""A group interview in Chromium: three browsers score at once, the network is cut, the ranking."""

import datetime as dt
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hiring.models import Mark
from tests.cast import make_cast
from tests.hiring.rounds import make_room
from tests.recruiting import make_exercise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 1180, "height": 820}


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def wait_for(what, seconds: float = 20):
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.1)


def address(room) -> str:
    return f"/hiring/sessions/{room.session.pk}/cockpit/?view=scores"


def score(page, place: int, value: int) -> None:
    page.locator(".k-score").nth(place).click()
    page.locator(f"#scorepad label:has([value='{value}'])").click()


def test_three_observers_score_at_once_and_see_the_ranking(cast, open_page):
    room = make_room(cast.ivan, cast.kim, cast.lena)
    make_exercise(room.session)
    pages = [open_page(address(room), user, TABLET) for user in room.observers]
    marks = ((5, 4, 3, 3, 1, 2), (5, 5, 3, 2, 1, 1), (4, 5, 3, 3, 2, 1))
    for place in range(6):
        for page, row in zip(pages, marks, strict=True):
            score(page, place, row[place])
    wait_for(lambda: Mark.objects.count() == 18)
    assert sorted(Mark.objects.values_list("value", flat=True)) == sorted(sum(marks, ()))
    for page in pages:
        expect(page.locator("#cockpit-state")).to_have_text("All scores are sent.")
    expect(pages[0].locator(".k-others i:not(.no)")).to_have_count(12)
    for page in pages:
        with page.expect_navigation():  # the next one hands in when this one has
            page.get_by_role("button", name="Hand in my scores").click()
    expect(pages[2].locator("h1")).to_contain_text("18 scores are in.")
    expect(pages[0].get_by_role("link", name="See the ranking")).to_be_visible(timeout=10_000)
    badges = pages[2].locator(".k-ranking .k-badge").all_text_contents()
    assert badges == ["1", "2", "3"]


def test_a_cut_network_loses_no_score_even_over_a_reload(cast, phone):
    room = make_room(cast.ivan, cast.kim)
    phone.sign_in(cast.ivan)
    page = phone.page
    page.goto(address(room))
    phone.cut()
    score(page, 0, 5)
    score(page, 1, 2)
    score(page, 1, 3)  # a second thought
    expect(page.locator(".k-score.is-kept")).to_have_count(2)
    expect(page.locator("#cockpit-state")).to_contain_text("2 scores are kept on this device")
    page.get_by_role("button", name="Hand in my scores").click()
    expect(page.locator("#toasts")).to_contain_text("Wait for the network")
    page.route("**/cockpit/marks/", lambda route: route.abort())
    phone.restore()
    assert all(told.startswith("htmx:") for told in phone.complaints)  # that the poll was cut
    phone.complaints.clear()
    page.reload()  # the page comes, the marks still cannot go
    expect(page.locator(".k-score.is-kept")).to_have_count(2)
    assert page.locator(".k-score").nth(0).inner_text() == "5"
    assert not Mark.objects.exists()
    page.unroute("**/cockpit/marks/")
    expect(page.locator(".k-score.is-kept")).to_have_count(0, timeout=15_000)
    assert sorted(Mark.objects.values_list("value", flat=True)) == [3, 5]
    assert page.locator(".k-score").nth(0).inner_text() == "5"


def test_signing_out_asks_first_while_scores_wait_on_the_device(cast, phone):
    room = make_room(cast.ivan, cast.kim)
    phone.sign_in(cast.ivan)
    page = phone.page
    page.route("**/cockpit/marks/", lambda route: route.abort())
    page.goto(address(room))
    score(page, 0, 5)
    expect(page.locator(".k-score.is-kept")).to_have_count(1)

    def sign_out():
        page.goto("/")
        page.locator(".k-bottom").get_by_role("button", name="More").tap()
        page.locator("#more-sheet").get_by_role("button", name="Sign out").tap()

    sign_out()
    expect(page.locator("#marks-ask")).to_be_visible()
    page.unroute("**/cockpit/marks/")
    page.get_by_role("link", name="Open the session").tap()
    page.wait_for_url("**/cockpit/")
    wait_for(lambda: Mark.objects.count() == 1)
    expect(page.locator(".k-score.is-kept")).to_have_count(0)
    sign_out()
    page.wait_for_url("**/sign-in/")


def test_a_device_whose_clock_is_wrong_neither_loses_nor_wins_by_it(cast, open_page):
    room = make_room(cast.ivan, cast.kim)
    right = open_page(address(room), cast.ivan, TABLET)
    for hours, value in ((-1, 2), (1, 4)):
        wrong = open_page("/", cast.ivan, TABLET)
        wrong.add_init_script(
            f"const now = Date.now; Date.now = () => now.call(Date) + {hours} * 3600000;"
        )
        wrong.goto(address(room))
        score(right, 0, 5)
        wait_for(lambda: Mark.objects.filter(value=5).exists())
        wrong.wait_for_timeout(3000)  # a page on its way for long knows the time that much worse
        score(wrong, 0, value)
        wait_for(lambda value=value: Mark.objects.get().value == value)
        assert abs(Mark.objects.get().at - timezone.now()) < dt.timedelta(minutes=1)
        expect(right.locator(".k-score").first).to_have_text(str(value), timeout=10_000)


def test_an_answer_that_is_lost_makes_no_second_mark(cast, phone):
    """The server has the mark and dies before it says so: the device sends it again."""
    room = make_room(cast.ivan, cast.kim)
    phone.sign_in(cast.ivan)
    page, sent = phone.page, []

    def lose(route):
        sent.append(route.request.post_data_json["marks"][0]["key"])
        if len(sent) > 2:
            return route.continue_()
        route.fetch()
        return route.abort()

    page.route("**/cockpit/marks/", lose)
    page.goto(address(room))
    score(page, 0, 4)
    phone.wait_for(lambda: len(sent) > 2)
    expect(page.locator(".k-score.is-kept")).to_have_count(0)
    assert len(set(sent)) == 1
    assert Mark.objects.get().value == 4


def test_keys_alone_score_a_row(cast, open_page):
    room = make_room(cast.ivan)
    page = open_page(address(room), cast.ivan, TABLET)
    page.locator(".k-score").first.focus()
    page.keyboard.press("4")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")
    page.keyboard.press("Backspace")
    wait_for(lambda: sorted(Mark.objects.values_list("value", flat=True)) == [2, 4])


def test_on_a_phone_somebody_is_checked_in_by_one_tap(cast, open_page):
    room = make_room(cast.ivan, came=False)
    page = open_page(
        f"/hiring/sessions/{room.session.pk}/cockpit/", cast.ivan, {"width": 390, "height": 844}
    )
    page.get_by_role("button", name="Came").first.click()
    expect(
        page.locator("#here + ul .k-badge, .k-arrivals .k-badge:not(.k-badge-none)")
    ).to_have_text(["1"], timeout=10_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
