from django.urls import reverse

from hiring.models import TestTask
from tests.recruiting import make_version


def test_a_task_is_written_worded_anew_leaked_and_retired(cast, reader):
    client = reader(cast.rita)
    client.post(
        reverse("hiring:testtask_create"),
        {"name": "A client is lost", "kind": "loss", "place": "home", "hours": 48, "minutes": 20,
         "text_en": "They call.", "guide_en": "Causes."},
    )  # fmt: skip
    task = TestTask.objects.get()
    page = reverse("hiring:testtask_page", args=[task.pk])
    client.post(reverse("hiring:version_write", args=[task.pk]), {"text_en": "They write."})
    version = task.versions.get()
    assert version.texts == {"en": "They write."}
    client.post(reverse("hiring:version_leak", args=[version.pk, 1]))
    assert "known outside" in client.get(page).content.decode()
    client.post(reverse("hiring:testtask_retire", args=[task.pk, 1]))
    assert "Bring back" in client.get(reverse("hiring:task_bank")).content.decode()


def test_what_is_missing_is_said(cast, reader):
    client = reader(cast.rita)
    assert client.post(reverse("hiring:testtask_create"), {"name": "x"}).status_code == 422
    task = make_version().task
    page = reverse("hiring:version_write", args=[task.pk])
    assert client.post(page, {"text_en": " "}).status_code == 422


def test_a_director_reads_the_bank_and_changes_nothing(cast, reader):
    task = make_version().task
    page = reverse("hiring:testtask_page", args=[task.pk])
    assert "A customer leaves." in reader(cast.dora).get(page).content.decode()
    write = reverse("hiring:version_write", args=[task.pk])
    assert reader(cast.dora).post(write, {"text_en": "x"}).status_code == 404


def test_an_empty_bank_says_what_it_is_for(cast, reader):
    assert (
        "No test tasks yet" in reader(cast.rita).get(reverse("hiring:task_bank")).content.decode()
    )
