"""One cell to one exact value, or a named reason; never a guess, never a float.

A number is a pair `(digits, scale)`: 12.50 is `(1250, 2)`. Readers are dictionaries that fill
themselves, because the cells of a ledger repeat: the second look-up of a text costs a hash.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from decimal import Decimal

from common.reading.errors import Rejected

KEEP = 100_000  # texts remembered per column before the dictionary begins anew
TYPED = "\x1f"  # begins a cell whose type a workbook told us: n number, d date, b truth value
LARGEST = 10**12

_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_SCIENTIFIC_ID = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]{1,3}")
_WHOLE_WITH_ZERO = re.compile(r"-?[0-9]+\.0+")
_WHOLE = re.compile(r"-?[0-9]+(?:\.0+)?")
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u2060\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NO_NUMBERS = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "1.#inf"}
_DASHES = {"-", "\u2013", "\u2014", "\u2212"}
_SIGNS = {
    "EUR": ("€", "EUR"),
    "USD": ("US$", "$", "USD"),
    "GBP": ("£", "GBP"),
    "RUB": ("₽", "руб.", "руб", "р.", "RUB"),
    "CHF": ("Fr.", "CHF"),
    "JPY": ("¥", "JPY"),
    "PLN": ("zł", "PLN"),
    "UAH": ("₴", "UAH"),
    "KZT": ("₸", "KZT"),
    "TRY": ("₺", "TRY"),
    "CZK": ("Kč", "Kc", "CZK"),
}
_ANY_SIGN = re.compile(r"[$€£¥₽₴₸₺₹]|\b[A-Z]{3}\b|руб|zł|Kč")


def currency_in(text: str) -> tuple[str, str]:
    """(its code, the text without it) of an amount with a sign before or behind, else ("", text).

    >>> currency_in("180 000 руб."), currency_in("12")
    (('RUB', '180 000'), ('', '12'))
    """
    plain = text.casefold()
    for code, signs in _SIGNS.items():
        for sign in signs:
            if plain.endswith(sign.casefold()):
                return code, text[: -len(sign)].strip()
            if plain.startswith(sign.casefold()):
                return code, text[len(sign) :].strip()
    return "", text


class Remembered(dict, ABC):
    """A dictionary that reads what it does not know yet; subclasses say how in `read`."""

    @abstractmethod
    def read(self, text: str): ...

    def __missing__(self, text: str):
        value = self.read(text)
        if len(self) >= KEEP:
            self.clear()
        self[text] = value
        return value


class Numbers(Remembered):
    """Texts to `(digits, scale)`. `decimal` is "." or ","; `currency` allows its own signs."""

    def __init__(self, decimal: str = ".", currency: str = ""):
        super().__init__()
        self.decimal = decimal
        group = re.escape("," if decimal == "." else ".")
        self._grouped = re.compile(
            rf"[+-]?[0-9]{{1,3}}(?:(?P<g>[ '’{group}])[0-9]{{3}})(?:(?P=g)[0-9]{{3}})*"
            rf"(?:{re.escape(decimal)}[0-9]{{1,20}})?"
        )
        self._signs = _SIGNS.get(currency, (currency,) if currency else ())

    def read(self, text: str) -> tuple[int, int]:
        if text.startswith(TYPED):
            return self._typed(text)
        plain = text.replace(",", ".", 1) if self.decimal == "," and "." not in text else text
        if _PLAIN.fullmatch(plain) and (self.decimal == "." or "." not in text):
            return _bounded(plain)
        text = _BLANKS.sub(" ", text).strip()
        _refuse_what_is_no_amount(text)
        negative, text = self._bare(text)
        if negative and text[:1] in ("-", "+"):
            raise Rejected("not_a_number")
        if self.decimal == "," and _PLAIN.fullmatch(text.replace(",", ".", 1)) and "." not in text:
            return _bounded(text.replace(",", ".", 1), negative)
        if self.decimal == "." and _PLAIN.fullmatch(text):
            return _bounded(text, negative)
        if self._grouped.fullmatch(text):
            whole, _mark, rest = text.partition(self.decimal)
            digits = re.sub(r"[ '’.,]", "", whole)
            return _bounded(f"{digits}.{rest}" if rest else digits, negative)
        _refuse_unread(text)
        raise Rejected("bad_grouping")

    def _typed(self, text: str) -> tuple[int, int]:
        if text[1:2] != "n" or not _PLAIN.fullmatch(text[2:]):
            raise Rejected("not_a_number")
        return _bounded(text[2:])

    def _bare(self, text: str) -> tuple[bool, str]:
        """Without sign and currency: `(5)`, `5-`, `− 5` are all minus five."""
        if text in _DASHES:
            return False, "0"
        for sign in self._signs:
            if text.endswith(sign) or text.startswith(sign):
                text = text.removesuffix(sign).removeprefix(sign).strip()
                break
        negative = text.startswith("(") and text.endswith(")")
        if negative:
            text = text[1:-1].strip()
        if text[-1:] in _DASHES:
            negative, text = not negative, text[:-1].strip()
        if text[:1] in _DASHES:
            negative, text = not negative, text[1:].strip()
        for sign in self._signs:
            text = text.removesuffix(sign).removeprefix(sign).strip()
        return negative, text


def _refuse_what_is_no_amount(text: str) -> None:
    if not text:
        raise Rejected("missing")
    if text.startswith("#"):
        raise Rejected("error_cell")
    if text.startswith("="):
        raise Rejected("formula")
    if text.casefold() in _NO_NUMBERS:
        raise Rejected("not_finite")
    if _SCIENTIFIC.fullmatch(text):
        raise Rejected("scientific")
    if any(sign.isnumeric() and not sign.isascii() for sign in text):
        raise Rejected("foreign_digits")


def _refuse_unread(text: str) -> None:
    if _ANY_SIGN.search(text) and any(sign.isdigit() for sign in text):
        raise Rejected("currency_sign")
    if not text or re.search(r"[^0-9 .,'’+-]", text) or not re.search("[0-9]", text):
        raise Rejected("not_a_number")
    if sum(sign.isdigit() for sign in text) > 15:
        raise Rejected("too_large")


def _bounded(text: str, negative: bool = False) -> tuple[int, int]:
    whole, _mark, rest = text.partition(".")
    digits, scale = int(whole + rest), len(rest)
    if abs(digits) > LARGEST * 10**scale:
        raise Rejected("too_large")
    return (-digits if negative else digits), scale


def as_decimal(number: tuple[int, int]) -> Decimal:
    """`(1250, 2)` as Decimal("12.50")."""
    return Decimal(number[0]).scaleb(-number[1])


def times(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return left[0] * right[0], left[1] + right[1]


def in_units(number: tuple[int, int], exponent: int, unit: int = 4) -> int:
    """Rounded half-up (away from zero) to `exponent` decimals, as whole 1/10**unit."""
    digits, scale = number
    if scale <= exponent:
        return digits * 10 ** (unit - scale)
    step = 10 ** (scale - exponent)
    rounded = (2 * abs(digits) + step) // (2 * step)
    return (rounded if digits >= 0 else -rounded) * 10 ** (unit - exponent)


def clean(text: str) -> str:
    """Without control signs and outer blanks; composed, so that one name is one name."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _CONTROL.sub(" ", text.lstrip(TYPED))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


class Names(Remembered):
    """Texts for people, cut to `length` because a name is no key."""

    def __init__(self, length: int = 200):
        super().__init__()
        self.length = length

    def read(self, text: str) -> str:
        if text.startswith(TYPED):
            text = text[2:]
        text = clean(text)
        return text if len(text) <= self.length else text[: self.length - 1] + "…"


class Ids(Remembered):
    """Identifiers stay as they are; `whole` says that 17850.0 means 17850 in this column."""

    def __init__(self, *, whole: bool = False, length: int = 100):
        super().__init__()
        self.whole, self.length = whole, length

    def read(self, text: str) -> str:
        text = text[2:] if text.startswith(TYPED) else clean(text)
        if self.whole and _WHOLE_WITH_ZERO.fullmatch(text):
            text = text.partition(".")[0]
        if _SCIENTIFIC_ID.fullmatch(text):
            raise Rejected("scientific_id")
        if text.startswith("#") and text.rstrip("!?").isupper():
            raise Rejected("error_cell")
        if len(text) > self.length:
            raise Rejected("too_long")
        return text


def is_whole_number(text: str) -> bool:
    """Whether an identifier is written as a whole number, with or without `.0`."""
    return bool(_WHOLE.fullmatch(text.removeprefix(TYPED + "n").strip()))


class Currencies(Remembered):
    """Three-letter codes; `known` decides which exist."""

    def __init__(self, known, default: str):
        super().__init__()
        self.known, self.default = known, default

    def read(self, text: str) -> str:
        code = clean(text).upper()
        if not code:
            return self.default
        if code not in self.known:
            raise Rejected("unknown_currency")
        return code
