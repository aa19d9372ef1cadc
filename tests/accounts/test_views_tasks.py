import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import task as commands
from accounts.models import Contact, Task
from accounts.queries import task_list
from people.models import Event
from tests.cast import make_account
from tests.field_tasks import make_helper, make_task

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATE = TODAY - dt.timedelta(days=3)
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/tasks/?scope=mine"}


@pytest.fixture
def karl(cast, reader):
    return reader(cast.karl)


def text(response):
    return response.content.decode()


def test_the_list_shows_late_tasks_first_and_counts_each_tab(cast, account, karl):
    make_task("Ship samples", owner=cast.karl, account=account)
    make_task("Call the buyer", owner=cast.karl, account=account, due=LATE)
    make_task("Print offers", owner=cast.anna, account=account, created_by=cast.karl)
    page = text(karl.get("/tasks/"))
    assert page.index("Call the buyer") < page.index("Ship samples")
    assert "3 days overdue" in page
    assert "Print offers" not in page
    assert "Print offers" in text(karl.get("/tasks/?scope=given"))
    assert "Ship samples" not in text(karl.get("/tasks/?scope=overdue"))
    assert task_list.counts(cast.karl) == {"mine": 2, "given": 1, "accounts": 3, "overdue": 1}


def test_the_list_is_searched_by_task_and_account(cast, account, karl):
    make_task("Позвонить", owner=cast.karl)
    make_task("Write", owner=cast.karl, account=account)
    assert "Позвонить" in text(karl.get("/tasks/?q=pozvon"))
    assert "Write" not in text(karl.get("/tasks/?q=pozvon"))
    assert "No task is found" in text(karl.get("/tasks/?q=nothing"))
    assert karl.get("/tasks/?scope=none&page=x").status_code == 200


def test_the_list_asks_the_same_for_one_and_many(
    cast, account, karl, django_assert_max_num_queries
):
    for number in range(30):
        make_task(owner=cast.karl, account=make_account(owner=cast.karl), cause=f"n{number}")
    with django_assert_max_num_queries(15):
        karl.get("/tasks/")


def test_who_helps_sees_the_task_and_the_accounts_name_but_no_card(cast, account, reader):
    make_helper(account, cast.ivan)
    task = make_task("Book the lorry", owner=cast.ivan, account=account, created_by=cast.karl)
    ivan = reader(cast.ivan)
    page = text(ivan.get("/tasks/"))
    assert "Book the lorry" in page
    assert "Hansa" in page
    assert f'href="/accounts/{account.pk}/"' not in page
    assert ivan.get(f"/accounts/{account.pk}/").status_code == 404
    assert ivan.get(f"/tasks/{task.pk}/edit/").status_code == 404
    person = Contact.objects.create(name="Jutta Krämer")
    person.positions.create(account=account, valid_from=TODAY)
    commands.edit_task(actor=cast.karl, task_id=task.pk, version=1, contact_id=person.pk)
    for path in ("/tasks/", f"/tasks/{task.pk}/", "/"):
        assert "Jutta" not in text(ivan.get(path))
    assert ivan.post(f"/tasks/{task.pk}/comment/", {"text": "Left at six"}).status_code == 302
    assert "Left at six" in text(ivan.get(f"/tasks/{task.pk}/"))
    assert ivan.post(f"/tasks/{task.pk}/complete/").status_code == 302
    task.refresh_from_db()
    assert task.state == "done"


def test_a_task_is_made_in_the_drawer(cast, account, karl):
    url = f"/tasks/new/?account={account.pk}&title=Who+signs&cause=hole:finance"
    assert "Who signs" in text(karl.get(url, **HTMX))
    data = {"title": "Who signs", "owner": cast.anna.pk, "minutes": 20, "account": account.pk,
            "cause": "hole:finance", "due": TODAY.isoformat(), "repeat_unit": "week"}  # fmt: skip
    answer = karl.post(url, data, **HTMX)
    assert answer["HX-Redirect"] == "/tasks/?scope=mine"
    made = Task.objects.get()
    assert (made.owner, made.cause, made.repeat_every) == (cast.anna, "hole:finance", 1)
    refused = karl.post(url, {**data, "owner": cast.kim.pk}, **HTMX)
    assert refused.status_code == 422
    assert karl.get(f"/tasks/new/?account={make_account().pk}").status_code == 404


@pytest.mark.parametrize("of_account", [True, False])
def test_a_form_sent_twice_makes_one_task(cast, account, karl, of_account):
    url = f"/tasks/new/?account={account.pk}" if of_account else "/tasks/new/"
    key = karl.get(url, **HTMX).context["key"]
    data = {"title": "Call", "owner": cast.karl.pk, "minutes": 15, "key": key}
    for _n in range(3):
        assert karl.post(url, data, **HTMX).status_code == 204
    assert Task.objects.count() == 1
    karl.post(url, {**data, "key": "another"}, **HTMX)
    assert Task.objects.count() == 2


def test_a_line_is_done_in_its_place_and_taken_back(cast, account, karl):
    task = make_task("Call", owner=cast.karl, account=account)
    answer = karl.post(f"/tasks/{task.pk}/complete/", **HTMX)
    assert "is-settled" in text(answer)
    undo = f"/tasks/undo/{Event.objects.get(verb='task.completed').pk}/"
    assert undo in answer["HX-Trigger"]
    assert karl.post(undo, HTTP_REFERER="http://testserver/tasks/").url == "/tasks/"
    task.refresh_from_db()
    assert task.state == "open"


def test_a_line_is_postponed_by_days_or_until_a_day(cast, account, karl):
    task = make_task("Call", owner=cast.karl, account=account, due=LATE)
    karl.post(f"/tasks/{task.pk}/postpone/", {"days": "7"}, **HTMX)
    assert Task.objects.get().due == TODAY + dt.timedelta(days=7)
    assert karl.get(f"/tasks/{task.pk}/postpone/", **HTMX).status_code == 200
    karl.post(f"/tasks/{task.pk}/postpone/", {"due": TODAY.isoformat()}, **HTMX)
    assert Task.objects.get().due == TODAY
    refused = karl.post(f"/tasks/{task.pk}/postpone/", {"due": LATE.isoformat()}, **HTMX)
    assert refused.status_code == 422


def test_a_line_given_to_somebody_else_stays_on_the_givers_list(cast, account, karl):
    task = make_task("Call", owner=cast.karl, account=account)
    page = text(karl.get(f"/tasks/{task.pk}/give/", **HTMX))
    assert "Anna" in page
    assert "Kim" not in page
    karl.post(f"/tasks/{task.pk}/give/", {"owner": cast.anna.pk}, **HTMX)
    task.refresh_from_db()
    assert task.owner == cast.anna


def test_the_second_saver_sees_both_versions(cast, account, karl, reader):
    task = make_task("Call", owner=cast.karl, account=account)
    data = {"title": "Call Anna", "owner": cast.karl.pk, "minutes": 15, "version": 1}
    assert karl.post(f"/tasks/{task.pk}/edit/", data, **HTMX).status_code == 204
    told = reader(cast.anna).post(f"/tasks/{task.pk}/edit/", {**data, "title": "Call Bob"}, **HTMX)
    assert told.status_code == 409
    assert "Call Anna" in text(told)
    assert 'value="Call Bob"' in text(told)
    task.refresh_from_db()
    assert task.title == "Call Anna"
    again = {**data, "title": "Call Bob", "version": 2}
    assert reader(cast.anna).post(f"/tasks/{task.pk}/edit/", again, **HTMX).status_code == 204


def test_ticked_tasks_are_settled_together_or_not_at_all(cast, account, karl):
    ids = [make_task(owner=cast.karl, account=account).pk for _n in range(2)]
    foreign = make_task(owner=cast.kim).pk
    assert karl.post("/tasks/settle/", {"ids": [*ids, foreign]}).status_code == 404
    assert Task.objects.open().count() == 3
    karl.post("/tasks/settle/", {"ids": ids, "action": "postpone", "due": TODAY.isoformat()})
    assert Task.objects.filter(due=TODAY).count() == 2
    karl.post("/tasks/settle/", {"ids": ids, "action": "postpone", "due": LATE.isoformat()})
    assert Task.objects.filter(due=TODAY).count() == 2
    karl.post("/tasks/settle/", {"ids": ids, "action": "complete"})
    assert Task.objects.filter(state="done").count() == 2
    event = Event.objects.get(verb="user.tasks_completed")
    karl.post(f"/tasks/settle/{event.pk}/undo/")
    assert Task.objects.filter(state="done").count() == 0
    assert karl.post("/tasks/settle/", {"ids": ["x"]}).status_code == 404


def test_a_repeated_task_at_the_end_of_all_days_is_refused(cast, account, karl):
    fields = {"account": account.pk, "title": "Call", "owner": cast.karl.pk, "minutes": 5}
    fields |= {"repeat_every": 1, "repeat_unit": "month"}
    for due in ("9999-12-31", "0001-01-01"):
        assert karl.post("/tasks/new/", {**fields, "due": due}).status_code == 422
    assert not Task.objects.exists()


def test_signs_that_no_text_has_are_cut_from_tasks(cast, account, karl):
    task = make_task("Call", owner=cast.karl, account=account)
    karl.post(f"/tasks/{task.pk}/complete/", {"outcome": "Do\x00ne"})
    task.refresh_from_db()
    assert task.outcome == "Done"
    fields = {"account": account.pk, "title": "Two", "owner": cast.karl.pk, "minutes": 5}
    karl.post("/tasks/new/", {**fields, "cause": "hole:\x001"})
    assert Task.objects.get(title="Two").cause == "hole:1"


def test_a_helper_is_not_shown_to_whom_a_task_could_be_given(cast, account, reader):
    helper = make_helper(account, cast.ivan)
    task = make_task("Print labels", owner=cast.ivan, account=account)
    ivan = reader(cast.ivan)
    assert helper and ivan.get(f"/tasks/{task.pk}/").status_code == 200
    assert ivan.get(f"/tasks/{task.pk}/give/").status_code == 404
    assert ivan.post(f"/tasks/{task.pk}/give/", {"owner": cast.dora.pk}).status_code == 404


def test_the_list_is_narrowed_to_one_person(cast, account, reader):
    make_task("Ring Hansa", owner=cast.anna, account=account)
    make_task("Visit Hansa", owner=cast.karl, account=account)
    karl = reader(cast.karl)
    whole = text(karl.get("/tasks/?scope=accounts"))
    assert "Ring Hansa" in whole and "Visit Hansa" in whole and "Whose tasks" in whole
    of_anna = text(karl.get(f"/tasks/?scope=accounts&owner={cast.anna.pk}"))
    assert "Ring Hansa" in of_anna and "Visit Hansa" not in of_anna
    nobody = text(karl.get(f"/tasks/?scope=accounts&owner={cast.kim.pk}"))
    assert "This person has no tasks here" in nobody
    assert "Whose tasks" not in text(karl.get("/tasks/"))
