import pytest

from accounts.commands.division import remove_division, save_division
from accounts.models import Account, Division
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def test_a_division_is_added_changed_and_removed(cast, hansa):
    north = save_division(actor=cast.anna, account_id=hansa.pk, name="  North ", buys=True)
    assert (north.name, north.buys) == ("North", True)
    save_division(
        actor=cast.karl, account_id=hansa.pk, division_id=north.pk, name="North East", buys=False
    )
    assert hansa.divisions.get().name == "North East"
    remove_division(actor=cast.karl, account_id=hansa.pk, division_id=north.pk)
    assert not hansa.divisions.exists()
    assert Event.objects.about(hansa).count() == 3


def test_names_are_given_once_and_not_empty(cast, hansa):
    save_division(actor=cast.karl, account_id=hansa.pk, name="North")
    for name, words in (("North", "already"), (" ", "Give the division a name")):
        with pytest.raises(RuleBroken, match=words):
            save_division(actor=cast.karl, account_id=hansa.pk, name=name)


def test_a_division_belongs_neither_to_itself_nor_to_another_customer(cast, hansa):
    north = save_division(actor=cast.karl, account_id=hansa.pk, name="North")
    coast = save_division(actor=cast.karl, account_id=hansa.pk, name="Coast", parent=north)
    foreign = Division.objects.create(account=make_account("Other"), name="X")
    for parent in (north, coast, foreign):
        with pytest.raises(RuleBroken, match="belong"):
            save_division(
                actor=cast.karl, account_id=hansa.pk, division_id=north.pk, name="North",
                parent=parent,
            )  # fmt: skip


def test_a_division_with_people_stays(cast, hansa):
    north = save_division(actor=cast.karl, account_id=hansa.pk, name="North")
    make_contact(hansa, "Jutta", division=north)
    with pytest.raises(RuleBroken, match="belong to it"):
        remove_division(actor=cast.karl, account_id=hansa.pk, division_id=north.pk)


def test_strangers_change_no_divisions(cast, hansa):
    north = save_division(actor=cast.karl, account_id=hansa.pk, name="North")
    for reader in (cast.kim, cast.lena):
        with pytest.raises(Account.DoesNotExist):
            save_division(actor=reader, account_id=hansa.pk, name="X")
        with pytest.raises(Account.DoesNotExist):
            remove_division(actor=reader, account_id=hansa.pk, division_id=north.pk)
