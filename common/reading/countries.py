"""Country names as files write them, in four languages, to two-letter codes."""

from functools import cache

from babel import Locale

from common.reading.guess import folded

LANGUAGES = ("en", "ru", "es", "it")
ALSO = {
    "uk": "GB", "england": "GB", "great britain": "GB", "eire": "IE", "usa": "US", "us": "US",
    "united states of america": "US", "rsa": "ZA", "uae": "AE", "holland": "NL", "korea": "KR",
    "czech republic": "CZ", "чехия": "CZ", "сша": "US", "великобритания": "GB", "англия": "GB",
    "южная корея": "KR", "турция": "TR", "turkey": "TR", "белоруссия": "BY", "рф": "RU",
    "eeuu": "US", "ee uu": "US", "gran bretana": "GB", "inglaterra": "GB", "inghilterra": "GB",
}  # fmt: skip


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO"):
                codes.setdefault(folded(name), code)
                codes.setdefault(code.casefold(), code)
    return codes | ALSO


def country_code(text: str) -> str:
    """The ISO code of a country's name or code; "" where it is none we know."""
    return _codes().get(folded(text), "")
