import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hiring.commands.home_task import ask_graders
from hiring.commands.link import make_link
from hiring.models import HomeTask, Sheet
from hiring.queries.home_tasks import possible_graders
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_home_task,
    make_marks,
    make_sheet,
    make_vacancy,
    make_version,
    make_weights,
)


@pytest.fixture
def candidacy(cast):
    vacancy = make_vacancy()
    make_weights(vacancy.profile, relations=10)
    return make_candidacy(vacancy, make_candidate("Olga Planted", summary="Grew up selling"))


def url(name, *args):
    return reverse(f"hiring:{name}", args=args)


def test_a_recruiter_sends_a_task_and_follows_it(cast, reader, candidacy):
    client, version = reader(cast.rita), make_version()
    send = url("home_task_send", candidacy.pk)
    assert "Olga Planted" in client.get(send).content.decode()
    client.post(send, {"version": version.pk})
    task = HomeTask.objects.get()
    page = client.get(url("home_task_page", task.pk)).content.decode()
    assert task.code in page and "Give more time" in page
    later = (timezone.now() + 9 * DAY).strftime("%Y-%m-%dT%H:%M")
    client.post(url("home_task_extend", task.pk), {"due_at": later})
    client.post(url("home_task_cancel", task.pk))
    task.refresh_from_db()
    assert task.state == "cancelled"


def test_without_a_task_for_home_the_page_says_what_to_do(cast, reader, candidacy):
    assert (
        "The bank has no task"
        in reader(cast.rita).get(url("home_task_send", candidacy.pk)).content.decode()
    )


def test_the_candidate_reads_it_and_hands_in_by_their_link(cast, client, candidacy):
    task = make_home_task(candidacy)
    token = make_link(candidacy.candidate).token
    page = client.get(url("own_page", token)).content.decode()
    assert "A customer leaves." in page and "Causes." not in page
    data = {"text": "Call them.", "files": [SimpleUploadedFile("plan.txt", b"Win them back")]}
    client.post(url("own_task", token, task.pk), data)
    task.refresh_from_db()
    assert (task.state, task.files.count()) == ("submitted", 1)
    elsewhere = make_home_task(make_candidacy(candidacy.vacancy))
    assert client.post(url("own_task", token, elsewhere.pk), {"text": "x"}).status_code == 404
    assert client.post(url("own_task", "x" * 43, task.pk), {"text": "x"}).status_code == 404


def test_a_grader_reads_a_code_and_an_answer_but_no_name(cast, reader, candidacy):
    task = make_home_task(
        candidacy, state="submitted", submitted_at=timezone.now(), text="Call them first."
    )
    ask_graders(actor=cast.rita, task_id=task.pk, raters=[cast.ivan, cast.kim])
    sheet = Sheet.objects.get(rater=cast.ivan)
    for address in (url("sheet_page", sheet.pk), url("sheet_mine"), "/news/"):
        page = reader(cast.ivan).get(address, follow=True).content.decode()
        assert "Planted" not in page and "Grew up" not in page
    page = reader(cast.ivan).get(url("sheet_page", sheet.pk)).content.decode()
    assert task.code in page and "Call them first." in page and "Causes." in page


def test_a_third_grader_is_one_of_those_left(cast, reader, candidacy):
    task = make_home_task(candidacy, state="submitted", submitted_at=timezone.now(), text="x")
    for rater, value in ((cast.ivan, 1), (cast.kim, 5)):
        sheet = make_sheet(
            candidacy, rater, kind="task", home_task=task, submitted_at=timezone.now()
        )
        make_marks(sheet, relations=value)
    page = reader(cast.rita).get(url("home_task_page", task.pk)).content.decode()
    assert page.count('type="radio"') == len(possible_graders(task)) > 0
    reader(cast.rita).post(url("home_task_graders", task.pk), {"raters": [cast.karl.pk]})
    assert task.sheets.filter(rater=cast.karl).exists()


def test_the_card_shows_that_grades_exist_and_not_which(cast, reader, candidacy):
    task = make_home_task(candidacy, state="submitted", submitted_at=timezone.now(), text="x")
    reader(cast.rita).post(
        url("home_task_graders", task.pk), {"raters": [cast.ivan.pk, cast.kim.pk]}
    )
    page = reader(cast.rita).get(url("candidate_rounds", candidacy.candidate_id)).content.decode()
    assert "Ivan" in page and "waited for" in page
