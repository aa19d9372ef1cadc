import io

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import ContactNote, Position
from tests.cast import make_account
from tests.field import YESTERDAY, make_contact, make_role, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    account = make_account("Hansa", owner=cast.karl)
    set_tier(account, "C")
    make_role("sponsor")
    return account


def test_the_tab_shows_people_open_places_and_the_way_to_the_map(cast, hansa, reader):
    make_contact(hansa, "Jutta Krämer", role="purchasing", honorific="Frau Dr. Krämer")
    page = reader(cast.karl).get(f"/accounts/{hansa.pk}/people/").content.decode()
    assert "Jutta Krämer" in page
    assert "Frau Dr. Krämer" not in page
    assert "1 of 2 required roles is open" in page
    assert f"/accounts/{hansa.pk}/map/" in page
    assert "Find out" in page


def test_an_empty_account_says_how_to_begin(cast, reader):
    account = make_account(owner=cast.karl)
    page = reader(cast.karl).get(f"/accounts/{account.pk}/people/").content.decode()
    assert "Nobody is written down yet" in page


def test_a_filter_answers_the_cards_alone(cast, hansa, reader):
    make_contact(hansa, "Jutta")
    make_contact(hansa, "Anna")
    url = f"/accounts/{hansa.pk}/people/?q=jut"
    part = reader(cast.karl).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Jutta" in part
    assert "Anna" not in part
    assert "<html" not in part
    page = reader(cast.karl).get(f"/accounts/{hansa.pk}/people/?q=zzz").content.decode()
    assert "Nobody fits" in page


def test_a_lead_reads_without_buttons(cast, hansa, reader):
    make_contact(hansa, "Jutta")
    page = reader(cast.lena).get(f"/accounts/{hansa.pk}/people/").content.decode()
    assert "Jutta" in page
    assert "Find out" not in page
    assert "people/add/" not in page


def test_a_person_has_numbers_one_tap_away(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta", honorific="Frau Dr. Krämer")
    for kind, value, normal in (
        ("phone", "+49 40 300330", "4940300330"),
        ("email", "j@hansa.example", "j@hansa.example"),
        ("profile", "https://net.example/j", "net.example/j"),
    ):
        jutta.reaches.create(kind=kind, value=value, normal=normal, label="desk")
    page = reader(cast.karl).get(f"/accounts/{hansa.pk}/people/{jutta.pk}/").content.decode()
    for part in ("tel:+4940300330", "mailto:j@hansa.example", 'href="https://net.example/j"'):
        assert part in page
    assert "addressed as Frau Dr. Krämer" in page


def test_an_assistant_finds_no_trace_of_private_notes(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    ContactNote.objects.create(contact=jutta, account=hansa, text="Sails")
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/"
    assert "Sails" in reader(cast.karl).get(url).content.decode()
    page = reader(cast.anna).get(url).content.decode()
    assert "Sails" not in page
    assert "Private note" not in page


def test_who_went_to_a_colleagues_customer_is_told_without_its_name(cast, hansa, reader):
    foreign = make_account("Secret Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY)
    Position.objects.create(contact=jutta, account=foreign, valid_from=YESTERDAY, title="CEO-X")
    jutta.reaches.create(kind="email", value="j@vega.example", normal="j@vega.example")
    page = reader(cast.karl).get(f"/accounts/{hansa.pk}/people/{jutta.pk}/").content.decode()
    assert "looked after by other colleagues" in page
    for secret in ("Secret Vega", "CEO-X", "j@vega.example", f"people/{jutta.pk}/edit"):
        assert secret not in page


def test_a_merged_record_leads_to_the_person(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    gone = make_contact(hansa, "Jutta K", merged_into=jutta)
    gone.positions.all().delete()
    answer = reader(cast.karl).get(f"/accounts/{hansa.pk}/people/{gone.pk}/")
    assert answer["Location"] == f"/accounts/{hansa.pk}/people/{jutta.pk}/"
    assert reader(cast.kim).get(f"/accounts/{hansa.pk}/people/{gone.pk}/").status_code == 404


def test_a_photo_is_seen_by_readers_of_the_person_and_can_do_nothing(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    jutta.photo.save("x.png", ContentFile(picture.getvalue()))
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/photo/"
    answer = reader(cast.karl).get(url)
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert reader(cast.kim).get(url).status_code == 404
    other = make_account(owner=cast.karl)
    assert reader(cast.karl).get(url.replace(f"/{hansa.pk}/", f"/{other.pk}/")).status_code == 404


def test_a_new_person_from_anywhere_begins_with_their_customer(cast, hansa, reader):
    make_account("Vega", owner=cast.kim)
    page = reader(cast.karl).get("/accounts/people/new/").content.decode()
    assert f"/accounts/{hansa.pk}/people/new/" in page
    assert "Vega" not in page
    assert "Hansa" not in reader(cast.lena).get("/accounts/people/new/").content.decode()
    part = reader(cast.karl).get("/accounts/people/new/?q=zzz", headers={"HX-Request": "true"})
    assert "No customer of yours fits" in part.content.decode()


def test_the_tab_costs_the_same_however_many(cast, hansa, reader):
    client, url = reader(cast.karl), f"/accounts/{hansa.pk}/people/"
    counts = []
    client.get(url)  # the first visit of a session reads a little more
    for many in (1, 59):
        for _ in range(many):
            make_contact(hansa)
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        counts.append(len(counted))
    assert counts[0] == counts[1]
