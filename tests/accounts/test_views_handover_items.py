import pytest
from django.urls import reverse

from accounts.models import HandoverItem, Promise, Task
from tests.cast import signed_in
from tests.handovers import make_road, tell

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def url(name: str, *args) -> str:
    return reverse(f"accounts:handover_{name}", args=args)


@pytest.fixture
def road(cast):
    return make_road(cast)


def first(road, kind: str) -> HandoverItem:
    return road.row.items.filter(kind=kind).first()


def test_an_answer_is_saved_while_it_is_typed_with_its_new_version(cast, road):
    item = first(road, "question")
    client = signed_in(cast.lena)
    address = url("answer", road.row.pk, item.pk)
    answer = client.post(address, {"answer": "Quiet people", "version": 1}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Saved" in text
    assert f'id="version-{item.pk}" value="2"' in text and "13 questions" in text
    late = client.post(address, {"answer": "Other words", "version": 1}, headers=HTMX)
    assert late.status_code == 409 and "Quiet people" in late.content.decode()
    long = client.post(address, {"answer": "x" * 4001, "version": 2}, headers=HTMX)
    assert long.status_code == 422
    assert client.post(address, {"answer": "By hand", "version": 2}).status_code == 302
    item.refresh_from_db()
    assert item.answer == "By hand"


def test_ticks_and_acknowledgements_are_one_tap(cast, road):
    item = first(road, "check")
    signed_in(cast.lena).post(url("tick", road.row.pk, item.pk), {"done": "1"}, headers=HTMX)
    answer = signed_in(cast.karl).post(
        url("see", road.row.pk, item.pk), {"seen": "1"}, headers=HTMX
    )
    assert answer.status_code == 204 and "Acknowledged" in answer["HX-Trigger"]
    item.refresh_from_db()
    assert item.done_at and item.seen_at
    refused = signed_in(cast.dora).post(
        url("see", road.row.pk, item.pk), {"seen": "0"}, headers=HTMX
    )
    assert "it takes Karl" in refused["HX-Trigger"]


def test_a_promise_is_passed_on_by_one_tap_and_otherwise_in_the_drawer(cast, road):
    client = signed_in(cast.lena)
    address = url("promise", road.row.pk, road.promise.pk)
    assert client.post(address, {"choice": "on"}, headers=HTMX).status_code == 204
    assert HandoverItem.objects.get(kind="promise").choice == "on"
    assert "What becomes of the promise?" in client.get(address, headers=HTMX).content.decode()
    nobody = client.post(address, {"choice": "to"}, headers=HTMX)
    assert nobody.status_code == 422 and "Say to whom" in nobody.content.decode()
    client.post(address, {"choice": "to", "taker": cast.dora.pk, "note": "knows"}, headers=HTMX)
    assert HandoverItem.objects.get(kind="promise").taker == cast.dora
    client.post(address, {"choice": "kept"}, headers=HTMX)
    assert Promise.objects.get().state == "kept"


def test_a_task_is_passed_on_done_or_dropped(cast, road):
    client = signed_in(cast.lena)
    address = url("task", road.row.pk, road.task.pk)
    assert client.get(address).status_code == 200
    client.post(address, {"choice": "on"}, headers=HTMX)
    assert HandoverItem.objects.get(kind="task").choice == "on"
    client.post(address, {"choice": "dropped", "note": "No use"}, headers=HTMX)
    assert Task.objects.get().state == "dropped"


def test_waiving_asks_for_the_reason_and_can_be_taken_back(cast, road):
    item = first(road, "question")
    client = signed_in(cast.dora)
    for kind, number in (("told", item.pk), ("person", road.boss.pk), ("joint", 0), ("person", 0)):
        address = url("waive", road.row.pk, kind, number)
        assert client.get(address, headers=HTMX).status_code == 200
        assert client.post(address, {"reason": ""}, headers=HTMX).status_code == 422
        assert client.post(address, {"reason": "On leave"}, headers=HTMX).status_code == 204
        assert client.post(address, {"back": "1"}, headers=HTMX).status_code == 204
    assert client.get(url("waive", road.row.pk, "task", 1)).status_code == 404
    assert not HandoverItem.objects.exclude(waived_at=None).exists()


def test_only_a_director_waives_an_introduction(cast, road):
    address = url("waive", road.row.pk, "person", road.boss.pk)
    answer = signed_in(cast.lena).post(address, {"reason": "No"}, headers=HTMX)
    assert answer.status_code == 422 and "a director" in answer.content.decode()


def test_lines_of_other_handovers_are_not_found(cast, road):
    other = make_road(cast, name="Other")
    client = signed_in(cast.lena)
    tell(other)
    pk = road.row.pk
    for name, number in (
        ("answer", first(other, "question").pk), ("promise", other.promise.pk),
        ("task", other.task.pk), ("tick", first(other, "check").pk),
    ):  # fmt: skip
        assert client.post(url(name, pk, number)).status_code == 404
