import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Assignment
from kpi.queries.export_kpis import kpis
from tests.kpi.facts import DAY, make_day

pytestmark = pytest.mark.django_db


def test_company_figures(numbered_book):
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


def test_managers_get_the_days_they_owned_and_add_up(numbered_book):
    day = DAY - dt.timedelta(days=5)
    open_one = Assignment.objects.get(account=numbered_book[0])
    open_one.valid_to = day
    open_one.save()
    make_day(numbered_book[0], DAY, Decimal(40))
    found = kpis(DAY)["managers"]
    assert [row["manager"] for row in found] == ["Karl", "Kim", None]
    assert [row["pareto"]["net_revenue"] for row in found] == [30.0, 67.0, 40.0]
    assert found[0]["pareto"]["tiers"]["A"]["accounts"] == 1
    assert found[2]["concentration"]["top1_share"] == 1.0


def test_retention_and_upsell_of_the_company_and_of_managers_add_up(numbered_book):
    year_ago = DAY - dt.timedelta(days=400)
    for account, net in zip(numbered_book, (50, 40, 8), strict=False):
        make_day(account, year_ago, Decimal(net))
    found = kpis(DAY)
    company = found["retention"]
    assert (company["base_accounts"], company["kept"], company["new"]) == (3, 3, 1)
    assert (company["base_revenue"], company["current_revenue"]) == (98.0, 95.0)
    assert (company["contraction"], company["expansion"], company["other_revenue"]) == (
        15.0,
        12.0,
        -3.0,
    )
    assert company["nrr"] == round(95 / 98, 10)
    assert found["upsell"]["base_accounts"] == 3
    for part, names in (
        ("retention", ("base_accounts", "kept", "base_revenue", "current_revenue", "new_revenue")),
        ("upsell", ("base_accounts", "additional_services", "additional_revenue")),
    ):
        for name in names:
            assert sum(row[part][name] for row in found["managers"]) == found[part][name], name


def test_two_periods_of_ones_own(numbered_book, tmp_path):
    days = {
        "base_from": "2026-03-18",
        "base_to": "2026-03-20",
        "from": "2026-03-21",
        "to": "2026-03-31",
    }
    path = tmp_path / "kpis.json"
    words = [f"--{name.replace('_', '-')}={day}" for name, day in days.items()]
    call_command("export_kpis", f"--as-of={DAY}", *words, f"--output={path}", verbosity=0)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["base"] == {"from": "2026-03-18", "to": "2026-03-20"}
    assert (found["retention"]["base_revenue"], found["retention"]["lost"]) == (40.0, 3)
    assert found["pareto"]["net_revenue"] == 97.0


@pytest.mark.parametrize("words", [["--from=2026-01-01"], [
    "--base-from=2026-01-01", "--base-to=2026-02-01", "--from=2026-02-01", "--to=2026-03-01",
]])  # fmt: skip
def test_days_that_are_no_two_periods_are_refused(db, tmp_path, words):
    with pytest.raises(CommandError):
        call_command("export_kpis", f"--as-of={DAY}", *words, f"--output={tmp_path / 'x'}")
