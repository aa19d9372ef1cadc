import pytest
from django.utils import timezone

from common.choices import JobState
from common.models import Job
from people.models import Event
from tests.kpi.books import DAY, make_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def make_job(**fields) -> Job:
    if fields.get("state") in (JobState.DONE, JobState.FAILED):
        fields = {"started_at": timezone.now(), "finished_at": timezone.now(), **fields}
    return Job.objects.create(**{"name": "kpi.jobs.recompute", **fields})


def test_the_list_tells_work_in_words(cast, director):
    make_job(state=JobState.DONE, result={"accounts": 250, "changed": 1, "as_of": "2026-03-31"})
    page = director.get("/runs/").content.decode()
    assert "The night’s figures as of 31\u00a0Mar\u00a02026" in page
    assert "250 accounts" in page and "1 row changed" in page
    assert "kpi.jobs" not in page.split("<main")[1]


def test_an_empty_list_says_what_will_appear(director):
    assert "Nothing has run yet" in director.get("/runs/").content.decode()


def test_others_see_only_what_they_started(cast, reader):
    make_job()
    own = make_job(created_by=cast.karl)
    client = reader(cast.karl)
    assert [run.job for run in client.get("/runs/").context["runs"]] == [own]
    foreign = make_job(created_by=cast.dora)
    assert client.get(f"/runs/{foreign.pk}/").status_code == 404
    assert client.post(f"/runs/{foreign.pk}/stop/").status_code == 404
    assert reader(cast.adam).get(f"/runs/{foreign.pk}/").status_code == 200
    assert reader(cast.rita).get("/runs/").status_code == 404


def test_pages_of_runs_go_on_where_the_last_one_ended(director):
    jobs = [make_job(state=JobState.DONE) for _ in range(35)]
    first = director.get("/runs/")
    assert len(first.context["runs"]) == 30
    second = director.get("/runs/", {"before": first.context["following"]})
    assert [run.job for run in second.context["runs"]] == jobs[4::-1]
    for wrong in ("x", "²", "-1", "9" * 5000, str(2**63)):
        assert director.get("/runs/", {"before": wrong}).status_code == 200


def test_progress_is_polled_until_the_end(director):
    job = make_job(state=JobState.RUNNING, done=40, total=80)
    page = director.get(f"/runs/{job.pk}/").content.decode()
    assert "every 1s" in page and 'value="50"' in page
    assert director.get(f"/runs/{job.pk}/progress/").status_code == 200
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert director.get(f"/runs/{job.pk}/progress/").status_code == 286
    assert "every 1s" not in director.get(f"/runs/{job.pk}/").content.decode()


def test_a_failure_is_told_without_technical_words(director):
    job = make_job(state=JobState.FAILED, error="IntegrityError: duplicate key")
    page = director.get(f"/runs/{job.pk}/").content.decode()
    assert "ended with an error" in page
    assert "IntegrityError" not in page


def test_stopping_asks_the_job_and_is_recorded(cast, director):
    job = make_job(state=JobState.RUNNING)
    director.post(f"/runs/{job.pk}/stop/")
    job.refresh_from_db()
    assert job.cancel_asked
    assert Event.objects.about(job).get().verb == "job.stopped"


def test_the_director_computes_now_and_nobody_else(cast, director, reader, run_jobs):
    make_book(cast)
    assert reader(cast.karl).post("/runs/compute/").status_code == 404
    assert reader(cast.adam).post("/runs/compute/").status_code == 404
    answer = director.post("/runs/compute/", {"as_of": DAY.isoformat()})
    job = Job.objects.get()
    assert answer.url == f"/runs/{job.pk}/"
    assert run_jobs()[0].state == JobState.DONE


def test_a_day_beyond_the_ledger_is_refused_in_words(cast, director):
    make_book(cast)
    answer = director.post("/runs/compute/", {"as_of": "2999-01-01"})
    assert answer.status_code == 422
    assert "choose that day or an earlier one" in answer.content.decode()
    assert not Job.objects.exists()


def test_the_same_number_of_queries_for_one_run_and_many(director, django_assert_max_num_queries):
    for _ in range(25):
        make_job(state=JobState.DONE)
    with django_assert_max_num_queries(13):
        director.get("/runs/")


def test_the_last_night_is_a_sentence_for_the_settings(cast, director, reader):
    assert "never been computed" in director.get("/runs/night/").content.decode()
    assert reader(cast.sam).get("/runs/night/").status_code == 404


def test_work_that_was_started_again_is_on_top(director):
    first = make_job(state=JobState.DONE)
    second = make_job(state=JobState.DONE)
    Job.objects.filter(pk=first.pk).update(created_at=timezone.now())
    assert [run.job for run in director.get("/runs/").context["runs"]] == [first, second]
    older = director.get("/runs/", {"before": first.pk}).context["runs"]
    assert [run.job for run in older] == [second]
