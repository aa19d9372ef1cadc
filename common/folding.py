"""Names as people type them: case, accents, ё/е and the script do not matter."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u",
}  # fmt: skip
# Letters that decomposition leaves whole.
WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
# One sound, several spellings across the scripts: "x" and "ks", "w" and "v", "y" and "i", "ph".
SOUNDS = (("x", "ks"), ("w", "v"), ("ph", "f"), ("ck", "k"), ("y", "i"), ("j", "i"), ("q", "k"))


def fold(text: str) -> str:
    """Lower case, without accents, ё as е, one space between words, no zero sign.

    >>> fold("  Молочный  ДВОР ёж  Škoda")
    'молочныи двор еж skoda'
    """
    plain = unicodedata.normalize("NFKD", text.replace("\x00", ""))  # first: 𝓐 has no lower case
    parts = unicodedata.normalize("NFKD", plain.casefold())
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(bare.translate(WHOLE).split())


def latin(text: str) -> str:
    """Folded text with Cyrillic letters written in Latin ones.

    >>> latin("Молочный двор")
    'molochnyi dvor'
    """
    return "".join(LATIN.get(sign, sign) for sign in fold(text))


def sounds_like(text: str) -> str:
    """Latin text with the spellings of one sound made equal, doubled letters single."""
    for spelling, sound in SOUNDS:
        text = text.replace(spelling, sound)
    return re.sub(r"(\w)\1", r"\1", text)


def joined(parts: Iterable[str], longest: int = 600) -> str:
    """Each part once, with a line feed before it, so that "begins with" can be asked of any."""
    return "".join(f"\n{part}" for part in dict.fromkeys(parts) if part)[:longest]


def words(query: str) -> list[str]:
    """The folded words of what somebody typed, at most eight."""
    return fold(query).split()[:8]


def wanted(query: str) -> list[list[str]]:
    """For each word typed, the parts of which a fitting text holds one: the word, as it is or in
    Latin letters; at the beginning of another, if it has one or two letters only."""
    return [_parts(word) for word in words(query)]


def nearly_wanted(query: str) -> list[list[str]]:
    """The same with one slip forgiven in words of four letters or more: one half is right."""
    return [
        _parts(word) + [part for one in _spellings(word) for part in _halves(one)]
        for word in words(query)
    ]


def is_nearly(query: str, text: str) -> bool:
    """Whether each word typed stands in the folded text, but for one slip."""
    return all(
        any(part in text for part in _parts(word))
        or any(len(one) >= 4 and is_near(one, text) for one in _spellings(word))
        for word in words(query)
    )


def _spellings(word: str) -> list[str]:
    return list(dict.fromkeys([word, latin(word)]))


def _parts(word: str) -> list[str]:
    if len(word) > 2:
        return _spellings(word)
    return [f"{before}{one}" for one in _spellings(word) for before in (" ", "\n")]


def _halves(word: str) -> list[str]:
    """No part below three letters but at a beginning: an index of three letters cannot find it."""
    half = len(word) // 2
    if len(word) < 4:
        return []
    rests = [word[half + 1 :], word[half:]]  # the first is right even if two were swapped between
    return [f" {word[:half]}", f"\n{word[:half]}", *[rest for rest in rests if len(rest) > 2][:1]]


def is_near(word: str, text: str) -> bool:
    """Whether a word of the text begins with `word` but for one letter (or two swapped)."""
    return any(
        is_one_slip(word, other[: len(word) + extra])
        for other in text.split()
        for extra in (-1, 0, 1)
    )


def is_one_slip(one: str, other: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, other_rest = one[at:], other[at:]
    if len(one) == len(other):
        swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
        return rest[1:] == other_rest[1:] or swapped
    return rest[1:] == other_rest or rest == other_rest[1:]


def excerpt(text: str, query: str, length: int = 140) -> str:
    """The stretch of a text around the first word of the query that stands in it."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    signs = "".join(map(_sign, plain))
    places = [at for word in words(query) if (at := signs.find(word)) >= 0]
    start = plain.rfind(" ", 0, max(0, min(places, default=0) - length // 3)) + 1
    start = min(start, plain.rfind(" ", 0, len(plain) - length + 1) + 1)
    shown = plain[start : start + length]
    if start + length < len(plain):
        shown = f"{shown.rpartition(' ')[0] or shown}…"
    return f"…{shown}" if start else shown


@lru_cache(maxsize=4_000)
def _sign(sign: str) -> str:
    """One folded sign for one, so that places stay where they are."""
    return fold(sign)[:1] or " "
