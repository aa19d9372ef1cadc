"""Tiers and concentration of a real ledger against a reading of the raw file in plain Decimals."""

import csv
import datetime as dt
import gzip
import json
import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

import pytest
from django.core.management import call_command

from accounts.models import AccountScore, Scoring
from kpi.models import PortfolioDay

pytestmark = pytest.mark.acceptance
DAY = dt.date(2011, 11, 30)
SINCE = dt.date(2010, 11, 30)


@pytest.fixture(autouse=True)
def database(ledger, db):
    pass


@pytest.fixture(scope="module")
def raw() -> dict[str, dict[dt.date, Decimal]]:
    """Customer → day → net, each line rounded to the penny and then added."""
    found: dict = defaultdict(lambda: defaultdict(Decimal))
    with gzip.open(os.environ["LEDGER"], "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"]:
                amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])
                day = dt.date.fromisoformat(row["InvoiceDate"][:10])
                rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
                found[row["CustomerID"].removesuffix(".0")][day] += rounded
    return found


@pytest.fixture(scope="module")
def year(raw) -> dict[str, Decimal]:
    """Customer → net revenue of the trailing twelve months."""
    return {
        customer: sum((net for day, net in days.items() if SINCE < day <= DAY), Decimal(0))
        for customer, days in raw.items()
    }


@pytest.fixture
def exported(tmp_path) -> list[dict]:
    path = tmp_path / "scores.csv"
    call_command("export_scores", as_of=DAY, output=str(path), verbosity=0)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_customer_has_one_row_with_its_revenue(exported, year):
    assert {row["account"]: Decimal(row["revenue_ttm"]) for row in exported} == year


def test_tiers_equal_those_of_the_raw_file(exported, year):
    total = sum(net for net in year.values() if net > 0)
    found = {row["account"]: row for row in exported}
    before_of, before, previous = {}, Decimal(0), None
    for rank, net in enumerate(sorted((n for n in year.values() if n > 0), reverse=True), 1):
        if net != previous:
            before_of[net] = (before, rank)
        before, previous = before + net, net
    for customer, net in year.items():
        row = found[customer]
        if net <= 0:
            assert (row["tier"], row["rank"], row["cumulative_before"]) == ("N", "", "")
            assert Decimal(row["share"]) == 0
            continue
        earlier, rank = before_of[net]
        tier = "A" if 100 * earlier < 80 * total else "B" if 100 * earlier < 95 * total else "C"
        assert (row["tier"], row["rank"]) == (tier, str(rank)), customer
        assert abs(Decimal(row["cumulative_before"]) - earlier / total) <= Decimal("5e-11")
        assert abs(Decimal(row["share"]) - net / total) <= Decimal("5e-11")


def test_strict_tiers_go_row_by_row(exported, year):
    total = sum(net for net in year.values() if net > 0)
    running, found = Decimal(0), {row["account"]: row["tier_strict"] for row in exported}
    for customer, net in sorted(year.items(), key=lambda pair: (-pair[1], pair[0])):
        if net <= 0:
            assert found[customer] == ""
            continue
        running += net
        within = [100 * running <= cut * total for cut in (80, 95)]
        assert found[customer] == ("A" if within[0] else "B" if within[1] else "C")


def test_order_figures_equal_those_of_the_raw_file(exported, raw):
    for row in exported:
        orders = [day for day, net in raw[row["account"]].items() if net > 0 and day <= DAY]
        assert row["order_days"] == str(len(orders))
        assert row["last_order"] == (max(orders).isoformat() if orders else "")
        assert row["silent_days"] == (str((DAY - max(orders)).days) if orders else "")


def test_the_first_full_year_ends_that_day_so_no_tier_is_held(exported):
    assert all(row["tier_in_force"] == row["tier"] for row in exported)


def test_the_night_stores_what_the_export_computes(exported):
    call_command("recompute", as_of=DAY, verbosity=0)
    stored = AccountScore.objects.select_related("account").prefetch_related(
        "account__external_ids"
    )
    found = {score.account.external_ids.all()[0].value: score for score in stored}
    for row in exported:
        score = found[row["account"]]
        assert (score.tier_of_day, score.tier) == (row["tier"], row["tier_in_force"])
        assert score.revenue == Decimal(row["revenue_ttm"])
        assert score.key_reason == row["key_reason"]
    assert (Scoring.current().as_of, PortfolioDay.objects.count()) == (DAY, 1)


def test_nights_slid_to_the_end_equal_a_recompute_from_scratch():
    fields = [field.attname for field in AccountScore._meta.fields if field.attname != "as_of"]
    end = dt.date(2011, 12, 9)

    def scores():
        return list(AccountScore.objects.order_by("account_id").values_list(*fields))

    call_command("recompute", as_of=DAY, verbosity=0)
    for number in range(1, 10):
        call_command("recompute", as_of=DAY + dt.timedelta(days=number), verbosity=0)
    slid = scores()
    Scoring.objects.all().delete()
    call_command("recompute", as_of=end, verbosity=0)
    assert scores() == slid


def test_company_figures_equal_those_of_the_raw_file(tmp_path, year):
    path = tmp_path / "kpis.json"
    call_command("export_kpis", as_of=DAY, output=str(path), verbosity=0)
    found = json.loads(path.read_text(encoding="utf-8"))
    positive = sorted(net for net in year.values() if net > 0)
    total, count = sum(positive), len(positive)
    squares = sum((net / total) ** 2 for net in positive)
    gini = sum((2 * i - count - 1) * net for i, net in enumerate(positive, 1)) / (count * total)
    expected = {
        "top1_share": positive[-1] / total,
        "top5_share": sum(positive[-5:]) / total,
        "top10_share": sum(positive[-10:]) / total,
        "top20pct_share": sum(positive[-ceil(count / 5) :]) / total,
        "hhi": squares * 10_000,
        "effective_accounts": 1 / squares,
        "gini": gini,
    }
    assert found["pareto"]["positive_revenue"] == float(total)
    assert found["pareto"]["net_revenue"] == float(sum(year.values()))
    assert found["pareto"]["accounts"] == count
    assert found["concentration"]["top20pct_accounts"] == ceil(count / 5)
    for name, value in expected.items():
        assert found["concentration"][name] == pytest.approx(float(value), abs=2e-10), name
