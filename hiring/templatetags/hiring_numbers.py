"""The drawing of time to hire: a falling staircase with the band it may truly lie in."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common import formats
from hiring.rules.survival import Step

register = template.Library()
WIDTH, HEIGHT, LEFT, FOOT, TOP = 640, 220, 76, 36, 14


@register.simple_tag
def staircase(steps: Sequence[Step], label: str) -> SafeString:
    """An SVG of the share still empty by day; `label` says the same in words."""
    last = steps[-1].day
    full = max(float(last), 1.0)
    points = [(0.0, 1.0, 1.0, 1.0), *((s.day, s.open, s.low, s.high) for s in steps)]

    def x(day: float) -> float:
        return LEFT + (WIDTH - LEFT - 8) * day / full

    def y(share: float) -> float:
        return TOP + (HEIGHT - FOOT - TOP) * (1 - share)

    def stairs(which: int) -> list[str]:
        """Corner points from left to right: flat until the next day, then down."""
        corners = [f"{x(points[0][0]):.1f} {y(points[0][which]):.1f}"]
        for before, after in zip(points, points[1:], strict=False):
            corners.append(f"{x(after[0]):.1f} {y(before[which]):.1f}")
            corners.append(f"{x(after[0]):.1f} {y(after[which]):.1f}")
        return corners

    around = "M" + "L".join([*stairs(3), *reversed(stairs(2))]) + "Z"
    lines = "".join(
        f'<path class="g-grid" d="M{LEFT} {y(share):.1f}H{WIDTH - 8}"/>'
        f'<text class="g-label" x="{LEFT - 8}" y="{y(share) + 7:.1f}" text-anchor="end">'
        f"{escape(formats.percent(share))}</text>"
        for share in (0, 0.5, 1)
    )
    days = "".join(
        f'<text class="g-label" x="{x(day):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}">'
        f"{escape(formats.number(day, 0))}</text>"
        for day, anchor in ((0, "start"), (last, "end"))
    )
    return mark_safe(  # noqa: S308  numbers and escaped words
        f'<svg class="k-stairs" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(label)}">{lines}<path class="g-band" d="{around}"/>'
        f'<path class="g-line" d="M{"L".join(stairs(1))}"/>{days}</svg>'
    )
