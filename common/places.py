"""Countries by name, in the reader's language."""

from functools import lru_cache

from babel import Locale

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
