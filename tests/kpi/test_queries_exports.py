import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command

from accounts.models import Account, AccountScore, ExternalId
from kpi.commands import recompute
from kpi.queries.exports import SCORE_COLUMNS, write_scores
from tests.cast import make_account
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db


def rows_on(day=DAY) -> list[dict]:
    file = io.StringIO()
    write_scores(file, day)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_columns_are_those_of_the_reference(numbered_book):
    assert tuple(rows_on()[0]) == SCORE_COLUMNS


def test_rows_are_largest_first_with_exact_shares(numbered_book):
    rows = rows_on()
    assert [row["account"] for row in rows] == ["10", "11", "12", "13", "14"]
    assert [row["tier"] for row in rows] == ["A", "A", "B", "C", "N"]
    assert [row["tier_strict"] for row in rows] == ["A", "B", "B", "C", ""]
    assert [row["share"] for row in rows][:2] == ["0.6000000000", "0.2500000000"]
    assert [row["cumulative_before"] for row in rows][-2:] == ["0.9500000000", ""]
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", ""]
    assert rows[4]["share"] == "0.0000000000"
    assert rows[0]["revenue_ttm"] == "60.00"


def test_order_figures_and_what_is_not_computed_yet(numbered_book):
    first = rows_on()[0]
    assert (first["order_days"], first["last_order"], first["silent_days"]) == (
        "2", "2026-03-21", "10",
    )  # fmt: skip
    assert first["health"] == first["p_order_90d"] == ""


def test_silence_is_told_against_the_accounts_own_gaps(numbered_book):
    first, second = numbered_book[:2]
    for number in range(1, 9):
        make_day(first, DAY - dt.timedelta(days=10 + 30 * number), Decimal(1))
        make_day(second, DAY - dt.timedelta(days=11 + 2 * number + number % 2), Decimal(1))
    rows = {row["account"]: row for row in rows_on()}
    assert [rows[name]["alarm"] for name in ("10", "11", "12")] == ["none", "red", "too_early"]
    assert rows["12"]["alarm_day"] == rows["12"]["silence_probability"] == ""
    assert dt.date.fromisoformat(rows["10"]["alarm_day"]) > DAY
    assert dt.date.fromisoformat(rows["11"]["alarm_day"]) <= DAY
    assert float(rows["10"]["silence_probability"]) > 0.5
    assert float(rows["11"]["silence_probability"]) < 0.05
    assert len(rows["11"]["silence_probability"]) == len("0.") + 10


def test_files_and_scores_name_the_same_alarm_day(numbered_book):
    for number in range(1, 5):
        make_day(numbered_book[1], DAY - dt.timedelta(days=40 * number), Decimal(1))
    recompute(as_of=DAY)
    stored = AccountScore.objects.get(account=numbered_book[1]).alarm_day
    assert {row["account"]: row["alarm_day"] for row in rows_on()}["11"] == stored.isoformat()


def test_key_and_manager_are_told(numbered_book):
    rows = rows_on()
    assert [row["key"] for row in rows] == ["true", "true", "true", "false", "false"]
    assert [row["key_reason"] for row in rows][:3] == ["share", "share", "share"]
    assert [row["manager"] for row in rows][:2] == ["Kim", "Karl"]


def test_any_past_day_can_be_asked_without_a_night(numbered_book):
    assert [row["tier"] for row in rows_on(DAY - dt.timedelta(days=400))] == [
        "N", "N", "N", "N", "N",
    ]  # fmt: skip
    past = rows_on(DAY - dt.timedelta(days=11))
    assert {row["account"]: row["revenue_ttm"] for row in past}["10"] == "0.00"
    assert not AccountScore.objects.exists()


def test_children_have_no_row_of_their_own(numbered_book):
    Account.objects.filter(pk=numbered_book[1].pk).update(parent=numbered_book[0])
    rows = rows_on()
    assert [row["account"] for row in rows] == ["10", "12", "13", "14"]
    assert rows[0]["revenue_ttm"] == "85.00"


def test_an_account_without_a_number_has_ours(numbered_book):
    account = make_account()
    assert rows_on()[-1]["account"] in (f"#{account.pk}", "14")


def test_text_never_becomes_a_formula(numbered_book):
    Account.objects.filter(pk=numbered_book[0].pk).update(name="\u00a0=1+1")
    ExternalId.objects.filter(account=numbered_book[0]).update(value="@10")
    assert ("'@10", "'\u00a0=1+1") in [(row["account"], row["name"]) for row in rows_on()]


def test_equal_rows_stand_in_the_order_of_their_numbers(numbered_book):
    make_day(numbered_book[4], DAY, Decimal(13))
    equal = [row for row in rows_on() if row["revenue_ttm"] == "10.00"]
    assert [row["account"] for row in equal] == ["12", "14"]
    assert equal[0]["rank"] == equal[1]["rank"] == "3"


def test_the_commands_write_files(numbered_book, tmp_path):
    call_command("export_scores", as_of=DAY, output=str(tmp_path / "s.csv"), verbosity=0)
    call_command("export_kpis", as_of=DAY, output=str(tmp_path / "k.json"), verbosity=0)
    assert len((tmp_path / "s.csv").read_text().splitlines()) == 6
    assert json.loads((tmp_path / "k.json").read_text())["as_of"] == "2026-03-31"
