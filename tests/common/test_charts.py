import json
from datetime import date
from decimal import Decimal

from django.utils import translation

from common import charts

TIERS = "ABC"


def make_accounts(count):
    return [
        {
            "name": f"Customer {rank}",
            "value": Decimal(count - rank),
            "share": Decimal(1) / count,
            "running": Decimal(rank + 1) / count,
            "tier": TIERS[rank * 3 // count],
            "mark": "enter" if rank == count - 1 else "",
        }
        for rank in range(count)
    ]


CUTS = [{"key": "a", "share": Decimal("0.8"), "title": "8 customers, 80 %", "note": "tier A ends"}]


def test_a_small_book_keeps_every_name():
    data = charts.pareto(make_accounts(10), cuts=CUTS, currency="EUR")
    assert [column["name"] for column in data["columns"]][:2] == ["Customer 0", "Customer 1"]
    assert data["total"] == 10
    assert data["format"]["symbol"] == "€"
    json.dumps(data)


def test_a_large_book_puts_its_tail_together_without_losing_anybody():
    data = charts.pareto(make_accounts(5_001), cuts=CUTS, currency="EUR")
    columns = data["columns"]
    assert len(columns) <= charts.MOST_COLUMNS
    assert sum(column["count"] for column in columns) == 5_001
    assert abs(sum(column["share"] for column in columns) - 1) < 1e-9
    assert columns[-1]["running"] == 1
    assert abs(sum(c["value"] * c["count"] for c in columns) - sum(range(1, 5_002))) < 1e-3
    assert columns[-1]["mark"] == "enter"


def test_a_trend_keeps_what_is_unknown_unknown():
    data = charts.trend(
        [{"name": "Top", "points": [(date(2026, 1, 1), None), (date(2026, 2, 1), Decimal("0.3"))]}],
        is_share=True,
    )
    assert [point[2] for point in data["series"][0]["points"]] == [None, 0.3]
    assert data["format"]["symbol"] == "%"


def test_months_carry_their_letter_and_the_year_before():
    with translation.override("ru"):
        data = charts.columns([{"day": date(2026, 5, 3), "value": 3, "before": 2}], currency="RUB")
    assert data["columns"][0]["letter"] == "М"
    assert data["columns"][0]["before"] == 2
    assert data["format"]["units"][0] == "тыс."


def test_plural_forms_have_the_names_a_browser_asks_for():
    with translation.override("ru"):
        forms = charts.plural_forms(str)
    assert set(forms) == {"one", "few", "many"}
    with translation.override("en"):
        assert set(charts.plural_forms(str)) == {"one", "other"}
