"""The drawing of a goal's course: its line, its nights, its band."""

import datetime as dt
import re

import pytest

from hiring.models import Probation, ProbationDay, ProbationGoal
from hiring.queries.probation import GoalNow
from hiring.rules.progress import Course
from hiring.templatetags.probation import course_chart, course_label, course_tone

START = dt.date(2026, 6, 1)
TRIAL = Probation(starts_on=START, ends_on=START + dt.timedelta(days=27))


def now(*values: float, kind: str = "growth", target: float = 30, **fields) -> GoalNow:
    orders = fields.pop("orders", 5)
    goal = ProbationGoal(kind=kind, target=target, within_days=fields.pop("within", None))
    days = tuple(
        ProbationDay(
            goal=goal,
            day=START + dt.timedelta(days=n),
            value=value,
            data={"orders": orders},
            **fields,
        )
        for n, value in enumerate(values)
    )
    return GoalNow(
        goal=goal, title="Goal", row=days[-1] if days else None, days=days, course=Course.BEHIND,
        target="+30 %", value="+10 %", expected="+15 %", sentences=(),
    )  # fmt: skip


def points(drawing: str, name: str) -> list[tuple[float, float]]:
    found = re.search(rf'class="{name}" points="([^"]+)"', drawing)
    pairs = [pair.split(",") for pair in found[1].split()] if found else []
    return [(float(x), float(y)) for x, y in pairs]


def test_a_figure_under_the_line_lies_under_it():
    drawing = course_chart(now(0, 0, 0), TRIAL, "Words")
    (_x, y), *_more = reversed(points(drawing, "l-main"))
    line = points(drawing, "l-low pc-line")
    assert y == line[0][1] > line[1][1] and 'aria-label="Words"' in drawing


def test_the_line_of_first_talks_ends_on_their_day():
    drawing = course_chart(now(20, kind="first", target=100, within=5), TRIAL, "Words")
    begin, due, end = points(drawing, "l-low pc-line")
    assert due[0] < end[0] and due[1] == end[1] < begin[1]


def test_chance_is_a_band_where_it_is_known():
    assert not points(course_chart(now(5, 6), TRIAL, "Words"), "b-band")
    assert len(points(course_chart(now(5, 6, low=-10, high=20), TRIAL, "Words"), "b-band")) == 4


def test_the_leap_of_a_first_day_does_not_dwarf_the_line():
    calm = points(course_chart(now(5, 5), TRIAL, "Words"), "l-low pc-line")
    wild = points(course_chart(now(900, 5), TRIAL, "Words"), "l-low pc-line")
    assert calm == wild


def test_growth_of_a_few_orders_is_not_drawn():
    drawing = course_chart(now(900, -50, orders=4), TRIAL, "Words")
    assert not points(drawing, "l-main") and "too few orders to draw yet" in drawing
    assert points(course_chart(now(9, kind="contact", orders=0), TRIAL, "Words"), "l-main")


@pytest.mark.parametrize("values", [(), (None,), (0,), (30,), (-100, 400)])
def test_every_course_can_be_drawn(values):
    assert "nan" not in course_chart(now(*values), TRIAL, "Words")


def test_words_for_who_does_not_see_it():
    assert course_label(now(5)) == "Now +10 %, expected today +15 %, target +30 %"
    assert course_tone(Course.BEHIND) == "dan" and course_tone(Course.UNKNOWN) == ""
