import pytest

from accounts.commands.contact import create_contact, edit_contact
from accounts.commands.contact_undo import remove_contact, undo_edit
from accounts.commands.reach import reaches_as_given
from accounts.models import Contact, ContactNote, Position
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_a_person_added_by_mistake_goes_with_their_place(cast, hansa):
    jutta = create_contact(actor=cast.karl, account_id=hansa.pk, name="Jutta")
    remove_contact(actor=cast.karl, contact_id=jutta.pk)
    assert not Contact.objects.exists()
    assert not Position.objects.exists()


def test_a_person_of_whom_something_is_recorded_stays(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    ContactNote.objects.create(contact=jutta, account=hansa, text="Sails")
    with pytest.raises(RuleBroken, match="recorded"):
        remove_contact(actor=cast.karl, contact_id=jutta.pk)
    assert Contact.objects.exists()


def test_strangers_remove_nobody(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    for reader in (cast.kim, cast.lena):
        with pytest.raises(Contact.DoesNotExist):
            remove_contact(actor=reader, contact_id=jutta.pk)


def test_an_edit_is_taken_back_whole(cast, hansa):
    jutta = make_contact(hansa, "Jutta", title="Buyer", role="user")
    given = [("phone", "+49 40 300330", "desk")]
    edit_contact(actor=cast.karl, contact_id=jutta.pk, version=1, reaches=given)
    edit_contact(
        actor=cast.karl, contact_id=jutta.pk, version=2, account_id=hansa.pk, name="Anna",
        title="Head", role=make_role("finance"), languages=["de"], reaches=[],
    )  # fmt: skip
    event = Event.objects.about(jutta).first()
    jutta = undo_edit(actor=cast.karl, event_id=event.pk)
    place = jutta.positions.get()
    assert (jutta.name, jutta.languages) == ("Jutta", [])
    assert (place.title, place.role.code) == ("Buyer", "user")
    assert reaches_as_given(jutta) == [["phone", "+49 40 300330", "desk"]]


def test_what_somebody_saved_since_is_not_overwritten(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    edit_contact(actor=cast.karl, contact_id=jutta.pk, version=1, name="Anna")
    event = Event.objects.about(jutta).first()
    edit_contact(actor=cast.anna, contact_id=jutta.pk, version=2, honorific="Dr.")
    with pytest.raises(RuleBroken, match="changed since"):
        undo_edit(actor=cast.karl, event_id=event.pk)
    with pytest.raises(Contact.DoesNotExist):
        undo_edit(actor=cast.kim, event_id=event.pk)
