import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.commands import record
from people.models import Company, Event
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_person_whatever_its_case():
    make_user("Karl", email="karl@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("Carl", email="KARL@example.org")


def test_one_person_may_hold_several_roles():
    user = make_user("Lena", "kam", "interviewer")
    assert user.roles == {"kam", "interviewer"}
    assert user.is_kam
    assert not user.is_director


def test_there_is_one_company():
    make_company(name="Severpack")
    assert Company.current().name == "Severpack"
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.create(pk=2, name="Another")


def test_the_record_is_never_edited_or_deleted():
    record(actor=make_user("Dora"), verb="user.invited", target=make_user("Karl"))
    with pytest.raises(ValidationError):
        Event.objects.update(verb="user.praised")
    with pytest.raises(ValidationError):
        Event.objects.all().delete()
