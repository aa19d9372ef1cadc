"""What is sold of a year's plan, drawn: the bar, where it will end, and the plan as a tick."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
WIDTH = 200


@register.simple_tag
def plan_bar(line) -> SafeString:
    """`line` (kpi.queries.plans.Line): sales to date, the range of the landing, the year's plan.
    Sales alone have nothing to be drawn against."""
    sold, plan, landing = line.sales.actual, line.sales.year, line.landing
    ends = [sold, plan, landing and landing.value, landing and landing.high]
    full = max(float(one) for one in ends if one is not None)
    if full <= 0 or (plan is None and landing is None):
        return mark_safe("")

    def x(value) -> float:
        return WIDTH * min(max(float(value) / full, 0), 1)

    parts = [format_html('<rect class="b-ghost" y="4" width="{}" height="4" rx="2"/>', WIDTH)]
    if landing and landing.low is not None:
        parts.append(_rect("b-band2", x(landing.low), x(landing.high), 2, 8))
    parts.append(_rect("b-acc", 0, x(sold), 4, 4))
    if landing:
        parts.append(_line("k-plan-land", x(landing.value)))
    if plan:
        parts.append(_line("l-plan", min(x(plan), WIDTH - 1)))
    return format_html(
        '<svg class="k-meter" viewBox="0 0 {} 12" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        WIDTH, mark_safe("".join(parts)),  # noqa: S308  escaped piece by piece
    )  # fmt: skip


def _rect(name: str, start: float, end: float, y: int, height: int) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>', name,
        f"{start:.1f}", y, f"{max(end - start, 0):.1f}", height,
    )  # fmt: skip


def _line(name: str, x: float) -> SafeString:
    return format_html('<line class="{}" x1="{x}" y1="0" x2="{x}" y2="12"/>', name, x=f"{x:.1f}")
