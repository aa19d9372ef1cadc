"""Who could stand in, as the plan of an absence lists them."""

import pytest

from accounts.models import Assignment
from accounts.queries.substitutes import owned_during, proposed, substitutes
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def test_accounts_owned_on_a_day_of_it_stand_there_key_ones_first(cast):
    make_account("Plain", owner=cast.karl)
    make_key_account("Key", owner=cast.karl)
    make_account("Closed", owner=cast.karl, status="closed")
    gone = make_account("Gone", owner=cast.karl)
    gone.assignments.update(valid_to=in_days(3))
    assert [row.name for row in owned_during(make_absence(cast.karl, 5, 9))] == ["Key", "Plain"]


def test_the_gate_other_absences_and_deputies_order_the_choice(cast):
    plain, key = make_account("P", owner=cast.karl), make_key_account("K", owner=cast.karl)
    make_employment(cast.kim)
    Assignment.objects.create(account=plain, user=cast.kim, role="deputy", valid_from=LONG_AGO)
    absence = make_absence(cast.karl, 5, 9)
    found = substitutes(absence, [plain, key])
    assert [one.user.name for one in found[plain.pk]][:2] == ["Kim", "Lena"]
    assert proposed(found[key.pk]) in {cast.kim.pk, cast.dora.pk}
    assert next(one for one in found[key.pk] if one.user == cast.lena).may is False
    assert cast.karl not in {one.user for one in found[plain.pk]}
    make_absence(cast.kim, 6, 20)
    assert proposed(substitutes(absence, [plain])[plain.pk]) == cast.lena.pk


def test_more_accounts_take_no_more_queries(cast, django_assert_max_num_queries):
    absence = make_absence(cast.karl)

    def count(accounts) -> int:
        with django_assert_max_num_queries(40) as asked:
            substitutes(absence, accounts)
        return len(asked)

    first = count([make_account(owner=cast.karl)])
    assert count([make_account(owner=cast.karl) for _number in range(4)]) == first
