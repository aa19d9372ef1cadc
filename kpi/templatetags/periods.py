"""A step between two amounts, drawn on a line that all steps share."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
WIDTH = 200


@register.simple_tag
def step_bar(begin: float, end: float, tone: str) -> SafeString:
    """A bar from `begin` to `end`, shares of the line's length; tone as in charts.css."""
    low, high = sorted((begin, end))
    width = max((high - low) * WIDTH, 1) if high > low else 0  # the smallest step is seen
    return format_html(
        '<svg class="k-meter" viewBox="0 0 {} 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="b-ghost" y="5.5" width="{}" height="1"/>'
        '<rect class="b-{}" x="{}" y="1" width="{}" height="10" rx="1.5"/></svg>',
        WIDTH, WIDTH, tone, f"{low * WIDTH:.1f}", f"{width:.1f}",
    )  # fmt: skip
