import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.contact import create_contact, edit_contact
from accounts.commands.contact_hole import ask_for_hole
from accounts.models import Account, Task
from tests.cast import make_account
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_a_hole_becomes_a_task_of_the_owner_with_a_date_and_is_one_task_only(cast, hansa):
    role = make_role("finance")
    first, second = (
        ask_for_hole(actor=cast.anna, account_id=hansa.pk, role=role) for _ in range(2)
    )
    assert first == second
    assert (first.owner, first.cause) == (cast.karl, "hole:finance")
    assert first.due == timezone.localdate() + dt.timedelta(days=7)


def test_nobody_asks_for_a_foreign_account(cast, hansa):
    with pytest.raises(Account.DoesNotExist):
        ask_for_hole(actor=cast.kim, account_id=hansa.pk, role=make_role("finance"))
    assert not Task.objects.exists()


def test_a_name_for_the_place_completes_the_task(cast, hansa):
    role = make_role("finance")
    task = ask_for_hole(actor=cast.karl, account_id=hansa.pk, role=role)
    create_contact(actor=cast.karl, account_id=hansa.pk, title="Finance", role=role)
    task.refresh_from_db()
    assert task.state == "open"
    create_contact(actor=cast.karl, account_id=hansa.pk, name="Anna Behrens", role=role)
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("done", "Anna Behrens")


def test_naming_a_drawn_place_completes_it_too(cast, hansa):
    role = make_role("finance")
    place = make_contact(hansa, "", role=role)
    task = ask_for_hole(actor=cast.karl, account_id=hansa.pk, role=role)
    edit_contact(
        actor=cast.anna, contact_id=place.pk, version=1, account_id=hansa.pk, name="Anna Behrens"
    )
    task.refresh_from_db()
    assert task.state == "done"
