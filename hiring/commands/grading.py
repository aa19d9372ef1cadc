"""Grades of a test task: two that do not know of each other, a third when they are far apart."""

from collections import defaultdict

from django.db import transaction

from hiring.choices import HomeTaskState
from hiring.models import HomeTask, ProfileCompetency, Sheet
from hiring.queries import task_notices
from hiring.rules.scoring import LEAST_RATERS, combined_grade, rater_score
from people import commands as people
from people import verbs

verbs.register({"hometask.graded": task_notices.GRADED_WORDS})


def grades_of(task: HomeTask) -> list[float]:
    """Those that are handed in, each by the weights of the position."""
    profile = task.candidacy.vacancy.profile_id
    weights = dict(
        ProfileCompetency.objects.filter(profile=profile).values_list("competency", "weight")
    )
    by_sheet: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = Sheet.objects.filter(home_task=task).submitted()
    for sheet, competency, value in rows.values_list("pk", "marks__competency", "marks__value"):
        if competency is not None:
            by_sheet[sheet][competency].append(value)
    scores = (rater_score(marks, weights) for marks in by_sheet.values())
    return [score for score in scores if score is not None]


@transaction.atomic
def settle_grades(task_id: int) -> HomeTask:
    """Graded when the formula has a result; else the recruiter is told that a third is needed."""
    task = HomeTask.objects.select_for_update(of=("self",)).get(pk=task_id)
    waiting = Sheet.objects.filter(home_task=task, submitted_at=None).exists()
    grades = grades_of(task)
    if waiting or len(grades) < LEAST_RATERS or task.state != HomeTaskState.SUBMITTED:
        return task
    if combined_grade(grades) is None:
        if task.sent_by:
            people.tell(
                user=task.sent_by, kind=task_notices.THIRD_NEEDED, target=task,
                cause=f"hometask:{task.pk}:third",
            )  # fmt: skip
        return task
    task.state = HomeTaskState.GRADED
    task.save(update_fields=["state"])
    people.record(actor=None, verb="hometask.graded", target=task)
    return task
