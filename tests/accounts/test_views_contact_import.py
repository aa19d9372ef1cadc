import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Contact
from common.models import Import
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db
TEXT = "Company;Full name;Job title;E-mail\nHansa;Anna Berg;Buyer;a@hansa.example\nForeign;X;;\n"
MAPPING = {"account": "Company", "name": "Full name", "title": "Job title", "email": "E-mail"}


@pytest.fixture
def cast():
    made = make_cast()
    make_account("Hansa", owner=made.karl)
    make_account("Foreign", owner=made.kim)
    return made


def address(name: str, batch: Import) -> str:
    return reverse(f"ledger:import_{name}", args=[batch.pk])


def upload(client, data=TEXT, name="people.csv", **headers) -> Import:
    data = data.encode() if isinstance(data, str) else data
    files = {"file": SimpleUploadedFile(name, data)}
    answer = client.post(reverse("ledger:contacts_upload"), files, **headers)
    assert answer.status_code in (200, 302), answer.content
    return Import.objects.latest("pk")


def test_a_manager_takes_people_from_the_drop_to_the_report_and_back(cast, reader, run_jobs):
    karl = reader(cast.karl)
    assert "Bring your people" in karl.get(reverse("ledger:contacts_new")).content.decode()
    batch = upload(karl)
    assert "Anna Berg" in karl.get(address("read", batch)).content.decode()
    page = karl.get(address("map", batch)).content.decode()
    assert "Account and name are needed" in page
    assert batch.mapping == MAPPING
    assert karl.post(address("map", batch), MAPPING).status_code == 302
    assert "Looking through the file" in karl.get(address("page", batch)).content.decode()
    run_jobs()
    page = karl.get(address("preview", batch)).content.decode()
    assert "Import these people" in page and "There is no such account" in page
    assert "is added" in page
    assert not Contact.objects.exists()

    karl.post(address("run", batch))
    assert "People appear at once" in karl.get(address("page", batch)).content.decode()
    run_jobs()
    assert Contact.objects.visible_to(cast.karl).get().name == "Anna Berg"
    page = karl.get(address("page", batch)).content.decode()
    assert "1 person it brought goes" in page
    report = b"".join(karl.get(address("rejects", batch)).streaming_content).decode("utf-8-sig")
    assert "3,account," in report

    karl.post(address("undo", batch))
    run_jobs()
    assert not Contact.objects.exists()
    assert "undone" in karl.get(address("page", batch)).content.decode()


def test_whom_the_undo_left_is_named_to_those_who_brought_them(cast, reader, run_jobs):
    karl = reader(cast.karl)
    batch = upload(karl)
    karl.post(address("map", batch), MAPPING)
    run_jobs()
    karl.post(address("run", batch))
    run_jobs()
    Contact.objects.update(version=2)
    karl.post(address("undo", batch))
    run_jobs()
    assert "Anna Berg" in karl.get(address("page", batch)).content.decode()
    assert "Anna Berg" not in reader(cast.adam).get(address("page", batch)).content.decode()


def test_a_workbook_is_read_as_well(cast, reader, run_jobs):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, row in enumerate(
        (("Company", "Full name", "Phone"), ("Hansa", "Anna", 4940300330))
    ):
        sheet.write_row(number, 0, row)
    book.close()
    karl = reader(cast.karl)
    batch = upload(karl, stream.getvalue(), "people.xlsx")
    mapping = {"account": "Company", "name": "Full name", "phone": "Phone"}
    karl.post(address("map", batch), mapping)
    run_jobs()
    karl.post(address("run", batch))
    run_jobs()
    assert Contact.objects.get().reaches.get().normal == "4940300330"


def test_a_file_is_its_bringers_and_the_directors_only(cast, reader):
    batch = upload(reader(cast.karl))
    for user in (cast.lena, cast.kim, cast.anna, cast.rita, cast.sam):
        stranger = reader(user)
        for name in ("page", "progress", "read", "map", "preview", "rejects"):
            assert stranger.get(address(name, batch)).status_code == 404
        for name in ("run", "stop", "undo", "discard"):
            assert stranger.post(address(name, batch)).status_code == 404
    assert reader(cast.dora).get(address("read", batch)).status_code == 200
    adam = reader(cast.adam)
    assert adam.get(address("page", batch)).status_code == 200
    assert adam.get(address("read", batch)).status_code == 404


def test_a_manager_brings_no_ledger(cast, reader):
    karl = reader(cast.karl)
    assert karl.get(reverse("ledger:import_new")).status_code == 404
    assert karl.post(reverse("ledger:import_upload")).status_code == 404
    assert "Import people" in karl.get(reverse("ledger:import_list")).content.decode()


def test_a_file_that_is_no_table_is_refused_in_a_sentence(cast, reader):
    files = {"file": SimpleUploadedFile("x.csv", b"%PDF-1.7")}
    answer = reader(cast.karl).post(reverse("ledger:contacts_upload"), files)
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_was_not_used_is_thrown_away(cast, reader):
    karl = reader(cast.karl)
    batch = upload(karl)
    assert karl.post(address("discard", batch)).status_code == 302
    assert not Import.objects.exists()
