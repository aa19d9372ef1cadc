"""What a probation asks of the reader: own yes, own words, the weekly talk, the decision."""

import datetime as dt

from hiring.queries.probation_todo import Todo, trials_to_do
from kpi.queries.week.parts import Line
from kpi.rules.week import MINUTES, Claim
from people.models import User

SHARE = 0.1  # a colleague weighs like a tenth of the book


def trial_lines(user: User, today: dt.date) -> list[Line]:
    """One line each; two queries."""
    return [_line(todo) for todo in trials_to_do(user, today)]


def _line(todo: Todo) -> Line:
    return Line(
        key=f"trial:{todo.probation.pk}", kind="trial", sentence=todo.sentence,
        reasons=[todo.reason], icon="clipboard",
        claim=Claim("trial", SHARE, MINUTES["trial"], todo.late_days),
        url=todo.url, late_days=todo.late_days, is_movable=False,
    )  # fmt: skip
