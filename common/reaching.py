"""How a person is reached: numbers and addresses as they are shown and as they are compared."""

import re
from urllib.parse import urlsplit

import phonenumbers

from common.folding import fold, latin, sounds_like

LONGEST = 300
LONGEST_NAME = 200
FEWEST_DIGITS = 3
EMAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]{2,}")
NOT_WORD = re.compile(r"[^\w]+")
# What is put before names where our users trade, folded and in Latin letters.
TITLES = frozenset(
    """
    dr prof dipl ing mag med jur phil herr frau mr mrs ms miss sir dott dottssa dottoressa sig
    sigra signor signora sr sra srta don dona gospodin gospozha gn gzha mme mlle
    """.split()  # noqa: SIM905  thirty quoted words are harder to read
)


class Unfit(ValueError):
    """Not a value of its kind; args[0] is the kind."""


def reach(kind: str, value: str, region: str = "") -> tuple[str, str]:
    """(as shown, as compared); Unfit when it cannot be one.

    `region` is the country whose dialling habits a phone without a plus follows.

    >>> reach("phone", "8 (921) 555-12-34", "RU")
    ('+7 921 555-12-34', '79215551234')
    >>> reach("email", " Jo@Example.ORG ")
    ('Jo@Example.ORG', 'jo@example.org')
    >>> reach("profile", "https://www.Example.org/jo/")
    ('https://www.Example.org/jo/', 'example.org/jo')
    """
    text = " ".join(value.replace("\x00", "").split())[:LONGEST]
    if not text:
        raise Unfit(kind)
    if kind == "phone":
        return _phone(text, region)
    if kind == "email":
        if not EMAIL.fullmatch(text):
            raise Unfit(kind)
        return text, text.casefold()[:LONGEST]
    if kind == "profile":
        return text, _page(text)
    return text, fold(text).lstrip("@")[:LONGEST]


def _phone(text: str, region: str) -> tuple[str, str]:
    """A number we know by its country; any other by its digits alone."""
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        number = None
    if number and phonenumbers.is_valid_number(number):
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return shown, plain.lstrip("+")
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if len(digits) < FEWEST_DIGITS:
        raise Unfit("phone")
    return text, digits


def _page(text: str) -> str:
    """Only addresses of the web: a link to anything else could do harm when it is followed."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise Unfit("profile") from error
    if parts.scheme not in ("http", "https") or "." not in host:
        raise Unfit("profile")
    return f"{host}{parts.path.rstrip('/').casefold()}"[:LONGEST]


def plain_name(name: str) -> str:
    """A name to compare by: script, accents, case, order, initials and titles do not matter.

    >>> plain_name("Шульц-Вознесенская, Катарина") == plain_name("Katarina Shultz-Voznesenskaya")
    False
    >>> plain_name("Катарина Шульц") == plain_name("Shul'ts Katarina")
    True
    >>> plain_name("Prof. Dr. Henning Rautenberg")
    'hening rautenberg'
    """
    text = latin(name).replace("'", "").replace("’", "")
    words = NOT_WORD.sub(" ", text).split()
    kept = [word for word in words if len(word) > 1 and word not in TITLES] or words
    return " ".join(sorted(sounds_like(word) for word in kept))[:LONGEST_NAME]
