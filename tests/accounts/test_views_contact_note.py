import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import ContactNote, ContactRole
from tests.cast import make_account
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


@pytest.fixture
def here(hansa):
    return f"/accounts/{hansa.pk}/people/{make_contact(hansa, 'Jutta').pk}/"


def test_a_note_is_written_removed_and_brought_back(cast, here, reader):
    client = reader(cast.karl)
    client.post(f"{here}notes/", {"text": "Sails"})
    note = ContactNote.objects.get()
    client.post(f"{here}notes/{note.pk}/remove/")
    assert "Sails" not in client.get(here).content.decode()
    client.post(f"{here}notes/{note.pk}/restore/")
    assert "Sails" in client.get(here).content.decode()
    page = client.post(f"{here}notes/", {"text": " "}, follow=True).content.decode()
    assert "Write the note first" in page


def test_the_second_writer_sees_both_notes_and_loses_neither(cast, here, reader):
    client = reader(cast.karl)
    client.post(f"{here}notes/", {"text": "Sails"})
    url = f"{here}notes/{ContactNote.objects.get().pk}/"
    reader(cast.dora).post(url, {"text": "Rows", "version": 1})
    answer = client.post(url, {"text": "Swims", "version": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rows" in page
    assert "Swims" in page
    assert ContactNote.objects.get().text == "Rows"
    client.post(url, {"text": "Rows and swims", "version": 2})
    assert ContactNote.objects.get().text == "Rows and swims"


def test_a_photo_is_set_and_removed(cast, hansa, here, reader):
    client = reader(cast.karl)
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    client.post(f"{here}photo/set/", {"file": SimpleUploadedFile("a.png", picture.getvalue())})
    assert client.get(f"{here}photo/").status_code == 200
    client.post(f"{here}photo/remove/")
    assert client.get(f"{here}photo/").status_code == 404
    bad = client.post(f"{here}photo/set/", {"file": SimpleUploadedFile("a.png", b"GIF89a")})
    assert bad.status_code == 422


def test_directors_decide_which_roles_a_tier_must_have(cast, reader):
    role = make_role("logistics")
    client = reader(cast.dora)
    data = {"code": "x", "name_en": "Logistics", "required_in": ["A", "B"]}
    client.post(f"/settings/contact-roles/{role.pk}/", data)
    role.refresh_from_db()
    assert (role.code, role.required_in) == ("logistics", ["A", "B"])
    page = client.get("/settings/contact-roles/").content.decode()
    assert "A: 7" in page
    client.post("/settings/contact-roles/new/", {"code": "dean", "name_en": "Dean"})
    client.post(f"/settings/contact-roles/{ContactRole.objects.get(code='dean').pk}/remove/")
    assert not ContactRole.objects.filter(code="dean").exists()


def test_a_role_somebody_holds_stays(cast, hansa, reader):
    make_contact(hansa, role="finance")
    role = ContactRole.objects.get(code="finance")
    url = f"/settings/contact-roles/{role.pk}/remove/"
    page = reader(cast.dora).post(url, follow=True).content.decode()
    assert "it stays" in page
    assert ContactRole.objects.filter(pk=role.pk).exists()


def test_divisions_are_kept_in_the_drawer(cast, hansa, reader):
    client = reader(cast.karl)
    client.post(f"/accounts/{hansa.pk}/divisions/new/", {"name": "North", "buys": "on"})
    north = hansa.divisions.get()
    assert north.buys
    client.post(f"/accounts/{hansa.pk}/divisions/{north.pk}/", {"name": "Coast"})
    assert hansa.divisions.get().name == "Coast"
    assert "Coast" in client.get(f"/accounts/{hansa.pk}/people/").content.decode()
    client.post(f"/accounts/{hansa.pk}/divisions/{north.pk}/remove/")
    assert not hansa.divisions.exists()


def seen_in(client, url: str) -> str:
    return client.get(url).context["seen"]


def test_the_second_to_change_a_division_sees_both_versions(cast, hansa, reader):
    north = hansa.divisions.create(name="North")
    url = f"/accounts/{hansa.pk}/divisions/{north.pk}/"
    seen = seen_in(reader(cast.anna), url)
    reader(cast.karl).post(url, {"name": "Coast", "seen": seen})
    answer = reader(cast.anna).post(url, {"name": "South", "buys": "on", "seen": seen})
    assert answer.status_code == 409
    rows = [(row["theirs"], row["mine"]) for row in answer.context["rows"]]
    assert rows == [("Coast", "South"), ("no", "yes")]
    assert hansa.divisions.get().name == "Coast"
    told = {"name": "South", "seen": answer.context["seen"]}
    assert reader(cast.anna).post(url, told).status_code == 302
    assert hansa.divisions.get().name == "South"


def test_the_second_to_change_a_role_sees_both_versions(cast, reader):
    role, client = make_role("logistics"), reader(cast.dora)
    url = f"/settings/contact-roles/{role.pk}/"
    seen = seen_in(client, url)
    client.post(url, {"name_en": "Supply", "seen": seen})
    answer = client.post(url, {"name_en": "Stores", "required_in": ["A"], "seen": seen})
    assert answer.status_code == 409
    assert "Somebody else has saved this" in answer.content.decode()
    role.refresh_from_db()
    assert role.names == {"en": "Supply"}


def test_what_was_seen_cannot_be_made_up(cast, hansa, reader):
    north = hansa.divisions.create(name="North")
    url = f"/accounts/{hansa.pk}/divisions/{north.pk}/"
    answer = reader(cast.karl).post(url, {"name": "Coast", "seen": "made up"})
    assert answer.status_code == 409
    assert hansa.divisions.get().name == "North"
