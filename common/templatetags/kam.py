"""Figures in the reader's writing, icons, marks, and links that keep the filters."""

import math
from collections.abc import Sequence

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from common import formats

register = template.Library()

register.filter("number", formats.number)
register.filter("money", formats.money)
register.filter("money_short", formats.money_short)
register.filter("percent", formats.percent)
register.filter("day", formats.day)
register.filter("month", formats.month)
register.filter("moment", formats.moment)
register.filter("zone", formats.zone)
register.filter("duration", formats.duration)


@register.filter
def money_whole(value, currency: str) -> str:
    """Whole units of the currency, for tables that need no cents."""
    return formats.money(value, currency, 0)


@register.filter
def change(share, decimals: int = 0) -> str:
    """A signed share: +21 %, −8 %."""
    return formats.percent(share, decimals, signed=True)


@register.filter
def ago(value) -> SafeString | str:
    """Relative up to a week, then the date; the exact moment on hover."""
    if value is None:
        return formats.UNKNOWN
    exact = formats.moment(value) if hasattr(value, "hour") else formats.day(value, "full")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, formats.ago(value)
    )


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar: first of the first and of the last word."""
    words = [word for word in str(name).split() if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [words[0][:1]] if words else ["?"]
    return "".join(letters).upper()


@register.filter
def undo_url(message) -> str:
    """Where the toast's Undo button posts to; common.toasts puts it there."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """One symbol of static/icons.svg; always beside a word or inside a labelled button."""
    extra = f" k-i-{size}" if size != 16 else ""
    return mark_safe(  # noqa: S308  both parts are escaped or made here
        f'<svg class="k-i{extra}" aria-hidden="true" focusable="false">'
        f'<use href="{static("icons.svg")}#{escape(name)}"/></svg>'
    )


@register.simple_tag
def tier(letter: str, reason: str = "") -> SafeString:
    """The tier's letter in its tint; without a letter an empty seat that says so."""
    if not letter:
        return format_html(
            '<span class="k-tier k-tier-none" title="{0}"><span aria-hidden="true">?</span>'
            '<span class="visually-hidden">{0}</span></span>',
            reason or gettext("No tier yet"),
        )
    return format_html(
        '<span class="k-tier k-tier-{}"{}><span class="visually-hidden">{} </span>{}</span>',
        str(letter).lower(),
        format_html(' title="{}"', reason) if reason else "",
        gettext("Tier"),
        letter,
    )


@register.simple_tag
def spark(
    values: Sequence, width: int = 96, height: int = 24, label: str = "", tone: str = "main"
) -> SafeString:
    """A line of its values with a dot on the last known one; None leaves a gap.

    tone is main, low (grey) or ink. Without a label the mark is decoration beside its figure.
    """
    known = [float(value) for value in values if value is not None]
    role = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    body = spark_body(values, known, width, height, tone) if known else ""
    return mark_safe(  # noqa: S308  numbers and an escaped label
        f'<svg class="k-spark" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMid" {role}>{body}</svg>'
    )


def spark_body(values: Sequence, known: list, width: int, height: int, tone: str) -> str:
    high = max(known)
    span = max(high - min(known), 0.25 * abs(high)) or 1.0
    low = (high + min(known) - span) / 2
    step = (width - 8) / max(len(values) - 1, 1)
    path, pen, last = [], "M", (0.0, 0.0)
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        last = (1 + index * step, 4 + (height - 8) * (1 - (float(value) - low) / span))
        path.append(f"{pen}{last[0]:.1f} {last[1]:.1f}")
        pen = "L"
    line = {"main": "l-main", "low": "l-low", "ink": "l-ink"}[tone]
    dot = "d-main" if tone == "main" else "d-ink"
    return (
        f'<path class="{line}" d="{"".join(path)}"/>'
        f'<circle class="{dot}" cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3"/>'
    )


@register.simple_tag
def ring(score, known: int | None = 100, size: int = 36, tone: str = "") -> SafeString:
    """Health of 100 points: solid earned, pale lost, hollow not known. score None: nothing known.

    score is earned out of known, both in per cent; size is 36 or 56; tone "dan", "cau" or "pos"
    only where the company's own losses say which health is bad.
    """
    score = None if score == "" else score
    radius, middle = (24, 28) if size == 56 else (15, 18)
    around = 2 * math.pi * radius
    known = 0 if score is None else max(0, min(100, known or 0))
    earned = 0 if score is None else around * known / 100 * score / 100
    lost = around * known / 100 - earned
    tone = tone or "plain"
    circle = (
        '<circle class="{}" cx="{m}" cy="{m}" r="{r}" stroke-dasharray="{:.1f} {:.1f}" '
        'stroke-dashoffset="{:.1f}" transform="rotate(-90 {m} {m})"/>'
    )
    parts = [
        circle.format(f"r-{tone}", earned, around, 0, m=middle, r=radius),
        circle.format("r-lost", lost, around, -earned, m=middle, r=radius),
    ]
    if known < 100:
        parts.append(hollow_arc(middle, radius, known))
    label = (
        gettext("Health not known yet")
        if score is None
        else gettext("Health %(score)s of 100, %(known)s %% of signals known")
        % {"score": score, "known": known}
    )
    figure = "?" if score is None else score
    return mark_safe(  # noqa: S308  numbers and an escaped label
        f'<svg class="k-ring k-ring-{size}" viewBox="0 0 {2 * middle} {2 * middle}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}'
        f'<text x="{middle}" y="{middle + (6 if size == 56 else 4)}">{figure}</text></svg>'
    )


def hollow_arc(middle: int, radius: int, known: int) -> str:
    """The outline of the part nobody has recorded, from the known end to the top."""
    outer, inner = radius + 1.6, radius - 1.6
    if known <= 0:
        return "".join(
            f'<circle class="r-hollow" cx="{middle}" cy="{middle}" r="{r}"/>'
            for r in (outer, inner)
        )
    start, end = math.radians(3.6 * known + 6), math.radians(354)
    if end <= start:
        return ""
    large = int(end - start > math.pi)

    def point(r: float, angle: float) -> str:
        return f"{middle + r * math.sin(angle):.1f} {middle - r * math.cos(angle):.1f}"

    return (
        f'<path class="r-hollow" d="M{point(outer, start)}'
        f"A{outer} {outer} 0 {large} 1 {point(outer, end)}L{point(inner, end)}"
        f'A{inner} {inner} 0 {large} 0 {point(inner, start)}Z"/>'
    )


@register.simple_tag
def age(share=None) -> SafeString:
    """A ring that empties with the shelf life of a fact: 1 is fresh, 0 past it, None never known.

    Says so in words too, for those who do not see it.
    """
    whole = 34.6  # the circumference at radius 5.5
    if share is None:
        rings, words = '<circle class="a-3" cx="7" cy="7" r="5.5"/>', gettext("not recorded yet")
    else:
        left = max(0.0, min(1.0, float(share)))
        kind = "a-1" if left >= 0.25 else "a-2"
        arc = (
            f'<circle class="{kind}" cx="7" cy="7" r="5.5" transform="rotate(-90 7 7)" '
            f'stroke-dasharray="{whole * left:.1f} {whole}"/>'
        )
        rings = '<circle class="a-0" cx="7" cy="7" r="5.5"/>' + (arc if left else "")
        words = pgettext("fact", "fresh") if left >= 0.25 else pgettext("fact", "ageing")
        words = words if left else gettext("past its shelf life")
    return mark_safe(  # noqa: S308  numbers and our own words
        f'<span class="k-age-mark" title="{escape(words)}">'
        f'<svg class="k-age" viewBox="0 0 14 14" aria-hidden="true">{rings}</svg>'
        f'<span class="visually-hidden">{escape(words)}</span></span>'
    )


@register.simple_tag
def meter(value, full, tick=None, tone: str = "acc", width: int = 136) -> SafeString:
    """A bar of value against full, with a tick; tones acc, grey, cau, dan, pos, ghost."""
    full = float(full) or 1.0
    filled = width * max(0.0, min(1.0, float(value or 0) / full))
    mark = ""
    if tick is not None:
        x = width * max(0.0, min(1.0, float(tick) / full))
        mark = f'<line class="l-plan" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="12"/>'
    return mark_safe(  # noqa: S308  numbers only
        f'<svg class="k-meter" viewBox="0 0 {width} 12" preserveAspectRatio="none" '
        f'aria-hidden="true"><rect class="b-ghost" y="4" width="{width}" height="4" rx="2"/>'
        f'<rect class="b-{escape(tone)}" y="4" width="{filled:.1f}" height="4" rx="2"/>'
        f"{mark}</svg>"
    )


@register.simple_tag
def band(low, high, share=None, width: int = 136) -> SafeString:
    """Where a true share may lie, as a band from nought to one, with a tick at what was seen."""
    left, right = (width * max(0.0, min(1.0, float(end))) for end in (low, high))
    mark = ""
    if share is not None:
        x = width * float(share)
        mark = f'<line class="l-plan" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="12"/>'
    return mark_safe(  # noqa: S308  numbers only
        f'<svg class="k-meter" viewBox="0 0 {width} 12" preserveAspectRatio="none" '
        f'aria-hidden="true"><rect class="b-ghost" y="4" width="{width}" height="4" rx="2"/>'
        f'<rect class="b-band" x="{left:.1f}" y="2" width="{max(right - left, 1):.1f}" height="8"/>'
        f"{mark}</svg>"
    )


@register.simple_tag
def swing(share, most: float = 0.6, width: int = 76) -> SafeString:
    """A change as a bar left (loss) or right (gain) of a line; share is a signed share of one."""
    if share is None or share == "":
        return mark_safe("")
    zero, room = 14.0, width - 14.0
    size = min(abs(float(share)) / most, 1.0) * (room if share > 0 else zero)
    x = zero if share > 0 else zero - size
    tone = "acc" if share > 0 else "dan"
    return mark_safe(  # noqa: S308  numbers only
        f'<svg class="k-delta" viewBox="0 0 {width} 16" aria-hidden="true">'
        f'<line class="g-axis" x1="{zero}" y1="0" x2="{zero}" y2="16"/>'
        f'<rect class="b-{tone}" x="{x:.1f}" y="4" width="{max(size, 1):.1f}" height="8" rx="1"/>'
        "</svg>"
    )


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The page's query string with some keys set; None or "" takes a key out, a list repeats it."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        elif isinstance(value, list | tuple):
            query.setlist(key, [str(item) for item in value])
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"
