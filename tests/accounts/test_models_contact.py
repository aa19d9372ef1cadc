import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Contact, ContactNote, Position, Reach
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_a_person_is_seen_by_those_who_open_an_account_they_hold_or_held_a_place_at(cast, hansa):
    jutta = make_contact(hansa, valid_to=YESTERDAY)
    for reader in (cast.dora, cast.lena, cast.karl, cast.anna):
        assert list(Contact.objects.visible_to(reader)) == [jutta]
    for reader in (cast.kim, cast.rita, cast.ivan, cast.adam, cast.sam):
        assert not Contact.objects.visible_to(reader).exists()


def test_a_lead_reads_but_does_not_change(cast, hansa):
    make_contact(hansa)
    assert not Contact.objects.editable_by(cast.lena).exists()
    assert Contact.objects.editable_by(cast.anna).exists()


def test_numbers_are_as_visible_as_their_person(cast, hansa):
    row = Reach.objects.create(contact=make_contact(hansa), kind="phone", value="1", normal="1")
    assert list(Reach.objects.visible_to(cast.karl)) == [row]
    assert not Reach.objects.visible_to(cast.kim).exists()


def test_only_web_addresses_become_links(hansa):
    jutta = make_contact(hansa)
    for value, is_web in (("https://a.example", True), ("javascript:alert(1)", False)):
        row = Reach(contact=jutta, kind="profile", value=value, normal="x")
        assert row.is_web is is_web


def test_private_notes_are_for_directors_and_managers_and_never_for_assistants(cast, hansa):
    note = ContactNote.objects.create(contact=make_contact(hansa), account=hansa, text="Likes sea")
    assert list(ContactNote.objects.visible_to(cast.karl)) == [note]
    assert list(ContactNote.objects.visible_to(cast.dora)) == [note]
    for reader in (cast.anna, cast.kim, cast.adam, cast.sam):
        assert not ContactNote.objects.visible_to(reader).exists()


def test_a_person_who_went_to_another_customer_is_kept_there(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, valid_to=YESTERDAY)
    assert list(Contact.objects.kept_by(cast.karl)) == [jutta]
    Position.objects.create(contact=jutta, account=foreign, valid_from=YESTERDAY)
    assert not Contact.objects.kept_by(cast.karl).exists()
    assert list(Contact.objects.visible_to(cast.karl)) == [jutta]
    assert list(Contact.objects.kept_by(cast.kim)) == [jutta]
    assert list(Contact.objects.kept_by(cast.dora)) == [jutta]


def test_a_person_has_one_open_place_at_an_account(hansa):
    jutta = make_contact(hansa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(contact=jutta, account=hansa, valid_from=YESTERDAY)


def test_a_place_ends_after_it_begins(hansa):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_contact(hansa, valid_from=YESTERDAY, valid_to=YESTERDAY)


def test_without_a_name_the_row_is_a_hole(hansa):
    hole, jutta = make_contact(hansa, ""), make_contact(hansa)
    assert (hole.is_hole, jutta.is_hole) == (True, False)
    assert list(Contact.objects.known()) == [jutta]


def test_who_was_merged_away_is_not_present(hansa):
    jutta = make_contact(hansa)
    make_contact(hansa, "Jutta Kraemer", merged_into=jutta)
    assert list(Contact.objects.present()) == [jutta]
