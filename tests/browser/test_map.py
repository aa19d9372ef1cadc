"""The account map by mouse, finger and keyboard, its files, and what assistive technology finds."""

import xml.etree.ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import Contact, Line, MapPlace
from tests.browser.conftest import PHONE
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_observation, set_tier
from tests.maps import make_map

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HARM = ("serious", "critical")


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def hansa(cast):
    """Ada above Ben and Cem; Dia stands beside."""
    account = make_account("Hansa", owner=cast.karl)
    ada, ben, cem, _dia = (
        make_contact(account, name, title=f"{name}'s title")
        for name in ("Ada", "Ben", "Cem", "Dia")
    )
    for below in (ben, cem):
        Line.objects.create(
            account=account, kind="reports", start=below, end=ada, valid_from=LONG_AGO
        )
    make_observation(ada, "power", "3")
    make_observation(ben, "stance", "2", days_ago=900)
    return account


def card(page: Page, name: str):
    return page.locator(f".m-card[aria-label^='{name}']").first


def middle(page: Page, name: str) -> tuple[float, float]:
    box = card(page, name).locator(".m-box").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def open_map(open_page, account, user, query="", **options) -> Page:
    return open_page(f"/accounts/{account.pk}/map/{query}", user, **options)


def is_above(contact: str) -> set[str]:
    rows = Line.objects.filter(kind="reports", valid_to=None, start__name=contact)
    return set(rows.values_list("end__name", flat=True))


def test_a_card_is_dragged_by_mouse_stays_there_and_goes_back(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    x, y = middle(page, "Dia")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    with page.expect_response("**/map/places/"):
        page.mouse.up()
    page.reload()
    place = MapPlace.objects.get(contact__name="Dia")
    scale = page.evaluate("document.getElementById('map').app.view.state.scale")
    assert scale > 0.3 and place.version == 1
    assert card(page, "Dia").get_attribute("transform") == f"translate({place.x} {place.y})"


def test_a_card_is_dragged_by_a_finger(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl, size=PHONE, has_touch=True)
    card(page, "Dia").scroll_into_view_if_needed()
    page.locator("[data-stage]").scroll_into_view_if_needed()
    card(page, "Dia").locator(".m-box").tap()
    expect(page.locator("[data-panel] h2")).to_have_text("Dia")
    page.locator("[data-panel]").evaluate("panel => { panel.hidden = true }")
    x, y = middle(page, "Dia")
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", (x, y))
    for step in (10, 20, 40):
        touch("touchMove", (x - step, y - step))
    with page.expect_response("**/map/places/"):
        touch("touchEnd")
    assert MapPlace.objects.get().contact.name == "Dia"


def test_two_fingers_zoom_and_one_moves_the_map(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl, size=PHONE, has_touch=True)
    stage = page.locator("[data-stage]")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    x, y = box["x"] + 60, box["y"] + box["height"] - 90
    session = page.context.new_cdp_session(page)
    state = "({...document.getElementById('map').app.view.state})"
    before = page.evaluate(state)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y), (x + 60, y))
    touch("touchMove", (x - 20, y), (x + 110, y))
    touch("touchEnd")
    zoomed = page.evaluate(state)
    assert zoomed["scale"] > before["scale"] * 1.5
    touch("touchStart", (x, y))
    touch("touchMove", (x + 20, y - 20))
    touch("touchMove", (x + 40, y - 40))
    touch("touchEnd")
    moved = page.evaluate(state)
    assert moved["scale"] == zoomed["scale"] and moved["x"] > zoomed["x"] + 10


def test_cards_are_walked_moved_and_put_back_by_keyboard(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Ada").focus()
    page.keyboard.press("ArrowDown")
    expect(card(page, "Ben")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card(page, "Cem")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(card(page, "Ada")).to_be_focused()
    with page.expect_response("**/map/places/"):
        page.keyboard.press("Alt+ArrowRight")
        page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#live")).to_have_text("Moved")
    assert MapPlace.objects.get().contact.name == "Ada"
    with page.expect_response("**/map/undo/*/"):
        page.keyboard.press("Control+z")
    expect(page.locator("#live")).to_have_text("Taken back.")
    assert not MapPlace.objects.exists()
    expect(card(page, "Ada")).to_be_focused()


def test_a_line_is_drawn_from_a_handle_by_mouse_and_taken_back(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Dia").hover()
    card(page, "Dia").locator("[data-handle]").hover()
    page.mouse.down()
    page.mouse.move(*middle(page, "Cem"), steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Dia reports to Cem").click()
    toast = page.locator(".k-toast", has_text="Dia reports to Cem")
    toast.wait_for()
    assert is_above("Dia") == {"Cem"}
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".m-edge")).to_have_count(2)
    assert not is_above("Dia")


def test_a_line_is_drawn_chosen_and_removed_by_keyboard(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Ben").focus()
    page.keyboard.press("l")
    page.keyboard.press("ArrowRight")
    expect(card(page, "Cem")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ben reports to Cem")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ben influences Cem")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".m-edge-influences")).to_have_count(1)
    expect(card(page, "Ben")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#live")).to_have_text("Ben influences Cem. Delete removes it.")
    page.keyboard.press("Delete")
    expect(page.locator(".m-edge-influences")).to_have_count(0)
    assert not Line.objects.filter(kind="influences").exists()
    page.keyboard.press("Control+z")
    expect(page.locator(".m-edge-influences")).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".m-edge-influences")).to_have_count(0)


def test_a_line_that_was_begun_is_let_go_with_escape(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Ada").focus()
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ben reports to Ada").wait_for()
    page.keyboard.press("Escape")
    card(page, "Ben").focus()
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    expect(page.locator("#live")).to_have_text("Stopped")
    assert Line.objects.count() == 2


def test_a_line_is_drawn_by_a_finger(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl, size=PHONE, has_touch=True)
    page.locator("[data-stage]").scroll_into_view_if_needed()
    card(page, "Dia").locator(".m-box").tap()
    expect(page.locator("[data-panel] h2")).to_have_text("Dia")
    page.locator("[data-panel]").evaluate("panel => { panel.hidden = true }")
    box = card(page, "Dia").locator("[data-handle]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    way = [(x, y - 30), middle(page, "Cem")]
    for kind, points in (
        ("touchStart", [(x, y)]), *(("touchMove", [point]) for point in way), ("touchEnd", []),
    ):  # fmt: skip
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})
    with page.expect_response("**/map/lines/"):
        page.get_by_role("button", name="Dia influences Cem").click()
    expect(page.locator(".m-edge-influences")).to_have_count(1)


def test_somebody_is_added_below_the_chosen_one_with_a_name_and_enter(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Cem").locator(".m-box").click()
    page.get_by_text("Add a person").click()
    page.locator("#map-name").fill("Eve")
    page.locator("#map-name").press("Enter")
    card(page, "Eve").wait_for()
    expect(card(page, "Eve")).to_be_focused()
    expect(page.locator("[data-panel] h2")).to_have_text("Eve")
    assert is_above("Eve") == {"Cem"}
    page.keyboard.press("Control+z")
    expect(card(page, "Eve")).to_have_count(0)
    assert not Contact.objects.filter(name="Eve").exists()


def test_the_panel_opens_by_keyboard_and_gives_the_focus_back(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Ben").focus()
    page.keyboard.press("Enter")
    heading = page.locator("[data-panel] h2")
    expect(heading).to_have_text("Ben")
    expect(heading).to_be_focused()
    page.locator("#map-line-kind").select_option("influences")
    page.locator("#map-line-end").select_option(label="Dia")
    page.get_by_role("button", name="Draw the line").click()
    expect(page.locator(".m-edge-influences")).to_have_count(1)
    expect(page.locator("[data-panel]")).to_contain_text("Ben influences Dia")
    page.locator("[data-panel] h2").focus()
    page.keyboard.press("Escape")
    expect(card(page, "Ben")).to_be_focused()
    expect(page.locator("[data-panel]")).to_be_hidden()


def test_filters_fade_the_others_and_say_how_many_are_left(open_page, cast):
    account = make_map(cast.karl, [cast.lena], people=20)
    page = open_map(open_page, account, cast.karl)
    page.get_by_role("button", name="At risk").click()
    shown = page.locator("[data-shown]").inner_text()
    assert shown.startswith("Shown: ") and shown.endswith("of 23")  # three required roles are open
    dim = page.locator(".m-card.is-dim").count()
    assert 0 < dim < 23 and page.locator("#live").inner_text() == shown
    page.get_by_role("button", name="At risk").click()
    expect(page.locator(".m-card.is-dim")).to_have_count(0)


def test_power_and_stance_the_table_and_the_path_answer_in_place(open_page, cast):
    account = make_map(cast.karl, [cast.lena], people=20)
    page = open_map(open_page, account, cast.karl)
    page.get_by_role("link", name="Power and stance").click()
    expect(page.locator(".m-axis-words")).to_have_count(10)
    page.get_by_role("link", name="Table").click()
    expect(page.locator(".m-table tbody tr")).to_have_count(23)
    page.get_by_role("link", name="Hierarchy").click()
    page.locator("#map-to").select_option(index=3)
    expect(page.locator(".m-card.is-path").first).to_be_attached()


def test_the_map_is_saved_as_a_drawing_that_stands_alone_and_as_a_picture(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    for kind in ("SVG", "PNG"):
        page.locator("summary[aria-label='More actions']").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind}").click()
        path = download.value.path()
        if kind == "PNG":
            assert path.read_bytes()[:4] == b"\x89PNG" and path.stat().st_size > 10_000
            continue
        drawn = ET.parse(path).getroot()
        words = " ".join(drawn.itertext())
        assert "Ada" in words and "Hansa" in words
        assert not [node for node in drawn.iter() if node.get("class") or node.get("style")]


def test_on_paper_the_whole_map_and_its_table_stand(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".m-table")).to_be_visible()
    expect(page.locator(".m-side")).to_be_hidden()
    assert page.locator(".m-svg").get_attribute("viewBox")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator(".m-svg").get_attribute("viewBox")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map_its_panel_and_its_table(open_page, cast, scheme):
    account = make_map(cast.karl, [cast.lena], people=20)
    page = open_map(open_page, account, cast.karl, color_scheme=scheme)
    card(page, "Jutta").locator(".m-box").click()
    page.locator("[data-panel] h2").wait_for()
    for view in ("Hierarchy", "Power and stance", "Table"):
        page.get_by_role("link", name=view).click()
        found = Axe().run(page).response["violations"]
        harm = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found
                if one["impact"] in HARM]  # fmt: skip
        assert not harm, view


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_the_map_does_not_scroll_sideways(open_page, cast, width):
    account = make_map(cast.karl, [cast.lena], people=20)
    page = open_map(open_page, account, cast.karl, size={"width": width, "height": 800})
    for view in ("hierarchy", "power", "table"):
        page.locator(f"[data-layout={view}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_past_day_is_drawn_and_cannot_be_changed(open_page, cast, hansa):
    page = open_map(open_page, hansa, cast.karl, "?on=2024-05-01")
    card(page, "Ada").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("l")
    assert page.locator("[data-handle]").count() == 0
    assert page.get_by_text("to be read only").is_visible()
    assert not MapPlace.objects.exists()


def test_a_required_role_is_moved_like_any_card(open_page, cast, hansa):
    set_tier(hansa, "C")
    make_contact(make_account(), "Elsewhere", role="quality")  # brings the roles
    page = open_map(open_page, hansa, cast.karl)
    card(page, "Decision maker, name unknown").focus()
    with page.expect_response("**/map/places/"):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#live")).to_have_text("Moved")
    hole = Contact.objects.get(name="")
    assert hole.map_places.exists()
    assert page.locator(f"[data-key=c{hole.pk}]").count() == 1
