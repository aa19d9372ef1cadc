"""What the page of losses reads: the steps from year to year and who is behind the loss."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import TierSpan
from common import formats
from kpi.queries import losses
from tests.cast import make_account, make_cast
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db
BASE, NOW = dt.date(2024, 9, 10), DAY
LONG_AGO = dt.date(2022, 1, 1)


def make_bought(base, now, **fields):
    account = make_account(**fields)
    for day, net in ((BASE, base), (NOW, now)):
        if net:
            make_day(account, day, Decimal(net))
    return account


@pytest.fixture
def cast():
    cast = make_cast()
    make_day(make_account(), LONG_AGO, Decimal(1))
    make_bought(600, 700, owner=cast.karl)
    make_bought(300, 100, owner=cast.karl)
    lost = make_bought(400, 0, name="Large", owner=cast.karl)
    make_bought(100, -20, name="Small", owner=cast.kim)
    make_bought(0, 50, owner=cast.kim)
    TierSpan.objects.create(account=lost, tier="A", valid_from=LONG_AGO, reason="x")
    return cast


def test_lost_customers_stand_by_their_base_with_the_running_share(cast):
    page = losses.loss_page(cast.dora)
    assert [(row.account.name, row.base, row.running, row.tier) for row in page.losses] == [
        ("Large", 400, 0.8, "A"), ("Small", 100, 1.0, "N"),
    ]  # fmt: skip
    assert [row.owner for row in page.losses] == [cast.karl, cast.kim]
    assert page.churned == sum(row.base for row in page.losses)


def test_the_steps_add_up_from_year_to_year(cast):
    page = losses.loss_page(cast.dora)
    *moves, total = page.steps
    assert [(step.label, step.amount) for step in page.steps] == [
        ("The year before", 1400), ("Lost", -500), ("Buy less", -220),
        ("Buy more", 100), ("New", 50), ("Came back", 0),
        ("The last twelve months", 830),
    ]  # fmt: skip
    assert sum(step.amount for step in moves) == total.amount
    assert all(one.end == following.begin for one, following in zip(moves, moves[1:], strict=False))
    assert all(0 <= edge <= 1 for step in page.steps for edge in (step.begin, step.end))


def test_the_page_says_it_in_words(cast):
    page = losses.loss_page(cast.dora)
    assert losses.finding(page, "EUR").startswith("2 of 4 customers were lost, with ")
    assert (
        losses.sentence(page)
        == f"One customer makes up {formats.percent(0.8)} of the lost revenue."
    )
    assert page.range_words.startswith(f"{formats.percent(0.5)}; the true rate lies between")
    assert page.begins is None


def test_a_loss_without_a_reason_is_told_as_such(cast):
    page = losses.loss_page(cast.dora)
    assert [(row.words, row.accounts, row.share) for row in page.reasons] == [
        ("No reason recorded", 2, 1.0)
    ]
    assert page.unnamed == 2


def test_readers_see_the_losses_of_accounts_they_may_open(cast):
    names = {
        reader: [row.account.name for row in losses.loss_page(getattr(cast, reader)).losses]
        for reader in ("lena", "karl", "kim")
    }
    assert names == {"lena": ["Large"], "karl": ["Large"], "kim": ["Small"]}


def test_a_ledger_that_begins_within_the_base_year_is_named():
    cast = make_cast()
    make_bought(10, 10)
    assert losses.loss_page(cast.dora).begins == BASE


def test_without_a_base_nothing_is_told():
    cast = make_cast()
    make_bought(0, 10)
    page = losses.loss_page(cast.dora)
    assert losses.finding(page, "EUR") == "There is no base year to compare with"
    assert page.range_words == "" and page.losses == ()


def test_a_year_without_losses_says_so():
    cast = make_cast()
    make_bought(10, 10)
    assert "Nobody" in losses.finding(losses.loss_page(cast.dora), "EUR")


def test_the_chart_and_the_file_hold_every_loss(cast):
    page = losses.loss_page(cast.dora)
    chart = losses.chart(page, "EUR")
    assert [column["value"] for column in chart["columns"]] == [400, 100]
    assert chart["cuts"][0]["title"] == f"1 customer, {formats.percent(0.8)}"
    rows = list(losses.file_rows(page))
    assert rows[0][:5] == ["Large", "Karl", "A", Decimal(400), 0.8]
    assert len(losses.header("EUR")) == len(rows[0])
