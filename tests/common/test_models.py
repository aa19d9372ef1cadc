import pytest

from common.choices import ImportState, JobState
from common.models import Import, Job
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def test_directors_and_administrators_see_all_work_others_their_own():
    cast = make_cast()
    Job.objects.create(name="a", created_by=cast.karl)
    Job.objects.create(name="b", created_by=cast.kim)
    seen = {
        name: [job.name for job in Job.objects.visible_to(getattr(cast, name)).order_by("name")]
        for name in ("dora", "adam", "karl", "rita")
    }
    assert seen == {"dora": ["a", "b"], "adam": ["a", "b"], "karl": ["a"], "rita": []}


def test_imports_are_company_business():
    cast = make_cast()
    Import.objects.create(kind="ledger", filename="may.csv", state=ImportState.APPLIED)
    assert Import.objects.visible_to(cast.dora).exists()
    assert Import.objects.visible_to(cast.adam).exists()
    assert not Import.objects.visible_to(cast.karl).exists()


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, None), (1, 3, 33), (9, 3, 100)])
def test_progress_is_unknown_without_a_total_and_never_above_all(done, total, percent):
    assert Job(done=done, total=total).percent == percent


def test_a_job_is_finished_however_it_ended():
    ended = [state for state in JobState if Job(state=state).is_finished]
    assert ended == [JobState.DONE, JobState.FAILED, JobState.CANCELLED]
