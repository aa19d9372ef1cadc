"""The back-test on a real ledger, against a reading of the raw file in plain Python."""

import csv
import datetime as dt
import gzip
import json
import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.management import call_command

from kpi.rules import chance as rules

pytestmark = pytest.mark.acceptance
HORIZON = 60
DAYS = [dt.date(2011, 6, 30), dt.date(2011, 8, 31), dt.date(2011, 10, 10)]
LEAST_AUC = 0.73


@pytest.fixture(scope="module")
def orders() -> dict[str, list[dt.date]]:
    """Customer → days with positive net."""
    net: dict = defaultdict(Decimal)
    with gzip.open(os.environ["LEDGER"], "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["CustomerID"]:
                amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])
                day = dt.date.fromisoformat(row["InvoiceDate"][:10])
                rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
                net[row["CustomerID"], day] += rounded
    found = defaultdict(list)
    for customer, day in sorted(key for key, amount in net.items() if amount > 0):
        found[customer].append(day)
    return found


@pytest.fixture(scope="module")
def reports(ledger, django_db_blocker, tmp_path_factory) -> dict[dt.date, dict]:
    found = {}
    with django_db_blocker.unblock():
        for day in DAYS:
            path = tmp_path_factory.mktemp("backtest") / "report.json"
            call_command("backtest", as_of=day, horizon=HORIZON, output=str(path), verbosity=0)
            found[day] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("day", DAYS)
def test_the_best_model_puts_most_pairs_in_the_right_order(reports, day):
    models = reports[day]["models"]
    assert max(models[name]["auc"] for name in rules.TELLING) >= LEAST_AUC
    assert all(models[name]["auc"] > models[rules.RECENCY]["auc"] for name in rules.TELLING)


@pytest.mark.parametrize("day", DAYS)
def test_recency_orders_pairs_as_a_plain_count_does(reports, orders, day):
    end = day + dt.timedelta(days=HORIZON)
    silent: dict[bool, list[int]] = {True: [], False: []}
    for days in orders.values():
        if past := [one for one in days if one <= day]:
            silent[any(day < one <= end for one in days)].append((day - past[-1]).days)
    wins = sum(
        1.0 if near < far else 0.5 if near == far else 0.0
        for near in silent[True]
        for far in silent[False]
    )
    found = reports[day]["models"][rules.RECENCY]
    assert found["n"] == len(silent[True]) + len(silent[False])
    assert found["auc"] == pytest.approx(wins / len(silent[True]) / len(silent[False]))


@pytest.mark.parametrize("day", DAYS)
def test_the_alarm_of_the_own_rhythm_seldom_cries_wolf(reports, orders, day):
    found = reports[day]["models"][rules.OWN_RHYTHM]
    regular = [days for days in orders.values() if sum(one <= day for one in days) > 3]
    assert found["n"] == len(regular)
    assert found["false_alarm_rate"] <= 0.08


def test_without_two_past_quarters_nothing_is_shown_and_the_verdict_says_so(reports):
    first = reports[DAYS[0]]
    assert first["shown"] is None
    assert "two past quarters" in first["verdict"]


@pytest.mark.parametrize("day", DAYS)
def test_what_is_shown_has_earned_it(reports, day):
    shown = reports[day]["shown"]
    assert shown is None or shown in rules.TELLING
    assert reports[day]["verdict"]
