import pytest

from accounts.commands.import_kinds import CONTACTS, LEDGER, kind_of
from common.models import Import
from tests.cast import make_cast


@pytest.mark.django_db
def test_directors_bring_ledgers_and_managers_people_too():
    cast = make_cast()
    assert [who for who in vars(cast) if LEDGER.may_bring(getattr(cast, who))] == ["dora"]
    bringing = [who for who in vars(cast) if CONTACTS.may_bring(getattr(cast, who))]
    assert bringing == ["dora", "lena", "karl", "kim"]


def test_an_import_knows_its_kind():
    assert kind_of(Import(kind="contacts")) is CONTACTS
    assert kind_of(Import(kind="ledger")) is LEDGER
