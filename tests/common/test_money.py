from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccountDay
from common.money import AmountField, exponent, from_units, round_half_up, to_units
from tests.cast import LONG_AGO, make_account


@pytest.mark.parametrize(
    ("value", "currency", "rounded"),
    [
        ("1.005", "EUR", "1.01"),
        ("-1.005", "EUR", "-1.01"),
        ("1.004", "EUR", "1.00"),
        ("2.5", "JPY", "3"),
        ("0.0005", "BHD", "0.001"),
    ],
)
def test_it_rounds_half_away_from_zero_to_the_coin(value, currency, rounded):
    assert round_half_up(Decimal(value), currency) == Decimal(rounded)


def test_the_coin_depends_on_the_currency():
    assert exponent("EUR") == Decimal("0.01")
    assert exponent("JPY") == Decimal("1")


@given(st.integers(min_value=-(2**62), max_value=2**62))
def test_units_survive_the_round_trip(units):
    assert to_units(from_units(units)) == units


def test_a_fifth_decimal_is_refused():
    with pytest.raises(ValueError, match="more than four decimals"):
        to_units(Decimal("0.00001"))


@pytest.mark.django_db
def test_sums_in_the_database_are_exact():
    for _row in range(10):
        AccountDay.objects.create(account=make_account(), day=LONG_AGO, net=Decimal("0.1"))
    assert AccountDay.objects.aggregate(total=Sum("net"))["total"] == Decimal("1")


def test_words_are_no_amount():
    with pytest.raises(ValidationError):
        AmountField().to_python("much")
