import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command

from accounts.models import Account, AccountScore, Assignment, ExternalId, Source
from kpi.queries.export_kpis import kpis
from kpi.queries.exports import SCORE_COLUMNS, harmless, write_scores
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def book():
    """Numbers 10 to 14 with 60, 25, 10, 5 and -3 in the year; the ledger began long before."""
    cast = make_cast()
    source = Source.objects.create(name="erp")
    accounts = []
    for number, net in enumerate((60, 25, 10, 5, -3), 10):
        account = make_account(owner=cast.karl if number % 2 else cast.kim)
        ExternalId.objects.create(account=account, source=source, value=str(number))
        make_day(account, DAY - dt.timedelta(days=number), Decimal(net))
        accounts.append(account)
    make_day(accounts[0], DAY - dt.timedelta(days=900), Decimal(1))
    return accounts


def rows_on(day=DAY) -> list[dict]:
    file = io.StringIO()
    write_scores(file, day)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_columns_are_those_of_the_reference(book):
    assert tuple(rows_on()[0]) == SCORE_COLUMNS


def test_rows_are_largest_first_with_exact_shares(book):
    rows = rows_on()
    assert [row["account"] for row in rows] == ["10", "11", "12", "13", "14"]
    assert [row["tier"] for row in rows] == ["A", "A", "B", "C", "N"]
    assert [row["tier_strict"] for row in rows] == ["A", "B", "B", "C", ""]
    assert [row["share"] for row in rows][:2] == ["0.6000000000", "0.2500000000"]
    assert [row["cumulative_before"] for row in rows][-2:] == ["0.9500000000", ""]
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", ""]
    assert rows[4]["share"] == "0.0000000000"
    assert rows[0]["revenue_ttm"] == "60.00"


def test_order_figures_and_what_is_not_computed_yet(book):
    first = rows_on()[0]
    assert (first["order_days"], first["last_order"], first["silent_days"]) == (
        "2", "2026-03-21", "10",
    )  # fmt: skip
    assert first["alarm"] == first["health"] == first["p_order_90d"] == ""


def test_key_and_manager_are_told(book):
    rows = rows_on()
    assert [row["key"] for row in rows] == ["true", "true", "true", "false", "false"]
    assert [row["key_reason"] for row in rows][:3] == ["share", "share", "share"]
    assert [row["manager"] for row in rows][:2] == ["Kim", "Karl"]


def test_any_past_day_can_be_asked_without_a_night(book):
    assert [row["tier"] for row in rows_on(DAY - dt.timedelta(days=400))] == [
        "N", "N", "N", "N", "N",
    ]  # fmt: skip
    past = rows_on(DAY - dt.timedelta(days=11))
    assert {row["account"]: row["revenue_ttm"] for row in past}["10"] == "0.00"
    assert not AccountScore.objects.exists()


def test_children_have_no_row_of_their_own(book):
    Account.objects.filter(pk=book[1].pk).update(parent=book[0])
    rows = rows_on()
    assert [row["account"] for row in rows] == ["10", "12", "13", "14"]
    assert rows[0]["revenue_ttm"] == "85.00"


def test_an_account_without_a_number_has_ours(book):
    account = make_account()
    assert rows_on()[-1]["account"] in (f"#{account.pk}", "14")


def test_text_never_becomes_a_formula():
    assert harmless("=1+1") == "'=1+1"
    assert harmless("Nordwind") == "Nordwind"


def test_equal_rows_stand_in_the_order_of_their_numbers(book):
    make_day(book[4], DAY, Decimal(13))
    equal = [row for row in rows_on() if row["revenue_ttm"] == "10.00"]
    assert [row["account"] for row in equal] == ["12", "14"]
    assert equal[0]["rank"] == equal[1]["rank"] == "3"


def test_company_figures(book):
    found = kpis(DAY)
    assert (found["conventions"], found["currency"]) == ("KAMHUB-REF-1", "EUR")
    assert found["pareto"]["net_revenue"] == 97.0
    assert found["pareto"]["positive_revenue"] == 100.0
    assert found["pareto"]["accounts"] == 4
    assert found["pareto"]["tiers"]["A"] == {"accounts": 2, "revenue": 85.0}
    assert found["pareto"]["tiers"]["N"] == {"accounts": 1, "revenue": -3.0}
    assert found["pareto"]["tiers_strict"]["B"] == {"accounts": 2, "revenue": 35.0}
    assert found["concentration"]["top1_share"] == 0.6
    assert found["concentration"]["top20pct_accounts"] == 1
    assert found["concentration"]["hhi"] == 4350.0


def test_managers_get_the_days_they_owned_and_add_up(book):
    day = DAY - dt.timedelta(days=5)
    open_one = Assignment.objects.get(account=book[0])
    open_one.valid_to = day
    open_one.save()
    make_day(book[0], DAY, Decimal(40))
    found = kpis(DAY)["managers"]
    assert [row["manager"] for row in found] == ["Karl", "Kim", None]
    assert [row["pareto"]["net_revenue"] for row in found] == [30.0, 67.0, 40.0]
    assert found[0]["pareto"]["tiers"]["A"]["accounts"] == 1
    assert found[2]["concentration"]["top1_share"] == 1.0


def test_the_commands_write_files(book, tmp_path):
    call_command("export_scores", as_of=DAY, output=str(tmp_path / "s.csv"), verbosity=0)
    call_command("export_kpis", as_of=DAY, output=str(tmp_path / "k.json"), verbosity=0)
    assert len((tmp_path / "s.csv").read_text().splitlines()) == 6
    assert json.loads((tmp_path / "k.json").read_text())["as_of"] == "2026-03-31"
