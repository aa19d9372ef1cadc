import pytest

from accounts.commands import contact as commands
from accounts.commands.ties import rebuild_ties
from accounts.models import Contact, ContactNote, Position
from accounts.queries.person import person_at
from tests.cast import LONG_AGO, make_account
from tests.field import YESTERDAY, make_contact, make_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_places_at_customers_one_may_not_open_are_not_told(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta")
    Position.objects.create(contact=jutta, account=foreign, valid_from=LONG_AGO, title="Secret")
    assert [place.account for place in person_at(hansa, jutta.pk, cast.karl).places] == [hansa]
    assert len(person_at(hansa, jutta.pk, cast.dora).places) == 2


def test_of_who_works_elsewhere_now_neither_numbers_nor_history_are_told(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY)
    Position.objects.create(contact=jutta, account=foreign, valid_from=YESTERDAY)
    commands.edit_contact(
        actor=cast.kim, contact_id=jutta.pk, version=1, reaches=[("email", "j@vega.example")]
    )
    person = person_at(hansa, jutta.pk, cast.karl)
    assert (person.is_kept, person.may_edit, person.reaches, person.days) == (False, False, [], [])
    kept = person_at(foreign, jutta.pk, cast.kim)
    assert (kept.is_kept, len(kept.reaches), len(kept.days)) == (True, 1, 1)


def test_what_was_done_at_another_customer_is_not_in_the_history(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta")
    Position.objects.create(contact=jutta, account=foreign, valid_from=LONG_AGO)
    commands.edit_contact(
        actor=cast.kim, contact_id=jutta.pk, version=1, account_id=foreign.pk, title="Secret"
    )
    assert person_at(hansa, jutta.pk, cast.karl).days == []
    (day,) = person_at(foreign, jutta.pk, cast.kim).days
    assert [change.label for change in day.entries[0].changes] == ["Title"]


def test_private_notes_are_absent_for_assistants_not_empty(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    ContactNote.objects.create(contact=jutta, account=hansa, text="Sails")
    assert person_at(hansa, jutta.pk, cast.anna).notes is None
    assert [note.text for note in person_at(hansa, jutta.pk, cast.karl).notes] == ["Sails"]


def test_ties_to_each_of_ours_come_strongest_first(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    for colleague, times in ((cast.lena, 1), (cast.karl, 3)):
        for _ in range(times):
            make_touchpoint(hansa, jutta).attendances.create(colleague=colleague)
    rebuild_ties(hansa.pk)
    person = person_at(hansa, jutta.pk, cast.karl)
    assert [thread.colleague for thread in person.threads] == [cast.karl, cast.lena]
    assert person.tie.touchpoints == 4


def test_a_person_is_nobody_at_an_account_they_never_were_at(cast, hansa):
    other = make_account("Vega", owner=cast.karl)
    jutta = make_contact(hansa, "Jutta")
    for account, reader in ((other, cast.karl), (hansa, cast.kim)):
        with pytest.raises(Contact.DoesNotExist):
            person_at(account, jutta.pk, reader)


def test_a_lead_reads_and_an_assistant_may_change(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    assert not person_at(hansa, jutta.pk, cast.lena).may_edit
    assert person_at(hansa, jutta.pk, cast.anna).may_edit
