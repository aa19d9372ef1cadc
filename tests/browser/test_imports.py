"""A ledger in the browser: dropped, read, mapped, looked through, run, reported, undone."""

import pytest

from accounts.models import LedgerLine
from common.jobs import run_now
from common.models import Import, Job
from tests.browser.conftest import PHONE
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "Customer ID;Invoice date;Amount;Invoice no\nC1;31.01.2024;1.234,50;I1\n"
    "C2;01.02.2024;5,00;I2\n;01.02.2024;5,00;I3\n"
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(TEXT)
    return path


def work() -> None:
    """What a worker does, here and now."""
    for row in Job.objects.filter(name__startswith="accounts.", state="queued"):
        assert run_now(row.pk).state == "done"


def drop(page, path) -> None:
    page.set_input_files("input[type=file]", path)
    page.fill("input[name=source]", "erp")
    page.get_by_role("button", name="Read the file").click()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_ledger_comes_in_and_goes_again(open_page, path, size):
    page = open_page("/imports/new/", make_cast().dora, **({"size": size} if size else {}))
    drop(page, path)
    page.wait_for_url("**/read/")
    assert "day, month, year" in page.inner_text("main")
    page.get_by_role("link", name="Go on to the columns").click()
    assert page.input_value("select[name=amount]") == "Amount"
    page.get_by_role("button", name="Look through the file").click()

    page.get_by_text("Looking through the file").wait_for()
    page.reload()
    page.get_by_text("Looking through the file").wait_for()
    work()
    page.wait_for_url("**/preview/")  # by itself, when the work has ended
    assert "The cell is empty" in page.inner_text("main")
    assert not LedgerLine.objects.exists()

    page.get_by_role("button", name="Import into the ledger").click()
    page.get_by_text("Importing", exact=True).wait_for()
    work()
    page.get_by_text("Taking it back").wait_for()
    assert LedgerLine.objects.count() == 2
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("Undoing the import").wait_for()
    work()
    page.get_by_text("undone", exact=True).wait_for()
    assert not LedgerLine.objects.exists()


def test_a_file_that_is_no_table_is_refused_where_it_was_dropped(open_page, tmp_path):
    path = tmp_path / "book.csv"
    path.write_bytes(b"%PDF-1.7")
    page = open_page("/imports/new/", make_cast().dora)
    drop(page, path)
    page.get_by_role("alert").get_by_text("This is a PDF").wait_for()
    assert not Import.objects.exists()
