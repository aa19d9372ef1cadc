"""Names of reference data exist in several languages; the reader's own is picked."""

import zoneinfo
from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from django.conf import settings
from django.utils.translation import get_language


def pick(names: dict[str, str]) -> str:
    """The name in the reader's language, else the installation's, else any; "" when empty."""
    for language in (get_language() or "", settings.LANGUAGE_CODE, "en"):
        if names.get(language):
            return names[language]
    return next((name for name in names.values() if name), "")


def plain_texts(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    """Texts by language as they may be stored: known languages with a word in them, on one line."""
    known = dict(settings.LANGUAGES)
    found = {
        code: " ".join(text.replace("\x00", "").split())[:longest]
        for code, text in texts.items()
        if code in known
    }
    return {code: text for code, text in found.items() if text}


REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Zones to choose from: ("Europe/Berlin", "Europe/Berlin"), UTC first."""
    places = sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(REGIONS))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


def currencies() -> list[tuple[str, str]]:
    """Currencies in use today, named in the reader's language: ("EUR", "EUR – euro")."""
    return _currencies((get_language() or "en").split("-")[0])


@cache
def _currencies(language: str) -> list[tuple[str, str]]:
    territories = Locale.parse("en").territories
    codes = {
        code
        for territory in territories
        if len(territory) == 2
        for code in get_territory_currencies(territory)
    }
    return [
        (code, f"{code} – {get_currency_name(code, locale=language)}") for code in sorted(codes)
    ]


def plural_forms(words: Callable[[int], str]) -> dict[str, str]:
    """For scripts: the sentence by plural category of the reader's language, as Intl names them.

    `words(n)` is an ngettext whose figure is still open: {"one": "%(n)s file", "other": …}.
    """
    category = Locale.parse((get_language() or "en").split("-")[0]).plural_form
    samples = {category(n): n for n in (10**6, 100, *range(21, -1, -1))}
    return {name: words(n) for name, n in samples.items()}


@cache
def _language_names() -> dict[str, str]:
    """Folded names of the world's languages, in our four and their own, to their codes."""
    found: dict[str, str] = {}
    for reader in ("en", "ru", "es", "it"):
        for code, name in Locale.parse(reader).languages.items():
            if len(code) <= 3:
                found.setdefault(name.casefold(), code)
    return found


def language_code(text: str) -> str:
    """What somebody wrote for a language, to be compared: "Russian", "русский" and "RU" are "ru";
    what is no name of a language stays as it is, folded."""
    folded = " ".join(text.split()).casefold()
    return _language_names().get(folded, folded)
