"""What is to be reached in a trial."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.ordered import next_place
from hiring.choices import GoalKind
from hiring.commands.probation_steps import ask, locked
from hiring.models import Probation, ProbationGoal
from people import verbs
from people.commands import record
from people.models import Event, User

FIELDS = ("kind", "title", "target", "within_days", "weight", "must")
MOST = {GoalKind.GROWTH: 1000, GoalKind.FIRST: 100, GoalKind.MAP: 100, GoalKind.CONTACT: 1000}
MOST_GOALS = 12

verbs.register(
    {
        "probation.goal_saved": gettext_lazy("A goal of a probation was set"),
        "probation.goal_removed": gettext_lazy("A goal of a probation was removed"),
        "probation.goal_judged": gettext_lazy("A goal of a probation was judged"),
    }
)


@transaction.atomic
def save_goal(
    *, actor: User, probation_id: int, goal_id: int | None = None, **fields
) -> ProbationGoal:
    """A new goal, or changed fields of one; only while the plan is a draft.

    Targets: per cent for growth, first and map, a number for contacts, none in own words.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a goal: {sorted(unknown)}")
    probation = locked(probation_id, actor=actor)
    ask(probation, "edit", actor)
    if goal_id is None:
        _check_number(probation)
        goal = ProbationGoal(probation=probation, position=next_place(probation.goals.all()))
    else:
        goal = probation.goals.select_for_update().get(pk=goal_id)
        goal.version += 1
    for name, value in fields.items():
        setattr(goal, name, value)
    _check(goal, probation)
    goal.save()
    _touch(probation)
    record(actor=actor, verb="probation.goal_saved", target=probation, goal=goal.pk, kind=goal.kind)
    return goal


def _check_number(probation: Probation) -> None:
    if probation.goals.count() >= MOST_GOALS:
        raise RuleBroken(_("Twelve goals are enough; remove one first."))


def _check(goal: ProbationGoal, probation: Probation) -> None:
    goal.title = goal.title.replace("\x00", "").strip()
    if goal.kind not in GoalKind.values:
        raise RuleBroken(_("There is no such kind of goal."))
    if not 1 <= goal.weight <= 10:
        raise RuleBroken(_("A goal weighs from 1 to 10."))
    if goal.kind == GoalKind.FREE:
        goal.target = goal.within_days = None
        if not goal.title:
            raise RuleBroken(_("Say in your own words what is to be reached."))
        return
    if goal.target is None or not 0 < Decimal(goal.target) <= MOST[GoalKind(goal.kind)]:
        raise RuleBroken(
            _("Choose a target between 1 and %(most)s.") % {"most": MOST[GoalKind(goal.kind)]}
        )
    if goal.kind != GoalKind.FIRST:
        goal.within_days = None
        return
    days = (probation.ends_on - probation.starts_on).days + 1
    if not goal.within_days or goal.within_days > days:
        raise RuleBroken(_("Say within how many days; the trial has %(days)s.") % {"days": days})


def _touch(probation: Probation) -> None:
    """Another plan: whoever has the old one open is told so."""
    Probation.objects.filter(pk=probation.pk).update(version=probation.version + 1)


@transaction.atomic
def remove_goal(*, actor: User, probation_id: int, goal_id: int) -> Event:
    """Out of the plan; the event says all that is needed to put it back."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "edit", actor)
    goal = probation.goals.get(pk=goal_id)
    kept = {name: getattr(goal, name) for name in (*FIELDS, "position")}
    kept["target"] = None if goal.target is None else str(goal.target)
    event = record(
        actor=actor, verb="probation.goal_removed", target=probation, goal=goal.pk, kept=kept
    )
    goal.delete()
    _touch(probation)
    return event


@transaction.atomic
def restore_goal(*, actor: User, probation_id: int, event_id: int) -> ProbationGoal:
    """The goal whose removal the event notes, in its place; pressed twice it is there once."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "edit", actor)
    events = Event.objects.about(probation).filter(verb="probation.goal_removed")
    data = events.get(pk=event_id, data__has_key="kept").data
    goal = probation.goals.filter(pk=data["goal"]).first()
    if goal:
        return goal
    _check_number(probation)
    goal = ProbationGoal(pk=data["goal"], probation=probation, **data["kept"])
    goal.target = goal.target and Decimal(goal.target)
    _check(goal, probation)
    goal.save(force_insert=True)
    _touch(probation)
    record(actor=actor, verb="probation.goal_saved", target=probation, goal=goal.pk, kind=goal.kind)
    return goal


@transaction.atomic
def judge_goal(
    *, actor: User, probation_id: int, goal_id: int, judged: bool | None, note: str = ""
) -> ProbationGoal:
    """The lead's word on a goal in own words; None takes it back."""
    probation = locked(probation_id, actor=actor)
    ask(probation, "judge", actor)
    goal = probation.goals.select_for_update().get(pk=goal_id)
    if goal.kind != GoalKind.FREE:
        raise RuleBroken(_("This goal is measured, not judged."))
    note = " ".join(note.replace("\x00", "").split())[:400]
    if judged is False and not note:
        raise RuleBroken(_("Say what is missing."))
    goal.judged, goal.judged_note, goal.version = judged, note, goal.version + 1
    goal.save(update_fields=["judged", "judged_note", "version"])
    record(actor=actor, verb="probation.goal_judged", target=probation, goal=goal.pk, judged=judged)
    return goal
