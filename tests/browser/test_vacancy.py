"""A vacancy as a recruiter writes it and as the world reads it on a phone."""

import re

import pytest

from hiring.commands.benchmark import install_benchmarks
from hiring.models import Vacancy
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.recruiting import make_profile, make_vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    return make_cast()


def test_the_linter_and_the_market_answer_while_a_vacancy_is_written(cast, open_page):
    install_benchmarks()
    make_profile("KAM, food")
    page = open_page("/hiring/new/", cast.rita)
    page.get_by_label("Position profile").select_option(label="KAM, food")
    page.get_by_label("Title inside the company").fill("KAM, Kazan")
    page.get_by_label("Currency").select_option("RUB")
    page.get_by_label("Pay from").fill("90000")
    page.get_by_label("Pay to").fill("110000")
    page.get_by_label("City").fill("Kazan")
    page.get_by_label("City").press("Tab")
    page.get_by_text("above what is paid").wait_for()
    english = page.locator("details.v-language").first
    english.get_by_label("Title", exact=False).first.fill("Salesman under 35.")
    page.locator("#linter").get_by_text("under 35").wait_for()
    english.get_by_label("Title", exact=False).first.fill("Key account manager")
    page.locator("#linter").get_by_text("No words about").wait_for()
    english.get_by_label("Opening words").fill("Keep three customers.")
    page.get_by_role("button", name="Save as draft").click()
    page.wait_for_url(re.compile(r"/hiring/\d+/advert/"))
    assert page.get_by_role("heading", name="KAM, Kazan").is_visible()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("waits for approval").first.wait_for()
    assert Vacancy.objects.get().state == "proposed"


def test_lines_of_a_profile_are_added_ordered_and_removed(cast, open_page):
    page = open_page("/hiring/profiles/new/", cast.rita)
    page.get_by_label("Name").first.fill("KAM, food")
    lines = page.locator("ul.v-lines").first
    lines.get_by_label("Line 1").fill("Three years in B2B")
    lines.get_by_label("Line 1").press("Enter")
    lines.get_by_label("Line 2").fill("Own results")
    lines.get_by_role("button", name="Move up").nth(1).click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/hiring/profiles/\d+/$"))
    found = page.locator("ul.v-points").first.locator("li").all_inner_texts()
    assert found == ["Own results", "Three years in B2B"]


def test_stages_are_dragged_into_another_order(cast, open_page):
    vacancy = make_vacancy(recruiter=cast.rita)
    page = open_page(f"/hiring/{vacancy.pk}/stages/", cast.rita)
    rows = page.locator("[data-stage]")
    with page.expect_response("**/stages/order/") as answer:
        rows.nth(1).locator(".v-grip").drag_to(rows.nth(4), target_position={"x": 40, "y": 44})
    assert answer.value.status == 204
    kinds = list(vacancy.stages.values_list("kind", flat=True))
    assert kinds.index("call") > 2 and kinds[0] == "found"
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Move To call up").click()
    assert list(vacancy.stages.values_list("kind", flat=True)) != kinds


def test_the_world_reads_a_vacancy_on_a_phone_in_its_language(cast, open_page):
    texts = {
        "en": {"title": "Key account manager", "intro": "Keep three customers.\n- one\n- two"},
        "ru": {"title": "Менеджер по ключевым клиентам", "intro": "Три клиента."},
    }
    make_vacancy(slug="kam", texts=texts, city="Kazan")
    page = open_page("/jobs/", size=PHONE, locale="en")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Key account manager").click()
    page.get_by_role("heading", name="Key account manager").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Русский").click()
    page.get_by_role("heading", name="Менеджер по ключевым клиентам").wait_for()
    assert page.evaluate("document.documentElement.lang") == "ru"
    apply_box = page.locator(".j-apply a").bounding_box()
    assert apply_box["height"] >= 44
