"""Bands of a count, drawn: eight of ten, the middle half, and the middle."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import formats

register = template.Library()
WIDTH = 136


@register.simple_tag
def count_band(band, low: int, high: int) -> SafeString:
    """`band` (kpi.rules.forecast.Band) on a line from `low` to `high`, which all bands share."""
    whole = max(high - low, 1)

    def x(count: int) -> float:
        return WIDTH * min(max((count - low) / whole, 0), 1)

    def bar(name: str, first: int, last: int, y: int, height: int) -> SafeString:
        return format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>', name,
            f"{x(first):.1f}", y, f"{max(x(last) - x(first), 2):.1f}", height,
        )  # fmt: skip

    middle = f"{x(band.middle):.1f}"
    return format_html(
        '<svg class="k-meter" viewBox="0 0 {w} 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="b-ghost" y="5" width="{w}" height="2" rx="1"/>{outer}{inner}'
        '<line class="l-plan" x1="{m}" y1="0" x2="{m}" y2="12"/></svg>',
        w=WIDTH, m=middle, outer=bar("b-band", band.low_80, band.high_80, 3, 6),
        inner=bar("b-band2", band.low_50, band.high_50, 2, 8),
    )  # fmt: skip


def _ends(band, width: int) -> tuple[int, int]:
    return (band.low_50, band.high_50) if width == 50 else (band.low_80, band.high_80)


@register.filter
def span(band, width: int) -> str:
    """The band of 50 or 80 % as "7–9", below nought as "−2 … 3", or one number for both ends."""
    low, high = _ends(band, width)
    if low == high:
        return formats.number(low)
    between = " … " if low < 0 else "–"
    return f"{formats.number(low)}{between}{formats.number(high)}"


@register.filter
def spare(missing: int) -> str:
    """How many are too many, where fewer than none are missing."""
    return formats.number(-missing)


@register.filter
def spare_span(band, width: int) -> str:
    """A band that lies below nought whole, as those to spare: "1–3"."""
    low, high = _ends(band, width)
    return (
        formats.number(-high) if low == high else f"{formats.number(-high)}–{formats.number(-low)}"
    )
