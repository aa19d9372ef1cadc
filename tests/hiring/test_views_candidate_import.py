import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.models import Import
from hiring.models import Candidate
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db
URL = "/hiring/candidates/import/"


def file(text="name;phone;city\nJo Berg;+49 40 300330;Kiel\nBo;;\n"):
    return SimpleUploadedFile("people.csv", text.encode())


def test_a_recruiter_goes_all_the_way_from_the_file_to_undo(cast, reader, run_jobs):
    client, vacancy = reader(cast.rita), make_vacancy()
    assert client.get(URL).status_code == 200
    response = client.post(URL, {"file": file(), "vacancy": vacancy.pk})
    batch = Import.objects.get()
    assert response["Location"] == reverse("ledger:import_read", args=[batch.pk])
    assert client.get(response["Location"]).status_code == 200
    columns = reverse("ledger:import_map", args=[batch.pk])
    assert "A name is needed" in client.get(columns).content.decode()
    client.post(columns, {"name": "name", "phone": "phone", "city": "city"})
    run_jobs()
    preview = client.get(reverse("ledger:import_preview", args=[batch.pk])).content.decode()
    assert "Jo Berg" in preview and "New candidates" in preview
    client.post(reverse("ledger:import_run", args=[batch.pk]))
    run_jobs()
    report = client.get(reverse("ledger:import_page", args=[batch.pk])).content.decode()
    assert "Open the candidates" in report and "Undo this import" in report
    assert vacancy.candidacies.count() == 2
    client.post(reverse("ledger:import_undo", args=[batch.pk]))
    run_jobs()
    assert not Candidate.objects.exists()
    assert "people.csv" in client.get("/imports/").content.decode()


def test_a_script_is_answered_in_json(cast, reader):
    client = reader(cast.rita)
    said = client.post(URL, {"file": file()}, headers={"accept": "application/json"}).json()
    assert said["url"].startswith("/imports/")
    wrong = client.post(URL, {}, headers={"accept": "application/json"}).json()
    assert wrong["error"]
    assert client.post(URL, {}).status_code == 422


def test_directors_and_managers_see_nothing_of_it(cast, reader):
    reader(cast.rita).post(URL, {"file": file()})
    page = reverse("ledger:import_page", args=[Import.objects.get().pk])
    for user in (cast.dora, cast.karl, cast.adam):
        assert reader(user).get(page).status_code == 404
        assert "people.csv" not in reader(user).get("/imports/").content.decode()
