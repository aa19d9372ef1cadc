import pytest
from django.urls import reverse

from hiring.models import Exercise
from tests.recruiting import make_version

pytestmark = pytest.mark.django_db


def url(name, pk) -> str:
    return reverse(f"hiring:{name}", args=[pk])


def test_observers_come_lead_and_go(cast, rita, session):
    for user in (cast.ivan, cast.dora):
        rita.post(url("observer_add", session.pk), {"user": user.pk})
    rita.post(url("observer_lead", session.pk), {"user": cast.dora.pk})
    assert session.observers.get(is_chair=True).user == cast.dora
    rita.post(url("observer_remove", session.pk), {"user": cast.ivan.pk})
    assert session.observers.get().user == cast.dora


def test_nobody_chosen_is_said_and_a_stranger_is_not_found(cast, rita, session):
    answer = rita.post(url("observer_add", session.pk), follow=True)
    assert "Choose somebody." in answer.content.decode()
    answer = rita.post(url("observer_lead", session.pk), {"user": cast.sam.pk})
    assert answer.status_code == 404


def test_exercises_are_added_changed_moved_and_left_out(rita, session):
    data = {"kind": "loss", "name": "Our case", "minutes": "20", "instructions": "Read this."}
    rita.post(url("exercise_add", session.pk), data)
    first = Exercise.objects.get()
    assert first.names == {"en": "Our case"}
    rita.post(url("exercise_edit", first.pk), data | {"minutes": "5"})
    rita.post(url("exercise_add", session.pk), data | {"name": "Second"})
    second = Exercise.objects.exclude(pk=first.pk).get()
    rita.post(url("exercise_move", second.pk), {"to": "earlier"})
    assert list(session.exercises.all()) == [second, first]
    rita.post(url("exercise_remove", second.pk))
    assert session.exercises.get().minutes == 5
    assert rita.get(url("exercise_edit", first.pk)).status_code == 200


def test_a_task_of_the_bank_for_the_room_is_offered_and_read_out_in_the_cockpit(rita, session):
    version = make_version(texts={"en": "A customer leaves."})
    page = rita.get(url("exercise_add", session.pk)).content.decode()
    assert "Task of the bank" not in page  # it is for home
    version.task.place = "room"
    version.task.save()
    assert version.task.name in rita.get(url("exercise_add", session.pk)).content.decode()
    data = {"kind": "loss", "minutes": "15", "task": version.pk}
    rita.post(url("exercise_add", session.pk), data)
    assert session.exercises.get().task == version
    page = rita.get(url("cockpit_page", session.pk), {"view": "scores"}).content.decode()
    assert "A customer leaves." in page


def test_an_exercise_that_cannot_be_is_said(rita, session):
    answer = rita.post(url("exercise_add", session.pk), {"kind": "other", "minutes": "10"})
    assert answer.status_code == 422
    assert "Give the exercise a name." in answer.content.decode()
