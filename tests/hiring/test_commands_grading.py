import pytest
from django.utils import timezone

from hiring.commands.grading import grades_of, settle_grades
from hiring.commands.home_task import ask_graders
from hiring.commands.sheet import submit_sheet
from hiring.models import Candidacy, Candidate, Sheet
from people.models import Notification
from tests.recruiting import make_candidacy, make_home_task, make_marks, make_vacancy, make_weights


@pytest.fixture
def task(cast):
    vacancy = make_vacancy()
    make_weights(vacancy.profile, relations=10)
    task = make_home_task(
        make_candidacy(vacancy), state="submitted", submitted_at=timezone.now(), sent_by=cast.rita
    )
    ask_graders(actor=cast.rita, task_id=task.pk, raters=[cast.ivan, cast.kim])
    return task


def grade(task, rater, value):
    sheet = Sheet.objects.get(home_task=task, rater=rater)
    make_marks(sheet, relations=value)
    submit_sheet(actor=rater, sheet_id=sheet.pk)
    task.refresh_from_db()
    return task.state


def test_two_within_a_point_settle_it(cast, task):
    assert grade(task, cast.ivan, 3) == "submitted"
    assert grade(task, cast.kim, 4) == "graded"
    assert sorted(grades_of(task)) == [3, 4]
    assert settle_grades(task.pk).state == "graded"


def test_further_apart_a_third_is_asked(cast, task):
    grade(task, cast.ivan, 2)
    assert grade(task, cast.kim, 5) == "submitted"
    assert Notification.objects.filter(user=cast.rita, kind="task_third_needed").exists()
    ask_graders(actor=cast.rita, task_id=task.pk, raters=[cast.lena])
    assert grade(task, cast.lena, 4) == "graded"


def test_a_grader_sees_neither_the_person_nor_the_other_grade(cast, task):
    grade(task, cast.ivan, 3)
    for user in (cast.ivan, cast.kim):
        assert not Candidate.objects.visible_to(user).exists()
        assert not Candidacy.objects.visible_to(user).exists()
    assert set(Sheet.objects.visible_to(cast.kim).values_list("rater__name", flat=True)) == {"Kim"}
    assert not Sheet.objects.visible_to(cast.rita).exists()
    grade(task, cast.kim, 3)
    assert Sheet.objects.visible_to(cast.rita).count() == 2
