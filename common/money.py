"""Money is exact: integers of 1/10,000 of a currency unit in the database, Decimal in Python.

SQLite has no exact numeric type and would sum as floating point; an integer is exact, equal on
both engines and fast to add (docs/decisions/0002).
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

UNITS = 10_000
LARGEST = Decimal("99999999999999")


@cache
def exponent(currency: str) -> Decimal:
    """The smallest coin of a currency as a Decimal: 0.01 for EUR, 1 for JPY (ISO 4217, by CLDR)."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def round_half_up(value: Decimal, currency: str) -> Decimal:
    """Round half away from zero to the currency's exponent (KAMHUB-REF-1, 1.1)."""
    return value.quantize(exponent(currency), rounding=ROUND_HALF_UP)


def to_units(value: Decimal) -> int:
    """Exact integer units of an amount with at most four decimals; ValueError beyond."""
    scaled = value * UNITS
    units = int(scaled)
    if units != scaled:
        raise ValueError(f"{value} has more than four decimals")
    return units


def from_units(units: int) -> Decimal:
    return Decimal(int(units)) / UNITS


class AmountField(models.BigIntegerField):
    """A Decimal with four exact decimals, stored as a bigint of 1/10,000; sums stay exact."""

    description = _("Amount of money")

    def get_internal_type(self):
        return "BigIntegerField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else from_units(value)

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError(_("Enter an amount.")) from error

    def get_prep_value(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_units(self.to_python(value))

    @property
    def validators(self):
        return []

    def formfield(self, **kwargs):
        return models.Field.formfield(
            self,
            **{"form_class": forms.DecimalField, "max_digits": 18, "decimal_places": 4, **kwargs},
        )
