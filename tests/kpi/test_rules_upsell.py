import numpy as np
import pytest

from kpi.rules.upsell import Upsell, additional


@pytest.mark.parametrize(
    ("net", "bought_before", "in_base", "is_one"),
    [
        (30, False, True, True),
        (1, False, True, True),
        (0, False, True, False),  # credited in full by the end
        (-5, False, True, False),
        (30, True, True, False),
        (30, False, False, False),  # new business
    ],
)
def test_what_an_additional_service_is(net, bought_before, in_base, is_one):
    found = additional(np.array([net]), np.array([bought_before]), np.array([in_base]))
    assert found.tolist() == [is_one]


def test_several_services_of_one_account_count_once_in_the_rate():
    found = Upsell(base_accounts=4, expansion=100) + Upsell(0, 1, 1, 20) + Upsell(0, 0, 1, 10)
    assert (found.cross_sell_rate, found.additional_services) == (0.25, 2)
    assert (found.additional_revenue, found.upsell) == (30, 70)


def test_additional_services_that_replace_others_leave_an_upsell_below_zero():
    assert Upsell(base_accounts=1, additional_revenue=50, expansion=20).upsell == -30


def test_nobody_has_a_rate_without_a_base_or_above_one():
    assert Upsell().cross_sell_rate is None
    assert Upsell(base_accounts=1, accounts_with_additional=2).cross_sell_rate is None
