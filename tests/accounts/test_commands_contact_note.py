import pytest

from accounts.commands import contact_note as commands
from accounts.models import Account, Contact, ContactNote
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


@pytest.fixture
def jutta(hansa):
    return make_contact(hansa, "Jutta")


def write(actor, hansa, jutta, text="Likes the sea"):
    return commands.write_note(actor=actor, account_id=hansa.pk, contact_id=jutta.pk, text=text)


def test_a_manager_writes_changes_removes_and_brings_back(cast, hansa, jutta):
    note = write(cast.karl, hansa, jutta)
    note = commands.edit_note(actor=cast.dora, note_id=note.pk, version=1, text=" Sails ")
    assert (note.text, note.version) == ("Sails", 2)
    commands.remove_note(actor=cast.karl, note_id=note.pk)
    assert not ContactNote.objects.kept().exists()
    with pytest.raises(ContactNote.DoesNotExist):
        commands.edit_note(actor=cast.karl, note_id=note.pk, version=2, text="X")
    commands.restore_note(actor=cast.karl, note_id=note.pk)
    assert ContactNote.objects.kept().get().text == "Sails"


def test_the_record_keeps_no_word_and_the_person_no_trace(cast, hansa, jutta):
    note = write(cast.karl, hansa, jutta)
    assert "sea" not in str([event.data for event in Event.objects.all()])
    assert not Event.objects.about(jutta).exists()
    assert Event.objects.about(note).exists()


def test_the_second_to_save_is_told(cast, hansa, jutta):
    note = write(cast.karl, hansa, jutta)
    commands.edit_note(actor=cast.dora, note_id=note.pk, version=1, text="Sails")
    with pytest.raises(commands.NoteConflict) as told:
        commands.edit_note(actor=cast.karl, note_id=note.pk, version=1, text="Rows")
    assert told.value.note.text == "Sails"


def test_an_empty_note_is_none(cast, hansa, jutta):
    with pytest.raises(RuleBroken, match="Write the note"):
        write(cast.karl, hansa, jutta, "  ")


def test_assistants_leads_and_strangers_write_none(cast, hansa, jutta):
    note = write(cast.karl, hansa, jutta)
    for reader, refused in (
        (cast.anna, Contact.DoesNotExist),
        (cast.lena, Account.DoesNotExist),
        (cast.kim, Account.DoesNotExist),
    ):
        with pytest.raises(refused):
            write(reader, hansa, jutta)
        with pytest.raises(ContactNote.DoesNotExist):
            commands.edit_note(actor=reader, note_id=note.pk, version=1, text="X")
        with pytest.raises(ContactNote.DoesNotExist):
            commands.remove_note(actor=reader, note_id=note.pk)
    assert ContactNote.objects.get().text == "Likes the sea"
