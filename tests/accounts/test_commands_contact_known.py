import pytest

from accounts.commands.contact import create_contact
from accounts.commands.contact_known import Accounts, Known
from accounts.models import Source
from common.reading.errors import Rejected
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_a_number_goes_before_a_name_and_foreign_accounts_do_not_exist(cast):
    hansa = make_account("Hansa", owner=cast.karl)
    named = make_account("C-1", owner=cast.karl)
    foreign = make_account("Foreign", owner=cast.kim)
    source = Source.objects.create(name="erp")
    hansa.external_ids.create(source=source, value="C-1")
    foreign.external_ids.create(source=source, value="C-2")
    accounts = Accounts(cast.karl)
    assert accounts.find("C-1") == hansa
    assert accounts.find("  hansa ") == hansa
    for text in ("C-2", "Foreign", "Nowhere"):
        with pytest.raises(Rejected) as rejected:
            accounts.find(text)
        assert rejected.value.code == "no_such_account"
    assert Accounts(cast.dora).find("C-2") == foreign
    assert named.pk in accounts.rows


def test_the_people_of_many_accounts_cost_a_fixed_number_of_queries(
    cast, django_assert_num_queries
):
    def fill(number: int) -> list:
        made = [make_account(owner=cast.karl) for _n in range(number)]
        for account in made:
            create_contact(
                actor=cast.karl, account_id=account.pk, name="Anna Berg",
                reaches=[("email", "a@b.example")],
            )  # fmt: skip
        return made

    for number in (1, 5):
        accounts, known = fill(number), Known(cast.karl)
        with django_assert_num_queries(5):
            known.read(accounts)
        for account in accounts:
            assert known.places[account.pk].find(["A. Berg"], [("email", "a@b.example")])
        with django_assert_num_queries(0):
            known.read(accounts)


def test_roles_are_known_by_code_and_by_name_in_any_language(cast):
    known = Known(cast.karl)
    role = known.role("finance")
    assert all(known.role(name.upper()) == role for name in role.names.values())
    assert known.role("") is None
    with pytest.raises(Rejected):
        known.role("emperor")
