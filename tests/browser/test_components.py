import csv
import re

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.cast import make_cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.urls"),
]
GUIDE = "/styleguide/"


@pytest.fixture
def dora(transactional_db):
    return make_cast().dora


def test_no_page_width_scrolls_sideways(open_page, dora):
    page = open_page(GUIDE, dora)
    for width in (320, 390, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_buttons_can_be_hit_by_a_thumb(open_page, dora):
    page = open_page(GUIDE, dora, size=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.btn, .k-chip, .k-bottom a, .k-tabs a')]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && box.height < 44).map(([words]) => words)"""
    )
    assert small == []


def test_the_palette_finds_pages_by_keyboard(open_page, dora):
    page = open_page(GUIDE, dora)
    page.keyboard.press("Control+k")
    page.locator("#palette-input").wait_for()
    assert page.evaluate("document.activeElement.id") == "palette-input"
    first = page.locator("#palette [role=option]").first
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#palette-input").get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert not page.locator("#palette").is_visible()


def test_why_opens_closes_by_escape_and_gives_the_focus_back(open_page, dora):
    page = open_page(GUIDE, dora)
    why = page.locator(".k-tile .k-why").last
    why.locator("summary").click()
    box = why.locator(".k-pop").bounding_box()
    assert box["x"] + box["width"] <= DESK["width"]
    page.keyboard.press("Escape")
    assert not why.locator(".k-pop").is_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_the_sidebar_stays_folded_after_a_reload(open_page, dora):
    page = open_page(GUIDE, dora)
    page.locator("[data-fold]").click()
    page.reload()
    assert page.locator(".k-side").bounding_box()["width"] < 60


def test_a_list_is_worked_by_keyboard(open_page, dora):
    page = open_page(GUIDE, dora)
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    assert "Hansa Feinkost" in page.evaluate("document.activeElement.textContent")
    assert "2" in page.locator("[data-selected]").inner_text()
    page.locator("[data-select-matching]").click()
    assert "64" in page.locator("[data-selected]").inner_text()
    page.locator("[data-select-none]").click()
    assert not page.locator("[data-selbar]").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_single_keys_can_be_switched_off(open_page, dora):
    page = open_page(GUIDE, dora)
    page.keyboard.press("?")
    page.locator("[data-keys-off]").check()
    page.keyboard.press("Escape")
    page.locator("body").press("j")
    assert page.locator("tr.is-current").count() == 0


def test_a_toast_stays_while_it_has_the_focus(open_page, dora):
    page = open_page(GUIDE, dora)
    page.clock.install()
    page.evaluate("kam.toast('Moved.', {undo: '/undo/'}); kam.toast('Gone.')")
    page.get_by_role("button", name="Undo").focus()
    page.clock.fast_forward(20_000)
    assert page.locator(".k-toast").count() == 1
    assert "Moved" in page.locator(".k-toast").inner_text()


def test_a_click_on_undo_posts_it(open_page, dora):
    page = open_page(GUIDE, dora)
    page.route("**/undo/", lambda route: route.fulfill(status=204))
    page.evaluate("kam.toast('Moved.', {undo: '/undo/'})")
    with page.expect_request("**/undo/") as posted:
        page.get_by_role("button", name="Undo", exact=True).click()
    assert posted.value.method == "POST"


def test_toasts_of_one_deed_after_another_do_not_pile_up(open_page, dora):
    """On a phone they covered the list they were about; there the last one stands."""
    for size, left in ((DESK, ["2.", "3.", "4."]), (PHONE, ["4."])):
        page = open_page("/", dora, size)
        page.evaluate("[1, 2, 3, 4].forEach((n) => kam.toast(`${n}.`))")
        assert page.locator(".k-toast > span").all_text_contents() == left
        page.evaluate("kam.toast('Failed.', {level: 'error'}); kam.toast('5.')")
        assert page.locator(".k-toast-error").count() == 1


def test_a_toast_never_posts_to_another_site(open_page, dora):
    page = open_page(GUIDE, dora)
    page.evaluate("kam.toast('Moved.', {undo: 'https://elsewhere.example/'})")
    assert page.locator(".k-toast form").count() == 0


def test_arrow_keys_walk_along_the_columns_of_a_chart(open_page, dora):
    page = open_page(GUIDE, dora)
    columns = page.locator("#pareto [role=slider]")
    columns.focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    assert columns.get_attribute("aria-valuetext").startswith("Alpina Dairy AG, No. 4")
    page.keyboard.press("Home")
    assert columns.get_attribute("aria-valuetext").startswith("Молочный двор")


def test_a_cut_moves_by_key_and_by_hand_and_says_so(open_page, dora):
    page = open_page(GUIDE, dora)
    page.evaluate("window.cuts = []; addEventListener('chart:cut', e => cuts.push(e.detail))")
    handle = page.locator("#laboratory .k-handle").first
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("cuts")[-1] == {"key": "a", "share": 0.795, "rank": 28, "moving": False}
    assert page.evaluate("document.activeElement.dataset.hold") == "cut-a"
    grip = page.locator("#laboratory .h-grip").first
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 200, box["y"], steps=4)
    page.mouse.up()
    last = page.evaluate("cuts.at(-1)")
    assert not last["moving"]
    assert last["share"] < 0.7


def test_a_cut_never_passes_its_neighbour(open_page, dora):
    page = open_page(GUIDE, dora)
    page.evaluate("window.cuts = []; addEventListener('chart:cut', e => cuts.push(e.detail))")
    page.locator("#laboratory .k-handle").first.focus()
    for _step in range(6):
        page.keyboard.press("PageUp")
    assert page.evaluate("cuts.at(-1).share") == 0.945


def test_each_chart_has_a_table_twin(open_page, dora):
    page = open_page(GUIDE, dora)
    for kind in ("pareto", "shares", "months", "crowd"):
        page.locator(f"#{kind} [data-act=twin]").click()
        table = page.locator(f"#{kind} [data-twin] table")
        assert table.locator("tbody tr").count() > 10
        assert not page.locator(f"#{kind} [data-plot]").is_visible()
        page.locator(f"#{kind} [data-act=twin]").click()
        assert page.locator(f"#{kind} [data-plot] svg").is_visible()


def saved(page, chart, act, folder):
    page.locator(f"#{chart} .k-menu summary").click()
    with page.expect_download() as waiting:
        page.locator(f"#{chart} [data-act={act}]").click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_a_chart_is_saved_as_svg_png_and_csv(open_page, dora, tmp_path):
    page = open_page(GUIDE, dora)
    drawing = saved(page, "pareto", "svg", tmp_path).read_text()
    assert "var(" not in drawing
    assert re.search(r'<rect[^>]* fill="rgb', drawing)
    assert saved(page, "pareto", "png", tmp_path).read_bytes().startswith(b"\x89PNG")
    with saved(page, "pareto", "csv", tmp_path).open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[1][1] == "Молочный двор"
    assert len(rows) == 65


def test_no_cell_of_a_saved_table_is_a_formula(open_page, dora, tmp_path):
    page = open_page(GUIDE, dora)
    page.evaluate(
        """() => { const chart = document.getElementById('pareto').chart;
        chart.data.columns[0].name = '\\u00a0=HYPERLINK("http://x")'; chart.update(chart.data); }"""
    )
    text = saved(page, "pareto", "csv", tmp_path).read_text(encoding="utf-8-sig")
    assert "\"'\u00a0=HYPERLINK" in text


def test_a_chart_is_drawn_for_the_width_it_gets(open_page, dora):
    page = open_page(GUIDE, dora)
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(200)
    box = page.locator("#pareto [data-plot] svg").get_attribute("viewBox")
    assert int(box.split()[2]) < 390


def test_the_drawer_opens_with_its_answer_and_takes_the_focus(open_page, dora):
    page = open_page(GUIDE, dora)
    answer = '<h2>Save this view</h2><form><input id="view-name" autofocus></form>'
    page.route("**/styleguide/save/", lambda r: r.fulfill(content_type="text/html", body=answer))
    page.get_by_role("link", name="Save this view").click()
    page.locator("#view-name").wait_for()
    assert page.locator("#drawer-title").inner_text() == "Save this view"
    assert page.evaluate("document.activeElement.id") == "view-name"
    page.keyboard.press("Escape")
    assert not page.locator("#drawer").is_visible()


def test_names_from_outside_are_drawn_as_text(open_page, dora):
    page = open_page(GUIDE, dora)
    page.evaluate(
        """() => { const chart = document.getElementById('pareto').chart;
        chart.data.columns[0].name = '<img src=x onerror=window.pwned=1>'; chart.update(chart.data);
        document.querySelector('#pareto [data-act=twin]').click(); }"""
    )
    assert page.evaluate("window.pwned") is None
    assert "<img" in page.locator("#pareto [data-twin] tbody").inner_text()
