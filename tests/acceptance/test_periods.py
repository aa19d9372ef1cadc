"""Retention and additional services of a real ledger against pandas on the raw file."""

import datetime as dt
import json
import os
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.core.management import call_command

from accounts.models import Account, Assignment, ExternalId, LedgerLine, ServiceMonth
from tests.cast import make_cast, make_company

pytestmark = pytest.mark.acceptance
BASE = (dt.date(2010, 12, 1), dt.date(2011, 5, 15))
NOW = (dt.date(2011, 5, 16), dt.date(2011, 11, 20))  # both begin or end in the middle of a month
TURN = dt.date(2011, 8, 1)
MAP = (
    "customer=CustomerID",
    "date=InvoiceDate",
    "document=InvoiceNo",
    "product=StockCode",
    "service_line=StockCode",
    "amount=Quantity*UnitPrice",
)


def given_away(customer: str) -> bool:
    return int(customer) % 3 == 0


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory) -> dict:
    """The ledger imported; Karl owns every account and gives each third one to Kim in August."""
    path = tmp_path_factory.mktemp("kpis") / "kpis.json"
    with django_db_blocker.unblock():
        cast = make_cast()
        make_company(currency="GBP")
        call_command("import_ledger", os.environ["LEDGER"], map=list(MAP), verbosity=0)
        customers = dict(ExternalId.objects.values_list("account", "value"))
        long_ago = dt.date(2009, 1, 1)
        spans = []
        for account in Account.objects.values_list("pk", flat=True):
            until = TURN if given_away(customers[account]) else None
            spans.append((account, cast.karl, long_ago, until))
            if until:
                spans.append((account, cast.kim, until, None))
        Assignment.objects.bulk_create(
            Assignment(account_id=pk, user=user, role="owner", valid_from=first, valid_to=last)
            for pk, user, first, last in spans
        )
        days = zip(("base-from", "base-to", "from", "to"), (*BASE, *NOW), strict=True)
        words = [f"--{name}={day}" for name, day in days]
        call_command("export_kpis", f"--as-of={NOW[1]}", *words, f"--output={path}", verbosity=0)
        yield json.loads(path.read_text(encoding="utf-8"))
        # Before the thousands of service lines: SQLite would look through both for each of them.
        for table in (LedgerLine, ServiceMonth):
            table.objects.all().delete()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def lines():
    """Customer, day, product and whole pence of each line, rounded by itself."""
    import pandas as pd  # noqa: PLC0415

    raw = pd.read_csv(os.environ["LEDGER"], dtype=str).dropna(subset=["CustomerID"])
    pence = [
        int((Decimal(q) * Decimal(p)).quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
        for q, p in zip(raw["Quantity"], raw["UnitPrice"], strict=True)
    ]
    return pd.DataFrame(
        {
            "customer": raw["CustomerID"].str.removesuffix(".0"),
            "day": pd.to_datetime(raw["InvoiceDate"]).dt.date,
            "product": raw["StockCode"].str.strip().str.casefold(),
            "pence": pence,
        }
    )


def within(lines, days):
    return lines[(lines["day"] >= days[0]) & (lines["day"] <= days[1])]


@pytest.fixture(scope="module")
def book(lines):
    """Base and current of each customer in pence."""
    import pandas as pd  # noqa: PLC0415

    sums = {
        name: within(lines, days).groupby("customer")["pence"].sum()
        for name, days in (("base", BASE), ("now", NOW))
    }
    return pd.DataFrame(sums).fillna(0).astype("int64")


def told(book) -> dict:
    """The money and counts of a book whose base and outcome belong together."""
    cohort = book[book["base"] > 0]
    kept, lost = cohort[cohort["now"] > 0], cohort[cohort["now"] <= 0]
    change = kept["now"] - kept["base"]
    fall = -change[change < 0].sum() - lost["now"].sum()
    base = cohort["base"].sum()
    return {
        "base_accounts": len(cohort),
        "kept": len(kept),
        "lost": len(lost),
        "logo_retention": len(kept) / len(cohort),
        "nrr": cohort["now"].sum() / base,
        "grr": cohort["now"].clip(lower=0, upper=cohort["base"]).sum() / base,
        "base_revenue": base / 100,
        "churned_revenue": lost["base"].sum() / 100,
        "contraction": fall / 100,
        "expansion": change[change > 0].sum() / 100,
        "current_revenue": cohort["now"].sum() / 100,
    }


def test_retention_of_the_company(exported, book):
    found, expected = exported["retention"], told(book)
    for name, value in expected.items():
        precision = 1e-6 if name in ("logo_retention", "nrr", "grr") else 0.001
        assert found[name] == pytest.approx(value, abs=precision), name
    total = sum(found[f"{name}_revenue"] for name in ("current", "new", "reactivated", "other"))
    assert total == pytest.approx(book["now"].sum() / 100, abs=0.001)


def test_who_is_new_and_who_came_back(exported, book, lines):
    outside = book[(book["base"] <= 0) & (book["now"] > 0)].index
    earlier = lines[lines["day"] <= BASE[1]].groupby(["customer", "day"])["pence"].sum()
    bought = set(earlier[earlier > 0].index.get_level_values("customer"))
    found = exported["retention"]
    assert found["new"] == len([one for one in outside if one not in bought])
    assert found["reactivated"] == len([one for one in outside if one in bought])


def test_the_base_is_the_first_owners_and_the_outcome_the_last_owners(exported, book):
    managers = {row["manager"]: row["retention"] for row in exported["managers"]}
    away = book.index.map(given_away)
    cohort = book["base"] > 0
    karl, kim = managers["Karl"], managers["Kim"]
    assert (karl["base_accounts"], kim["base_accounts"]) == (int(cohort.sum()), 0)
    assert kim["came_accounts"] == karl["went_accounts"] == int((cohort & away).sum())
    for row, own in ((karl, book[~away]), (kim, book[away])):
        expected = told(own)
        for name in ("kept", "lost", "churned_revenue", "contraction", "expansion"):
            assert row[name] == pytest.approx(expected[name], abs=0.001), name
        for name in ("logo_retention", "nrr", "grr"):
            assert row[name] == pytest.approx(expected[name], abs=1e-6), name


def test_additional_services_of_the_company_and_of_managers(exported, book, lines):
    now = within(lines, NOW)
    net = now.groupby(["customer", "product"])["pence"].sum()
    before = lines[lines["day"] < NOW[0]]
    bought = set(before[before["pence"] > 0].groupby(["customer", "product"]).groups)
    base = set(book[book["base"] > 0].index)
    pairs = [key for key in net[net > 0].index if key[0] in base and key not in bought]
    found = exported["upsell"]
    assert found["additional_services"] == len(pairs)
    assert found["accounts_with_additional"] == len({key[0] for key in pairs})
    assert found["additional_revenue"] == pytest.approx(int(net[pairs].sum()) / 100, abs=0.001)
    assert found["cross_sell_rate"] == pytest.approx(
        len({key[0] for key in pairs}) / len(base), abs=1e-6
    )
    parts = [row["upsell"] for row in exported["managers"]]
    for name in ("additional_services", "accounts_with_additional", "base_accounts"):
        assert sum(part[name] for part in parts) == found[name]
    assert sum(part["additional_revenue"] for part in parts) == pytest.approx(
        found["additional_revenue"], abs=0.001
    )
    first = now[now["pence"] > 0].set_index(["customer", "product"]).loc[pairs]
    days = first.groupby(["customer", "product"])["day"].min()
    kims = sum(given_away(customer) and day >= TURN for (customer, _product), day in days.items())
    told_kim = next(row["upsell"] for row in exported["managers"] if row["manager"] == "Kim")
    assert told_kim["additional_services"] == kims
