import pytest
from django.utils import timezone

from hiring.models import Candidacy, HomeTask
from hiring.queries.home_tasks import (
    bank,
    graded,
    is_late,
    part_of,
    possible_graders,
    timeline_of,
    usable,
    visible_task,
)
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_home_task,
    make_sheet,
    make_vacancy,
    make_version,
)


@pytest.fixture
def candidacy(cast):
    return make_candidacy(make_vacancy())


def test_the_newest_version_that_is_not_known_outside_can_be_sent(cast):
    first = make_version()
    second = first.task.versions.create(number=2, texts={"en": "Anew"})
    third = first.task.versions.create(number=3, leaked_at=timezone.now())
    retired = make_version()
    retired.task.retired_at = timezone.now()
    retired.task.save()
    assert usable(cast.rita) == [second]
    assert usable(cast.ivan) == []
    assert {task.pk for task in bank(cast.dora)} == {third.task_id, retired.task_id}


def test_the_candidates_page_shows_what_was_not_withdrawn(candidacy):
    now = timezone.now()
    assert part_of(candidacy.candidate, now) is None
    make_home_task(candidacy, state="cancelled")
    late = make_home_task(candidacy, due_at=now - DAY)
    (shown,) = part_of(candidacy.candidate, now)["tasks"]
    assert (shown["task"], shown["is_open"], shown["is_past"]) == (late, True, True)


def test_grades_are_told_when_all_is_settled(cast, candidacy):
    task = make_home_task(candidacy, state="submitted")
    shown = graded(task, cast.rita, 3.5, needs_third=False)
    assert (shown.result, shown.given, shown.is_late) == (None, [], False)
    task.state = "graded"
    assert graded(task, cast.rita, 3.5, needs_third=False).result == 3.5


def test_of_somebody_erased_there_is_no_task(cast, candidacy):
    task = make_home_task(candidacy)
    assert visible_task(cast.rita, task.pk) == task
    Candidacy.objects.update(candidate=None)
    with pytest.raises(HomeTask.DoesNotExist):
        visible_task(cast.rita, task.pk)


def test_the_timeline_says_when_it_came_late(cast, candidacy):
    now = timezone.now()
    task = make_home_task(candidacy, due_at=now - DAY, submitted_at=now, state="submitted")
    assert is_late(task)
    told = [entry.sentence for entry in timeline_of(candidacy.candidate, cast.rita)]
    assert len(told) == 2 and "late" in told[1]
    assert timeline_of(candidacy.candidate, cast.dora) == []


def test_graders_work_in_sales_or_hiring_and_neither_grade_twice_nor_themselves(cast, candidacy):
    candidacy.candidate.user = cast.kim
    candidacy.candidate.save()
    task = make_home_task(candidacy)
    make_sheet(candidacy, cast.ivan, kind="task", home_task=task)
    people = set(possible_graders(task))
    assert {cast.karl, cast.rita, cast.dora} <= people
    assert not people & {cast.kim, cast.ivan, cast.anna, cast.adam, cast.sam}
