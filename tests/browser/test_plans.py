"""The table of a plan: keys move, cells save themselves, and two who write one cell choose."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpi.models import PlanLine
from kpi.queries.plans.cells import planned_cells
from tests.cast import make_cast
from tests.kpi.plans import FLAT, make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = 2031
EDIT = reverse("kpi:plan_edit", args=[YEAR])


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def version(cast):
    return make_plan(YEAR, sales={cast.karl: FLAT, cast.kim: FLAT})


def cell(page, user, month):
    return page.locator(f'[name="cell-{user.pk}-{month}"]')


def paste(page, text):
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text", text);
          const options = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_a_cell_saves_itself_and_keys_move_between_cells(open_page, cast, version):
    page = open_page(EDIT, cast.dora)
    first = cell(page, cast.karl, 1)
    first.fill("1250.5")
    first.press("Enter")
    expect(cell(page, cast.kim, 1)).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Saved")
    expect(first).to_have_value("1,250.5")
    expect(page.locator("[data-total]")).to_have_text("3,550.5")
    cell(page, cast.kim, 1).press("ArrowRight")
    expect(cell(page, cast.kim, 2)).to_be_focused()
    assert planned_cells(version)[cast.karl.pk, "sales", 1] == Decimal("1250.5")


def test_a_block_of_a_spreadsheet_is_pasted(open_page, cast, version):
    page = open_page(EDIT, cast.dora)
    cell(page, cast.karl, 11).focus()
    paste(page, "1\t2\t3\n4\t5\n")
    expect(page.locator("[data-status]")).to_have_text("Saved")
    cells = planned_cells(version)
    assert [cells[user.pk, "sales", month] for user in (cast.karl, cast.kim)
            for month in (11, 12)] == [1, 2, 4, 5]  # fmt: skip


def test_what_is_wrong_in_a_block_is_marked_and_the_rest_saved(open_page, cast, version):
    page = open_page(EDIT, cast.dora)
    cell(page, cast.karl, 1).focus()
    paste(page, "7\tabc\t9")
    expect(page.locator("td.is-wrong")).to_have_count(1)
    expect(page.locator("td.is-unsaved")).to_have_count(1)
    cells = planned_cells(version)
    assert [cells[cast.karl.pk, "sales", month] for month in (1, 2, 3)] == [7, 100, 9]


@pytest.mark.parametrize(("button", "kept"), [("Keep theirs", 300), ("Keep mine", 120)])
def test_two_who_write_one_cell_choose(open_page, cast, version, button, kept):
    page = open_page(EDIT, cast.dora)
    PlanLine.objects.filter(user=cast.karl, month=1).update(value=300)
    cell(page, cast.karl, 1).fill("120")
    cell(page, cast.karl, 1).press("Enter")
    conflict = page.locator(".k-plan-conflict")
    expect(conflict).to_contain_text("300")
    expect(conflict).to_contain_text("120")
    conflict.get_by_role("button", name=button).click()
    expect(conflict).to_have_count(0)
    expect(cell(page, cast.karl, 1)).to_have_value(str(kept))
    expect(page.locator("td.is-unsaved")).to_have_count(0)
    assert planned_cells(version)[cast.karl.pk, "sales", 1] == kept
