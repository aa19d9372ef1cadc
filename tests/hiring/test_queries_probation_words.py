import pytest

from hiring.choices import GoalKind
from hiring.models import ProbationDay, ProbationGoal
from hiring.queries.probation_words import COURSES, figure_words, goal_words, sentences
from hiring.rules.progress import Course

BASE = {"net": 1_200.0, "baseline": 1_000.0, "orders": 8, "through": "2026-06-07"}


def growth(**given) -> ProbationDay:
    data = {**BASE, **given.pop("data", {})}
    goal = ProbationGoal(kind="growth", target=30)
    return ProbationDay(goal=goal, value=20, expected=10, data=data, **given)


@pytest.mark.parametrize("kind", GoalKind.values)
def test_every_goal_has_a_title(kind):
    goal = ProbationGoal(kind=kind, target=30, within_days=5, title="Manners" * (kind == "free"))
    assert goal_words(goal)


def test_one_account_and_many(db):
    goal = ProbationGoal(kind="growth", target=30)
    assert goal_words(goal, 1) == "This 1 account grows by 30 %"
    assert goal_words(goal, 5) == "These 5 accounts grow by 30 %"
    assert figure_words(goal, None) == "\u2014"
    assert figure_words(ProbationGoal(kind="contact"), 4) == "4"


def test_a_proven_difference_is_called_more_than_chance(db):
    proven = growth(control=-5, data={"difference": [25, 3, 60]})
    open_ = growth(control=5, data={"difference": [15, -3, 60]})
    assert "is more than chance" in sentences(proven, with_money=False)[-1]
    assert "may be chance" in sentences(open_, with_money=False)[-1]
    assert "too few orders to compare" in sentences(growth(control=5), with_money=False)[-1]


def test_no_ledger_and_no_baseline_are_said(db):
    (lagging,) = sentences(growth(data={"through": None}), with_money=True)
    assert lagging.startswith("The ledger holds no day")
    row = growth()
    row.value = None
    assert sentences(row, with_money=True)[0].startswith("These accounts bought nothing")


def test_every_course_has_a_word():
    assert set(COURSES) == set(Course)
