"""Whom a reader may think away."""

import pytest
from django.utils import timezone

from accounts.queries.leaving_who import colleagues_leaving, people_leaving
from tests.cast import make_account, make_cast
from tests.field import make_contact

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        ("dora", ["Dora", "Karl", "Kim", "Lena"]),
        ("lena", ["Karl", "Lena"]),
        ("karl", ["Karl"]),
        ("anna", []),
        ("rita", []),
        ("sam", []),
    ],
)
def test_whom_a_reader_may_think_away(cast, reader, names):
    make_account(owner=cast.dora)
    everybody = [one.pk for one in vars(cast).values()]
    found = colleagues_leaving(getattr(cast, reader), everybody)
    assert [user.name for user in found] == names


def test_only_people_who_are_at_accounts_of_ours_today(cast):
    account = make_account(owner=cast.karl)
    here, gone = make_contact(account), make_contact(account, valid_to=TODAY)
    hole, foreign = make_contact(account, ""), make_contact(make_account(owner=cast.kim))
    ids = [here.pk, gone.pk, hole.pk, foreign.pk]
    assert list(people_leaving(cast.karl, ids)) == [here]
    assert set(people_leaving(cast.dora, ids)) == {here, foreign}
