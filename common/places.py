"""Countries and currencies by name, in the reader's language."""

from functools import lru_cache

from babel import Locale
from babel.numbers import get_territory_currencies, list_currencies

from common.formats import language

# Codes that Babel knows as territories but that are no countries to trade in.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache
def _countries(code: str) -> dict[str, str]:
    names = Locale.parse(code).territories
    found = {
        key: name
        for key, name in names.items()
        if len(key) == 2 and key.isalpha() and key not in NOT_COUNTRIES
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def countries() -> list[tuple[str, str]]:
    """(ISO code, name) by name."""
    return list(_countries(language()).items())


def country_name(code: str) -> str:
    """The country's name, the code itself when it is not known, "" without one."""
    return _countries(language()).get(code, code)


@lru_cache
def _currencies(code: str) -> list[tuple[str, str]]:
    names = Locale.parse(code).currencies
    current = currencies_in_use() & list_currencies()
    return sorted((key, f"{key}, {names[key]}") for key in current if key in names)


@lru_cache
def currencies_in_use() -> frozenset[str]:
    """Legal tender somewhere today."""
    tenders = (get_territory_currencies(territory) for territory in _countries("en"))
    return frozenset(currency for tender in tenders for currency in tender)


def currencies() -> list[tuple[str, str]]:
    """(ISO code, code and name) by code."""
    return _currencies(language())
