import pytest

from common.errors import RuleBroken
from hiring.commands import probation_goal as commands
from hiring.commands.probation import offer_probation
from hiring.models import Probation, ProbationGoal
from people.models import Event, company_day
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


def save(cast, row, *, actor=None, **fields) -> ProbationGoal:
    return commands.save_goal(actor=actor or cast.dora, probation_id=row.pk, **fields)


def test_a_goal_is_added_behind_the_others_and_changes_the_plan(cast):
    row = make_probation(cast, "empty")
    goal = save(cast, row, kind="contact", target=20, weight=3)
    assert [one.kind for one in row.goals.all()] == ["growth", "first", "contact"]
    assert Probation.objects.get(pk=row.pk).version == row.version + 1
    changed = save(cast, row, goal_id=goal.pk, target=25)
    assert (changed.target, changed.weight, changed.version) == (25, 3, 2)


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"kind": "free"}, "own words"),
        ({"kind": "growth"}, "target"),
        ({"kind": "growth", "target": 0}, "target"),
        ({"kind": "map", "target": 101}, "target"),
        ({"kind": "first", "target": 100}, "within how many days"),
        ({"kind": "first", "target": 100, "within_days": 99}, "28"),
        ({"kind": "contact", "target": 5, "weight": 11}, "1 to 10"),
        ({"kind": "luck", "target": 5}, "no such kind"),
    ],
)
def test_a_goal_that_cannot_be_measured_is_refused(cast, fields, words):
    row = make_probation(cast, "empty")
    with pytest.raises(RuleBroken, match=words):
        save(cast, row, **fields)
    assert row.goals.count() == 2


def test_twelve_goals_are_enough(cast):
    row = make_probation(cast, "empty")
    for number in range(10):
        save(cast, row, kind="free", title=f"Goal {number}")
    with pytest.raises(RuleBroken, match="Twelve"):
        save(cast, row, kind="free", title="One more")


def test_goals_rest_once_they_are_offered(cast):
    row = make_probation(cast, "offered")
    goal = row.goals.first()
    with pytest.raises(RuleBroken):
        save(cast, row, goal_id=goal.pk, target=5)
    with pytest.raises(RuleBroken):
        commands.remove_goal(actor=cast.dora, probation_id=row.pk, goal_id=goal.pk)
    assert row.goals.get(pk=goal.pk).target == 30


def test_a_goal_is_removed_by_who_may_edit(cast):
    row = make_probation(cast, "empty")
    goal = row.goals.first()
    with pytest.raises(RuleBroken):
        commands.remove_goal(actor=cast.kim, probation_id=row.pk, goal_id=goal.pk)
    commands.remove_goal(actor=cast.lena, probation_id=row.pk, goal_id=goal.pk)
    assert row.goals.count() == 1


def removed(cast, row: Probation, goal: ProbationGoal) -> dict:
    event = commands.remove_goal(actor=cast.lena, probation_id=row.pk, goal_id=goal.pk)
    return {"actor": cast.lena, "probation_id": row.pk, "event_id": event.pk}


def test_a_removed_goal_is_put_back_once_as_it_was(cast):
    row = make_probation(cast, "empty")
    before = list(row.goals.values())
    back = removed(cast, row, row.goals.first())
    for _again in "ab":
        commands.restore_goal(**back)
    assert list(row.goals.values("kind", "target", "weight", "must", "position", "pk")) == [
        {name: one[name] for name in ("kind", "target", "weight", "must", "position")}
        | {"pk": one["id"]}
        for one in before
    ]


def test_a_removed_goal_does_not_come_back_to_an_offered_plan_nor_to_another(cast):
    row = make_probation(cast)
    back = removed(cast, row, row.goals.last())
    other = make_probation(cast, "empty", user=cast.lena, lead=cast.dora)
    with pytest.raises(Event.DoesNotExist):
        commands.restore_goal(**back | {"probation_id": other.pk, "actor": cast.dora})
    offer_probation(actor=cast.dora, probation_id=row.pk)
    with pytest.raises(RuleBroken):
        commands.restore_goal(**back)
    assert row.goals.count() == 1


def test_no_thirteenth_goal_comes_back(cast):
    row = make_probation(cast, "empty")
    back = removed(cast, row, row.goals.first())
    for number in range(11):
        save(cast, row, kind="free", title=f"Goal {number}")
    with pytest.raises(RuleBroken, match="Twelve"):
        commands.restore_goal(**back)


def test_a_goal_of_another_probation_is_not_found(cast):
    row = make_probation(cast, "empty")
    other = make_probation(cast, "empty", user=cast.lena, lead=cast.dora).goals.first()
    with pytest.raises(ProbationGoal.DoesNotExist):
        save(cast, row, goal_id=other.pk, target=5)


def test_only_goals_in_own_words_are_judged_and_only_by_the_lead(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    free = ProbationGoal.objects.create(probation=row, kind="free", title="Manners")
    measured = row.goals.first()
    judge = commands.judge_goal
    with pytest.raises(RuleBroken, match="measured"):
        judge(actor=cast.lena, probation_id=row.pk, goal_id=measured.pk, judged=True)
    with pytest.raises(RuleBroken):
        judge(actor=cast.karl, probation_id=row.pk, goal_id=free.pk, judged=True)
    with pytest.raises(RuleBroken, match="missing"):
        judge(actor=cast.lena, probation_id=row.pk, goal_id=free.pk, judged=False)
    found = judge(
        actor=cast.lena, probation_id=row.pk, goal_id=free.pk, judged=False, note="Late twice."
    )
    assert (found.judged, found.judged_note) == (False, "Late twice.")
