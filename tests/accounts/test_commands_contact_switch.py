import pytest

from accounts.commands import contact_switch
from accounts.models import Contact, Division
from common.models import Import
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


def test_only_people_of_the_import_without_a_place_are_taken_away(cast):
    batch = Import.objects.create(kind="contacts", filename="x.csv")
    placed = make_contact(make_account(owner=cast.karl), brought_by=batch)
    Contact.objects.create(name="Staged", brought_by=batch)
    other = Contact.objects.create(name="Not of this import")
    contact_switch.take_away(batch)
    assert set(Contact.objects.all()) == {placed, other}


def test_divisions_with_people_of_others_stay(cast):
    account = make_account(owner=cast.karl)
    used, unused = (Division.objects.create(account=account, name=name) for name in "ab")
    make_contact(account, division=used)
    contact_switch.remove_divisions([used.pk, unused.pk])
    assert list(Division.objects.all()) == [used]
