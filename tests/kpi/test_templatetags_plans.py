"""The bar of a plan."""

from decimal import Decimal

from kpi.queries.plans import Attained, LandingLine, Line
from kpi.templatetags.plans import plan_bar


def line(sold, plan, landing=None):
    sales = Attained("sales", Decimal(sold), None, plan and Decimal(plan), None)
    return Line(None, {"sales": sales}, landing)


def test_sold_range_and_plan_are_drawn_to_one_scale():
    landing = LandingLine(Decimal(180), Decimal(160), Decimal(200), None, None, "")
    drawn = plan_bar(line(50, 100, landing))
    for part in ('class="b-acc" x="0.0" y="4" width="50.0"', 'class="b-band2" x="160.0"',
                 'class="k-plan-land" x1="180.0"', 'class="l-plan" x1="100.0"'):  # fmt: skip
        assert part in drawn


def test_without_anything_nothing_is_drawn():
    assert plan_bar(line(5, None)) == plan_bar(line(-5, 0)) == ""
