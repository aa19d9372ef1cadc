"""Alarms of a real ledger: the days against pandas, and how often they cry wolf."""

import csv
import datetime as dt
import os
from math import ceil, exp, sqrt

import numpy as np
import pandas as pd
import pytest
from django.core.management import call_command

pytestmark = pytest.mark.acceptance
DAYS = [dt.date(2011, 6, 30), dt.date(2011, 8, 31), dt.date(2011, 10, 10)]
AHEAD = dt.timedelta(days=60)


@pytest.fixture(autouse=True)
def database(ledger, db):
    pass


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    """Customer and day of each day with net revenue above zero, read from the raw file."""
    raw = pd.read_csv(os.environ["LEDGER"], dtype={"CustomerID": str}).dropna(subset=["CustomerID"])
    pence = (raw["Quantity"] * (raw["UnitPrice"] * 1000).round().astype("int64") / 10).round()
    raw = raw.assign(
        customer=raw["CustomerID"].str.removesuffix(".0"),
        day=pd.to_datetime(raw["InvoiceDate"].str[:10]),
        pence=pence.astype("int64"),
    )
    net = raw.groupby(["customer", "day"])["pence"].sum()
    return net[net > 0].reset_index()[["customer", "day"]]


def exported(day: dt.date, folder) -> dict[str, dict]:
    path = folder / "scores.csv"
    call_command("export_scores", as_of=day, output=str(path), verbosity=0)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["account"]: row for row in csv.DictReader(file)}


def derived(orders: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Methods 1.10 written in pandas: per customer the alarm day and what it is made of."""
    seen = orders[orders["day"] <= pd.Timestamp(day)].sort_values(["customer", "day"])
    log = np.log(seen.groupby("customer")["day"].diff().dt.days)
    each = log.groupby(seen["customer"]).agg(["count", "mean", "var"])
    each = each[each["count"] >= 2]
    n, mean = each["count"], each["mean"]
    within = (each["var"] * (n - 1)).sum() / (n - 1).sum()
    centre, free = (n * mean).sum() / n.sum(), len(n) - 1
    typical = (n.sum() - (n**2).sum() / n.sum()) / free
    between = max(0.0, (n * (mean - centre) ** 2).sum() / free / typical - within / typical)
    weight = 1 / (between + within / n)
    book = (weight * mean).sum() / weight.sum()
    each["shrunk"] = (n * mean / within + book / between) / (n / within + 1 / between)
    each["unsure"] = 1 / (n / within + 1 / between)
    each["days"] = [
        ceil(exp(row.shrunk + 1.6448536269514722 * sqrt(within + row.unsure)))
        for row in each.itertuples()
    ]
    each["alarm_day"] = seen.groupby("customer")["day"].max() + pd.to_timedelta(
        each["days"], unit="D"
    )
    return each


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_alarm_days_equal_those_derived_in_pandas(day, orders, tmp_path):
    rows = exported(day, tmp_path)
    expected = derived(orders, day)["alarm_day"].dt.strftime("%Y-%m-%d").to_dict()
    assert len(expected) > 500
    assert {name: row["alarm_day"] for name, row in rows.items() if row["alarm_day"]} == expected
    assert {name for name, row in rows.items() if row["alarm"] == "too_early"} == {
        name for name in rows if name not in expected
    }
    for row in rows.values():
        if row["alarm_day"]:
            is_red = row["alarm_day"] <= day.isoformat()
            assert is_red == (row["alarm"] == "red") == (float(row["silence_probability"]) < 0.05)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_few_of_those_who_order_again_were_given_up(day, orders, tmp_path):
    """Of customers with three repeat orders and more that order within 60 days: at most 8 %.

    Those given up stay away more often than the others.
    """
    rows = exported(day, tmp_path)
    ahead = orders["day"].between(pd.Timestamp(day), pd.Timestamp(day + AHEAD), inclusive="right")
    again = set(orders[ahead]["customer"])
    regular = {name for name, row in rows.items() if int(row["order_days"]) >= 4}
    red = {name for name in regular if rows[name]["alarm"] == "red"}
    assert len(regular & again) > 100
    assert len(red & again) <= 0.08 * len(regular & again)
    assert len(red - again) / len(red) > len(regular - again) / len(regular)
