"""Test tasks: three in the bank; one sent, one being graded, one that needs a third grader."""

import datetime as dt

from hiring.choices import CandidacyState, HomeTaskState, SheetKind, StageKind, TaskPlace
from hiring.models import (
    Candidacy,
    HomeTask,
    Mark,
    ProfileCompetency,
    Sheet,
    TestTask,
    TestTaskVersion,
)
from kpi.demo.hiring import CandidatePlan
from kpi.demo.hiring.tasks import ANSWERS, BETWEEN, CODES, KIND, STRICT, TASKS
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

HOUR = dt.timedelta(hours=1)
# Of those at the stage of the task, in the order of the plan: who grades and how, None for not yet.
UNDER_WAY = (
    {},
    {"beatrice_conti": STRICT, "marco_bianchi": KIND},
    {"beatrice_conti": None, "igor_lebedev": None},
)
LONG_AGO = {"anna_lindqvist": STRICT, "marco_bianchi": KIND, "lucia_herrero": BETWEEN}


def write_tasks(world: World, book: Book) -> None:
    home = [row for row in _bank(world) if row.task.place == TaskPlace.HOME]
    at_task = [
        pair for key in book.vacancies for pair in book.people(key)
        if pair[0].path[-1][0] == StageKind.TASK
    ]  # fmt: skip
    live = [pair for pair in at_task if pair[1].state == CandidacyState.ACTIVE]
    over = [pair for pair in at_task if pair[1].state != CandidacyState.ACTIVE]
    for place, (pair, graders) in enumerate(zip(live, UNDER_WAY, strict=False)):
        _given(world, home[place % 2], pair, graders, ANSWERS[place % 2])
    for pair in over[:1]:
        _given(world, home[0], pair, LONG_AGO, ANSWERS[0])


def _bank(world: World) -> list[TestTaskVersion]:
    rows = []
    for number, (kind, place, hours, minutes, names, texts, guides) in enumerate(TASKS, 1):
        task = TestTask.objects.create(
            code=f"demo-{number}", kind=kind, place=place, hours=hours, minutes=minutes,
            names=dict(zip(CODES, names, strict=True)),
        )  # fmt: skip
        rows.append(
            TestTaskVersion.objects.create(
                task=task, number=1, made_by=world.users["natalia_orlova"], made_at=world.at(150),
                texts=dict(zip(CODES, texts, strict=True)),
                guides=dict(zip(CODES, guides, strict=True)),
            )
        )  # fmt: skip
    return rows


def _given(
    world: World, version: TestTaskVersion, pair: tuple[CandidatePlan, Candidacy],
    graders: dict[str, tuple[int, ...] | None], answer: str,
) -> None:  # fmt: skip
    """Sent on the day the stage was reached, answered that evening, graded at night."""
    person, candidacy = pair
    sent = world.at(person.path[-1][1] if graders else 1, 9)
    task = HomeTask.objects.create(
        candidacy=candidacy, version=version, sent_at=sent,
        sent_by=world.users["natalia_orlova"], due_at=sent + version.task.hours * HOUR,
        time_zone=person.zone, code=f"T-{candidacy.pk:06d}",
    )  # fmt: skip
    if not graders:
        return
    is_settled = graders is LONG_AGO
    task.state = HomeTaskState.GRADED if is_settled else HomeTaskState.SUBMITTED
    task.text, task.submitted_at = answer, sent + 8 * HOUR
    task.save(update_fields=["text", "submitted_at", "state"])
    for key, values in graders.items():
        _graded(world, task, key, values)


def _graded(world: World, task: HomeTask, key: str, values: tuple[int, ...] | None) -> None:
    at = task.submitted_at + 4 * HOUR
    sheet = Sheet.objects.create(
        candidacy=task.candidacy, rater=world.users[key], kind=SheetKind.TASK, home_task=task,
        held_at=at, asked_at=at, asked_by=world.users["natalia_orlova"],
        submitted_at=at + HOUR if values else None,
    )  # fmt: skip
    asked = ProfileCompetency.objects.filter(profile=task.candidacy.vacancy.profile_id)
    for place, weight in enumerate(asked if values else ()):
        Mark.objects.create(
            sheet=sheet,
            competency_id=weight.competency_id,
            value=values[place % len(values)],
            at=at + HOUR,
        )
