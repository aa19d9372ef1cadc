"""Findings in words, and a large book drawn honestly."""

import numpy as np
import pytest

from common.charts import MOST_COLUMNS
from kpi.queries import charts
from kpi.queries.overview import overview
from tests.kpi.books import DAY, make_book, make_policy

pytestmark = pytest.mark.django_db


def view_of(cast, sizes, **rules):
    make_policy(**rules)
    make_book(cast, sizes)
    return overview(cast.dora, day=DAY, as_of=DAY)


def test_one_equal_customer_is_singular(cast):
    assert charts.finding(view_of(cast, [100, 1, 1, 1, 1])) == (
        "Concentrated like 1 customer; one year ago like 1"
    )


def test_many_are_plural(cast):
    assert charts.finding(view_of(cast, [100] * 12)) == (
        "Concentrated like 12 equal customers; one year ago like 12"
    )


def test_the_lead_names_the_few_and_the_one_above_the_mark(cast):
    view = view_of(cast, [500, 300, 150, 50, 40, 30])
    names = {view.largest[0][0]: "Hansa"}
    sentences = charts.lead(view, names)
    assert sentences[0] == "3 of 6 customers bring 89\u00a0% of revenue."
    assert sentences[1].startswith("Hansa alone brings 46.7\u00a0%, above the 10\u00a0%")


def test_a_switched_off_share_rule_is_not_named(cast):
    view = view_of(cast, [500, 300, 150, 50, 40, 30], single_share=None)
    assert "above" not in charts.lead(view, {})[1]


def test_equal_customers_have_no_cuts(cast):
    view = view_of(cast, [100] * 6)
    assert charts.pareto_chart(view, "EUR", {})["cuts"] == []
    assert "the same" in charts.lead(view, {})[0]


def test_the_stored_curve_draws_the_columns_that_counting_draws(cast):
    view = view_of(cast, [500, 300, 150, 50, 40, 30])
    chart = charts.pareto_chart(view, "EUR", {})
    assert [column["value"] for column in chart["columns"]] == [500, 300, 150, 50, 40, 30]
    assert [column["tier"] for column in chart["columns"]] == list("AAABBC")
    assert chart["columns"][-1]["running"] == pytest.approx(1)


def test_a_long_tail_is_drawn_in_groups_that_add_up():
    units = np.sort(np.random.default_rng(1).integers(1, 10**9, 5_000))[::-1]
    ids, tiers = np.arange(5_000), np.array(["C"] * 5_000)
    columns = charts.book_columns(ids, units, tiers, {}, {4_990: "enter"})
    assert len(columns) <= MOST_COLUMNS
    assert sum(column.get("count", 1) for column in columns) == 5_000
    assert sum(column["share"] for column in columns) == pytest.approx(1)
    assert columns[-1]["mark"] == "enter"
    heights = [column["value"] for column in columns]
    assert heights == sorted(heights, reverse=True)


def test_a_share_of_the_largest_ten_needs_more_than_ten(cast):
    labels = [row["label"] for row in charts.concentration_rows(view_of(cast, [9, 8, 7, 6, 5, 4]))]
    assert "Largest 5" in labels and "Largest 10" not in labels


def test_a_trend_needs_three_days(cast):
    view = view_of(cast, [100, 90, 80, 70, 60])
    assert charts.trend_chart(view) is not None
    object.__setattr__(view, "trend", view.trend[-2:])
    assert charts.trend_chart(view) is None
