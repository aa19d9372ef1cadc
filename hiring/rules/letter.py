"""Merge fields of letters: a fixed list of words in braces, replaced by plain text, once.

No template engine reads what people type: {x.__class__}, {% load %} and %(x)s are refused when a
template is kept and stay as they are in a letter.
"""

from collections.abc import Collection, Mapping

from common.merge_fields import LONGEST_SUBJECT, fields_in, harmless, one_line, replaced

__all__ = [
    "FIELDS", "LATE", "LONGEST_SUBJECT", "MissingField", "fields_in", "fill", "fill_early",
    "fill_late", "missing_fields", "one_line", "unknown_fields",
]  # fmt: skip

FIELDS = (
    "name",
    "vacancy",
    "city",
    "company",
    "recruiter",
    "link",
    "session",
    "place",
    "task",
    "due",
)
# Written when the letter goes out, so that no working link lies in the database.
LATE = ("link",)


class MissingField(ValueError):
    """A letter lacks what it names; `names` are the fields without a value."""

    def __init__(self, names: Collection[str]):
        super().__init__(", ".join(names))
        self.names = list(names)


def unknown_fields(*texts: str) -> list[str]:
    """Words in braces that are no merge fields.

    >>> unknown_fields("{name}, {salary} {x.__class__}")
    ['salary', 'x.__class__']
    """
    return [name for name in fields_in(*texts) if name not in FIELDS]


def missing_fields(values: Mapping[str, str], *texts: str) -> list[str]:
    """Fields of the texts that have no value yet; what is written late is never missing.

    >>> missing_fields({"name": "Jo", "session": " "}, "{name} {session} {link}")
    ['session']
    """
    wanted = [name for name in fields_in(*texts) if name in FIELDS and name not in LATE]
    return [name for name in wanted if not values.get(name, "").strip()]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; MissingField when one is needed that nobody gave.

    What a value contains is never read again: somebody called "{link}" gets no link.

    >>> fill("Hello {name}, {city} {curly}", {"name": "{city}", "city": "Omsk"})
    'Hello {city}, Omsk {curly}'
    """
    missing = missing_fields(values, text)
    if missing:
        raise MissingField(missing)
    return replaced(text, {name: values[name] for name in FIELDS if name in values})


def fill_early(text: str, values: Mapping[str, str]) -> str:
    """As fill, with braces of values made harmless and late fields left to `fill_late`."""
    early = {name: value for name, value in values.items() if name not in LATE}
    return fill(text, harmless(early))


def fill_late(text: str, values: Mapping[str, str]) -> str:
    """Only what is written when the letter goes out."""
    return replaced(text, {name: values[name] for name in LATE if name in values})
