"""Merge fields of letters: a fixed list of words in braces, replaced by plain text, once.

No template engine reads what people type: {x.__class__}, {% load %} and %(x)s are refused when a
template is kept and stay as they are in a letter.
"""

import re
from collections.abc import Collection, Mapping

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
FIELD = re.compile(r"\{([^{}\n]{0,60})\}")
LONGEST_SUBJECT = 200


class MissingField(ValueError):
    """A letter lacks what it names; `names` are the fields without a value."""

    def __init__(self, names: Collection[str]):
        super().__init__(", ".join(names))
        self.names = list(names)


def fields_in(*texts: str) -> list[str]:
    """What stands in braces, each once, in order.

    >>> fields_in("Hello {name}", "{link} or {link}")
    ['name', 'link']
    """
    return list(dict.fromkeys(name for text in texts for name in FIELD.findall(text)))


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
    return _replaced(text, {name: values[name] for name in FIELDS if name in values})


def fill_early(text: str, values: Mapping[str, str]) -> str:
    """As fill, with braces of values made harmless and late fields left to `fill_late`."""
    harmless = {
        name: value.replace("{", "(").replace("}", ")")
        for name, value in values.items()
        if name not in LATE
    }
    return fill(text, harmless)


def fill_late(text: str, values: Mapping[str, str]) -> str:
    """Only what is written when the letter goes out."""
    return _replaced(text, {name: values[name] for name in LATE if name in values})


def one_line(subject: str) -> str:
    """A subject without line breaks of any kind: they would become headers of the letter.

    >>> one_line(" Offer\\r\\nBcc: all@example.org\\u2028 ")
    'Offer Bcc: all@example.org'
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in subject)
    return " ".join(plain.split())[:LONGEST_SUBJECT]


def _replaced(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda match: values.get(match[1], match[0]), text)
