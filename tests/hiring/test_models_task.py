import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.models import HomeTask, TestTask, TestTaskVersion
from tests.recruiting import DAY, make_candidacy, make_home_task, make_vacancy, make_version


@pytest.fixture
def candidacy(cast):
    return make_candidacy(make_vacancy(), shortlisted_at=timezone.now())


def test_recruiters_see_tasks_of_candidates_and_nobody_else(cast, candidacy):
    make_home_task(candidacy)
    assert HomeTask.objects.visible_to(cast.rita).exists()
    for user in (cast.dora, cast.ivan, cast.lena, cast.karl, cast.adam, cast.sam):
        assert not HomeTask.objects.visible_to(user).exists()


def test_hirers_read_the_bank(cast):
    make_version()
    for user, reads in (
        (cast.rita, True),
        (cast.dora, True),
        (cast.ivan, False),
        (cast.kim, False),
    ):
        assert TestTask.objects.visible_to(user).exists() is reads
        assert TestTaskVersion.objects.visible_to(user).exists() is reads


def test_a_version_is_given_once_to_a_person_unless_it_was_withdrawn(candidacy):
    version = make_version()
    first = make_home_task(candidacy, version=version)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_home_task(candidacy, version=version)
    HomeTask.objects.filter(pk=first.pk).update(state="cancelled")
    assert make_home_task(candidacy, version=version)


def test_overdue_is_what_was_sent_and_has_passed(candidacy):
    now = timezone.now()
    late = make_home_task(candidacy, due_at=now - DAY)
    make_home_task(candidacy, due_at=now - DAY, state="submitted")
    make_home_task(candidacy, due_at=now + DAY)
    assert list(HomeTask.objects.overdue(now)) == [late]


def test_a_number_stands_once(cast):
    version = make_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        TestTaskVersion.objects.create(task=version.task, number=1)
