import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.commands import contact as commands
from accounts.models import Account, Contact, ContactRole, Division, Position
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_role
from tests.races import two_at_once

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl, country="DE")


def verbs(contact) -> list[str]:
    return [event.verb for event in Event.objects.about(contact)]


def test_somebody_is_added_with_a_place_and_numbers(cast, hansa):
    contact = commands.create_contact(
        actor=cast.karl, account_id=hansa.pk, name="  Катарина   Шульц ", title="Quality",
        reaches=[("phone", "040 300330", "desk")], languages=["ru", "de"],
    )  # fmt: skip
    assert contact.name == "Катарина Шульц"
    assert contact.positions.get().title == "Quality"
    assert contact.reaches.get().value == "+49 40 300330"
    assert "katarina shults" in contact.search_text
    assert "4940300330" in contact.search_text
    assert verbs(contact) == ["contact.created"]
    assert Contact.objects.visible_to(cast.karl).get() == contact
    assert not Contact.objects.visible_to(cast.kim).exists()


def test_the_first_person_brings_the_roles_along(cast, hansa):
    commands.create_contact(actor=cast.karl, account_id=hansa.pk, name="Jutta")
    assert ContactRole.objects.filter(code="sponsor").exists()


def test_a_place_whose_holder_is_unknown_needs_a_title_or_a_role(cast, hansa):
    with pytest.raises(RuleBroken, match="Give a name"):
        commands.create_contact(actor=cast.karl, account_id=hansa.pk, name="  ")
    hole = commands.create_contact(actor=cast.karl, account_id=hansa.pk, title="Head of logistics")
    assert hole.is_hole
    hole = commands.edit_contact(
        actor=cast.karl, contact_id=hole.pk, version=1, name="Timo Behrens"
    )
    assert not hole.is_hole
    assert verbs(hole) == ["contact.named", "contact.created"]


def test_the_same_form_sent_again_adds_nobody(cast, hansa):
    key = str(uuid.uuid4())
    first, second = (
        commands.create_contact(actor=cast.karl, account_id=hansa.pk, name="Jutta", key=key)
        for _ in "ab"
    )
    assert first == second
    assert Contact.objects.count() == 1


def test_nobody_writes_people_down_at_a_foreign_or_closed_account(cast, hansa):
    with pytest.raises(Account.DoesNotExist):
        commands.create_contact(actor=cast.kim, account_id=hansa.pk, name="Jutta")
    with pytest.raises(Account.DoesNotExist):  # a lead reads the team's accounts
        commands.create_contact(actor=cast.lena, account_id=hansa.pk, name="Jutta")
    Account.objects.update(status="closed")
    with pytest.raises(RuleBroken, match="closed"):
        commands.create_contact(actor=cast.karl, account_id=hansa.pk, name="Jutta")
    assert not Contact.objects.exists()


def test_an_unfit_number_leaves_nothing_behind(cast, hansa):
    with pytest.raises(RuleBroken, match="not an e-mail"):
        commands.create_contact(
            actor=cast.karl, account_id=hansa.pk, name="Jutta", reaches=[("email", "jutta")]
        )
    assert not Contact.objects.exists()


def test_a_division_is_one_of_this_customer(cast, hansa):
    other = make_account("Other", owner=cast.karl)
    division = Division.objects.create(account=other, name="North")
    with pytest.raises(RuleBroken, match="division of this customer"):
        commands.create_contact(
            actor=cast.karl, account_id=hansa.pk, name="Jutta", division=division
        )


def test_only_fields_of_a_person_are_written(cast, hansa):
    with pytest.raises(TypeError):
        commands.create_contact(actor=cast.karl, account_id=hansa.pk, name="J", version=7)


def test_person_place_and_numbers_change_in_one_save(cast, hansa):
    jutta = make_contact(hansa, "Jutta", title="Buyer")
    role = make_role("purchasing")
    jutta = commands.edit_contact(
        actor=cast.anna, contact_id=jutta.pk, version=1, account_id=hansa.pk, name="Jutta Krämer",
        title="Head of purchasing", role=role, reaches=[("email", "jk@hansa.example")],
    )  # fmt: skip
    assert (jutta.version, jutta.name) == (2, "Jutta Krämer")
    assert jutta.positions.get().role == role
    assert "jk@hansa.example" in jutta.search_text
    (event,) = Event.objects.about(jutta)
    assert event.data["changes"]["title"] == ["Buyer", "Head of purchasing"]
    assert event.data["changes"]["numbers"] == ["", "jk@hansa.example"]


def test_saving_what_stands_there_changes_nothing(cast, hansa):
    jutta = make_contact(hansa, "Jutta", title="Buyer")
    jutta = commands.edit_contact(
        actor=cast.karl, contact_id=jutta.pk, version=1, account_id=hansa.pk, name="Jutta",
        title="Buyer", reaches=[],
    )  # fmt: skip
    assert jutta.version == 1
    assert verbs(jutta) == []


def test_the_second_to_save_is_told(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    commands.edit_contact(actor=cast.karl, contact_id=jutta.pk, version=1, name="Jutta A")
    with pytest.raises(commands.Conflict) as told:
        commands.edit_contact(actor=cast.anna, contact_id=jutta.pk, version=1, name="Jutta B")
    assert told.value.contact.name == "Jutta A"
    assert Contact.objects.get().name == "Jutta A"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    cast = make_cast()
    jutta = make_contact(make_account("Hansa", owner=cast.karl), "Jutta")
    names = iter(["Jutta A", "Jutta B"])

    def save():
        commands.edit_contact(actor=cast.karl, contact_id=jutta.pk, version=1, name=next(names))

    assert two_at_once(save) == ["done", "refused"]


def test_a_stranger_changes_nobody(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    for reader in (cast.kim, cast.lena, cast.rita):
        with pytest.raises(Contact.DoesNotExist):
            commands.edit_contact(actor=reader, contact_id=jutta.pk, version=1, name="X")


def test_who_works_for_a_colleagues_customer_now_is_kept_by_the_colleague(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY)
    Position.objects.create(contact=jutta, account=foreign, valid_from=YESTERDAY)
    with pytest.raises(RuleBroken, match="works elsewhere"):
        commands.edit_contact(actor=cast.karl, contact_id=jutta.pk, version=1, name="X")
    commands.edit_contact(actor=cast.kim, contact_id=jutta.pk, version=1, name="Jutta K")
