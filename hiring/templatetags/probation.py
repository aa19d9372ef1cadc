"""The course of a goal, drawn: where it is against the line that would reach it in time."""

import datetime as dt
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common import formats
from hiring.choices import GoalKind
from hiring.models import Probation, ProbationDay, ProbationGoal
from hiring.queries.probation import GoalNow
from hiring.queries.probation_evidence import TONES
from hiring.queries.probation_list import COURSE_TONES
from hiring.queries.probation_words import figure_words, goal_words
from hiring.rules.progress import Course

register = template.Library()
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 360, 168, 46, 10, 12, 24
LINE = 14  # a label's height
AROUND = 0.6  # how much of the height chance may take beyond the lines themselves


@register.filter
def course_tone(course: Course) -> str:
    return COURSE_TONES.get(course, "")


@register.filter
def note_tone(kind: str) -> str:
    return TONES.get(kind, "")


@register.filter
def goal_title(goal: ProbationGoal) -> str:
    return goal_words(goal)


@register.simple_tag
def course_chart(goal: GoalNow, probation: Probation, label: str) -> SafeString:
    """An SVG of every night's figure with its band; `label` says the same in words."""
    last = _deadline(goal, probation)
    begin = float(goal.row.data.get("begin") or 0) if goal.row else 0.0
    target = float(goal.goal.target)
    lowest, highest = _scale(goal, begin, target)
    span = max((probation.ends_on - probation.starts_on).days, 1)

    def x(day: dt.date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - probation.starts_on).days / span

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - FOOT) * (highest - value) / (highest - lowest)

    def points(rows: Sequence[tuple[dt.date, float]]) -> str:
        return " ".join(f"{x(day):.1f},{y(value):.1f}" for day, value in rows)

    line = [(probation.starts_on, begin), (last, target), (probation.ends_on, target)]
    actual = [(row.day, float(row.value)) for row in goal.told if row.value is not None]
    others = [(row.day, float(row.control)) for row in goal.told if row.control is not None]
    parts = [_band(goal.told, points)]
    parts.append(format_html('<polyline class="l-low pc-line" points="{}"/>', points(line)))
    if len(others) > 1:
        parts.append(format_html('<polyline class="l-old" points="{}"/>', points(others)))
    if actual:
        at = actual[-1]
        parts.append(format_html('<polyline class="l-main" points="{}"/>', points(actual)))
        parts.append(
            format_html('<circle class="d-main" cx="{}" cy="{}" r="4"/>', f"{x(at[0]):.1f}",
                        f"{y(at[1]):.1f}")
        )  # fmt: skip
    if not actual:
        parts.append(
            format_html('<text class="t-mid" x="{}" y="{}">{}</text>', (WIDTH + LEFT) // 2,
                        (HEIGHT - FOOT) // 2 + TOP, _("too few orders to draw yet"))
        )  # fmt: skip
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="pc-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
        '<svg width="{}" height="{}">{}</svg></svg>',
        WIDTH, HEIGHT, label, _grid(goal, target, begin, y), _days(probation, x),
        WIDTH, HEIGHT - FOOT + 4, inside,
    )  # fmt: skip


def _deadline(goal: GoalNow, probation: Probation) -> dt.date:
    """The day on which the target is due: the last, or that of the first meetings."""
    if goal.goal.kind == GoalKind.FIRST and goal.goal.within_days:
        due = probation.starts_on + dt.timedelta(days=goal.goal.within_days - 1)
        return min(due, probation.ends_on)
    return probation.ends_on


def _scale(goal: GoalNow, begin: float, target: float) -> tuple[float, float]:
    """Lowest and highest figure drawn: the line whole, today's figure, everything below; of chance
    and of the leaps of the first days only what does not dwarf them."""
    row = goal.row
    known = [float(one.value) for one in goal.told if one.value is not None]
    others = [float(one.control) for one in goal.told if one.control is not None]
    low, high = min(begin, target, *known, *others), max(begin, target, *known[-1:])
    room = (high - low or 1.0) * AROUND
    least = min(low, float(row.low)) if row and row.low is not None else low
    most = max(high, float(row.high)) if row and row.high is not None else high
    return max(least, low - room), min(most, high + room) + room / 8


def _grid(goal: GoalNow, target: float, begin: float, y) -> SafeString:
    """A line with its figure for the target and for where it began."""
    values = [target] if abs(y(target) - y(begin)) < LINE else [target, begin]
    return format_html_join(
        "",
        '<line class="g-line" x1="{}" y1="{}" x2="{}" y2="{}"/>'
        '<text class="t-11 t-end" x="{}" y="{}">{}</text>',
        (
            (LEFT, f"{y(value):.1f}", WIDTH - RIGHT, f"{y(value):.1f}", LEFT - 6,
             f"{y(value) + 4:.1f}", figure_words(goal.goal, value, 0))
            for value in values
        ),
    )  # fmt: skip


def _days(probation: Probation, x) -> SafeString:
    ends = ((probation.starts_on, "t-11"), (probation.ends_on, "t-11 t-end"))
    return format_html_join(
        "", '<text class="{}" x="{}" y="{}">{}</text>',
        ((name, f"{x(day):.1f}", HEIGHT - 6, formats.day(day, "short")) for day, name in ends),
    )  # fmt: skip


def _band(days: Sequence[ProbationDay], points) -> SafeString:
    known = [row for row in days if row.low is not None and row.high is not None]
    if len(known) < 2:
        return SafeString("")
    above = [(row.day, float(row.high)) for row in known]
    below = [(row.day, float(row.low)) for row in reversed(known)]
    return format_html('<polygon class="b-band" points="{}"/>', points([*above, *below]))


@register.simple_tag
def course_label(goal: GoalNow) -> str:
    """What the drawing shows, for who does not see it."""
    words = {"value": goal.value, "expected": goal.expected, "target": goal.target}
    return _("Now %(value)s, expected today %(expected)s, target %(target)s") % words
