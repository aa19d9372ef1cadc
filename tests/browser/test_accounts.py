"""The account list and page by keyboard, mouse and thumb."""

import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.commands.account import renew_search_text
from accounts.models import Account, AccountScore, Scoring
from tests.browser.conftest import PHONE
from tests.cast import make_account, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def cast(transactional_db):
    made = make_cast()
    Scoring.objects.create(pk=1, as_of=AS_OF, whole=True, total=Decimal(900), ranked=3)
    for name, revenue, owner in (
        ("Молочный двор", 500, made.karl), ("Hansa Feinkost GmbH", 300, made.kim),
        ("Laboratorios Vega", 100, None),
    ):  # fmt: skip
        account = make_account(name, owner=owner)
        renew_search_text(account)
        AccountScore.objects.create(
            account=account, as_of=AS_OF, revenue=Decimal(revenue), tier="A", last_order=AS_OF
        )
    return made


def test_the_list_is_walked_selected_and_opened_by_keyboard(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.is-current").inner_text().strip().startswith("Hansa")
    page.keyboard.press("x")
    assert "1" in page.locator("[data-selected]").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*/")
    assert page.locator("h1").inner_text() == "Молочный двор"


def test_typing_narrows_the_list_in_place_and_the_address_follows(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora)
    page.keyboard.press("/")
    page.keyboard.type("vega")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "q=vega" in page.url
    assert page.evaluate("document.activeElement.id") == "account-find"
    page.locator("input[data-select]").check()
    assert page.locator("[data-selbar]").is_visible()
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(3)


def test_sorting_and_views_keep_the_rest_of_the_page(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora)
    page.evaluate("document.body.dataset.mine = '1'")
    page.locator("thead a", has_text="Account").click()
    page.wait_for_url("**sort=name**")
    assert page.locator("tbody th a").first.inner_text() == "Hansa Feinkost GmbH"
    page.locator(".k-tabs a", has_text="No owner").click()
    page.wait_for_url("**view=unowned")
    assert page.locator("tbody tr").count() == 1
    assert page.evaluate("document.body.dataset.mine") == "1"


def test_the_filter_menu_narrows_and_a_chip_widens_again(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora)
    page.locator("summary.k-chip-add").click()
    page.locator(".k-filter summary", has_text="Manager").click()
    page.get_by_label("Karl").check()
    page.locator(".k-filterform button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "owner=" in page.url
    page.locator(".k-chip-x a").click()
    expect(page.locator("tbody tr")).to_have_count(3)


def test_a_selection_is_assigned_with_a_preview_and_taken_back(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora)
    page.locator("[data-select-all]").check()
    page.locator("[data-selbar] button", has_text="Assign").click()
    drawer = page.locator("#drawer")
    drawer.get_by_text("Choose a person").wait_for()
    page.wait_for_timeout(100)  # htmx settles what it has swapped in after 20 ms
    drawer.locator("select[name=user]").select_option(label="Kim")
    drawer.get_by_text("2 accounts change").wait_for()
    drawer.locator("button", has_text="Assign").click()
    page.locator(".k-toast", has_text="2 accounts assigned").wait_for()
    assert Account.objects.filter(owner=cast.kim).count() == 3
    page.locator(".k-toast button", has_text="Undo").click()
    page.locator(".k-toast", has_text="Taken back").wait_for()
    assert Account.objects.filter(owner=cast.kim).count() == 1


def test_a_view_is_saved_from_the_drawer(open_page, cast):
    page = open_page("/accounts/?view=all&tier=A", cast.dora)
    page.locator(".k-tabs a", has_text="Save this view").click()
    page.locator("#drawer input[name=name]").fill("Tier A only")
    page.locator("#drawer button", has_text="Save").click()
    page.locator(".k-tabs a[aria-current]", has_text="Tier A only").wait_for()


def test_the_exported_file_is_what_the_list_shows(open_page, cast):
    page = open_page("/accounts/?view=all&q=vega", cast.dora)
    page.locator("main summary.btn-icon").click()
    with page.expect_download() as download:
        page.get_by_text("Export as CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["Account", "Laboratorios Vega"]


def test_the_account_page_answers_for_a_day_without_leaving(open_page, cast):
    account = Account.objects.get(name="Молочный двор")
    page = open_page(f"/accounts/{account.pk}/details/", cast.dora)
    page.locator("#id_day").fill(timezone.localdate().isoformat())
    page.locator(".k-ondate button").click()
    page.locator("#on-day-answer", has_text="Karl").wait_for()
    page.locator(".k-strip .k-why summary").first.click()
    expect(page.locator(".k-strip .k-pop").first).to_contain_text("1 of 3")


def test_a_likeness_is_told_while_the_name_is_typed(open_page, cast):
    page = open_page("/accounts/new/", cast.dora)
    page.locator("input[name=name]").press_sequentially("HANSA feinkost")
    page.locator("#lookalikes a", has_text="Hansa Feinkost GmbH").wait_for()


def test_the_palette_finds_an_account_with_a_slip_of_the_finger(open_page, cast):
    page = open_page("/accounts/", cast.dora)
    page.keyboard.press("Control+k")
    page.keyboard.type("labratorios")
    page.locator("#palette [role=option]", has_text="Laboratorios Vega").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/*/")


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_no_account_page_scrolls_sideways(open_page, cast, width):
    account = Account.objects.get(name="Молочный двор")
    Account.objects.filter(pk=account.pk).update(
        name="Государственное предприятие «Нижневолжскводопроводканализационстрой»"
    )
    page = open_page("/accounts/?view=all", cast.dora, size={"width": width, "height": 800})
    for path in ("/accounts/?view=all", f"/accounts/{account.pk}/", f"/accounts/{account.pk}/edit/",
                 "/accounts/duplicates/", "/settings/reference/segments/"):  # fmt: skip
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_on_a_phone_rows_are_cards_and_filters_a_sheet(open_page, cast):
    page = open_page("/accounts/?view=all", cast.dora, size=PHONE)
    assert page.locator(".k-acard").count() == 3
    assert not page.locator("table.k-table-accounts").is_visible()
    page.locator("summary.k-chip-add").click()
    page.locator(".k-filterform button").wait_for()
    box = page.locator(".k-filter-menu").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
