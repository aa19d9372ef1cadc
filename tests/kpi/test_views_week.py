import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Contact, Observation, Promise, Task, Touchpoint
from tests.cast import LONG_AGO, make_account
from tests.field import make_logged
from tests.field_tasks import make_helper, make_rhythm, make_task, make_tier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_tier(account, "A", revenue=1000)
    make_rhythm(account, TODAY)
    return account


@pytest.fixture
def karl(cast, reader):
    return reader(cast.karl)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_manager_opens_the_week(cast, account, karl):
    make_task("Call the buyer", owner=cast.karl, account=account, due=TODAY)
    page = text(karl.get("/"))
    assert "Call the buyer" in page
    assert "1 of 1 account was met within its rhythm." in page
    part = text(karl.get(f"/?day={TODAY.isoformat()}", **HTMX))
    assert "<html" not in part
    assert "Call the buyer" in part
    assert karl.get("/?day=2026-13-45").status_code == 200


def test_a_line_is_done_in_its_place(cast, account, karl):
    task = make_task("Call the buyer", owner=cast.karl, account=account, due=TODAY)
    answer = karl.post("/week/", {"line": f"task:{task.pk}", "do": "done"}, **HTMX)
    assert "Nothing waits for you today" in text(answer)
    assert "/tasks/undo/" in answer["HX-Trigger"]
    assert karl.post("/week/", {"line": f"task:{task.pk}", "do": "done"}).status_code == 302


def test_a_line_is_postponed_and_put_on_a_day(cast, account, karl):
    task = make_task("Call the buyer", owner=cast.karl, account=account, due=TODAY)
    line = {"line": f"task:{task.pk}"}
    karl.post("/week/", {**line, "do": "postpone", "days": "7"}, **HTMX)
    assert Task.objects.get().due == TODAY + dt.timedelta(days=7)
    karl.post("/week/", {**line, "do": "plan", "day": TODAY.isoformat()}, **HTMX)
    assert Task.objects.get().planned_on == TODAY
    refused = karl.post("/week/", {**line, "do": "plan", "day": "2020-01-01"}, **HTMX)
    assert "Choose today or a later day." in refused["HX-Trigger"]


def test_a_rhythm_put_on_a_day_becomes_a_task(cast, account, karl):
    data = {
        "line": f"cadence:{account.pk}", "do": "plan", "day": TODAY.isoformat(),
        "account": account.pk, "title": "Contact Hansa", "cause": f"cadence:{account.pk}",
    }  # fmt: skip
    assert "Contact Hansa" in text(karl.post("/week/", data, **HTMX))
    foreign = make_account().pk
    assert karl.post("/week/", {**data, "account": foreign}).status_code == 404


def test_a_promise_is_kept_and_taken_back(cast, account, karl):
    promise = Promise.objects.create(
        account=account, text="x", colleague=cast.karl, made_on=LONG_AGO, due=TODAY
    )
    answer = karl.post("/week/", {"line": f"promise:{promise.pk}", "do": "kept"}, **HTMX)
    undo = f"/week/promises/{promise.pk}/undo/"
    assert undo in answer["HX-Trigger"]
    promise.refresh_from_db()
    assert promise.state == "kept"
    karl.post(undo)
    promise.refresh_from_db()
    assert promise.state == "open"


def test_a_fact_is_confirmed_in_the_line(cast, account, karl):
    person = Contact.objects.create(name="Jutta")
    person.positions.create(account=account, valid_from=LONG_AGO)
    row = Observation.objects.create(
        account=account, contact=person, fact="stance", value="4", day=LONG_AGO, author=cast.karl
    )
    assert "Jutta" in text(karl.get("/"))
    answer = karl.post("/week/", {"line": f"fact:{row.pk}", "do": "confirm"}, **HTMX)
    assert "Jutta" not in text(answer)
    assert Observation.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [{}, {"line": "task:x", "do": "done"}, {"line": "task:1", "do": "fly"},
     {"line": "task:999", "do": "done"}],
)  # fmt: skip
def test_what_means_nothing_is_not_found(karl, data):
    assert karl.post("/week/", data).status_code == 404


def test_an_assistant_sees_what_is_overdue_for_whom(cast, account, reader):
    make_task("Late one", owner=cast.karl, account=account, due=LONG_AGO)
    page = text(reader(cast.anna).get("/"))
    assert "What is overdue, and for whom" in page
    assert "Late one" in page


def test_a_helper_opens_the_day_with_the_tasks_given(cast, account, reader):
    make_helper(account, cast.ivan)
    make_task("Book the lorry", owner=cast.ivan, account=account, created_by=cast.karl)
    page = text(reader(cast.ivan).get("/"))
    assert "Book the lorry" in page
    assert "Hansa" in page
    assert f"/accounts/{account.pk}/" not in page


def test_the_book_is_a_page_of_managers_and_assistants(cast, reader):
    assert reader(cast.karl).get("/book/").status_code == 200
    assert reader(cast.ivan).get("/book/").status_code == 404


def test_nothing_is_postponed_by_more_days_than_there_are(cast, account, karl):
    task = make_task("Call the buyer", owner=cast.karl, account=account, due=TODAY)
    far = {"line": f"task:{task.pk}", "do": "postpone", "days": "9" * 18}
    assert karl.post("/week/", far).status_code == 302
    task.refresh_from_db()
    assert task.due == TODAY + dt.timedelta(days=370)


def test_a_planned_meeting_is_put_on_another_day_and_back(cast, account, karl):
    at = timezone.now() + dt.timedelta(days=1)
    plan = make_logged(cast.karl, account, state="planned", at=at)
    line = f"meeting:{plan.pk}"
    shown = timezone.localdate(at).isoformat()
    assert f'data-line="{line}"' in text(karl.get(f"/?day={shown}", **HTMX))
    day = TODAY + dt.timedelta(days=3)
    data = {"line": line, "do": "plan", "day": day.isoformat(), "shown": shown}
    answer = karl.post("/week/", data, **HTMX)
    assert timezone.localdate(Touchpoint.objects.get().at) == day
    undo = f"/week/meetings/{plan.pk}/undo/"
    assert undo in answer["HX-Trigger"]
    assert karl.post(undo).status_code == 302
    assert Touchpoint.objects.get().at == at


def test_a_lead_moves_no_meeting_that_is_a_managers(cast, account, reader):
    at = timezone.now() + dt.timedelta(minutes=5)
    plan = make_logged(
        cast.karl, account, state="planned", at=at, colleague_ids=[cast.karl.pk, cast.lena.pk]
    )
    shown = timezone.localdate(at).isoformat()
    page = text(reader(cast.lena).get(f"/?day={shown}", **HTMX))
    assert "meeting with Hansa" in page
    assert f"meeting:{plan.pk}" not in page
    data = {"line": f"meeting:{plan.pk}", "do": "plan", "day": TODAY.isoformat()}
    assert reader(cast.lena).post("/week/", data, **HTMX).status_code == 404
