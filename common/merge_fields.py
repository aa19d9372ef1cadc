"""Words in braces that letters fill in: plain text for plain text, once.

No template engine reads what people type, and what a value contains is never read again.
"""

import re
from collections.abc import Collection, Mapping

FIELD = re.compile(r"\{([^{}\n]{0,60})\}")
LONGEST_SUBJECT = 200


def fields_in(*texts: str) -> list[str]:
    """What stands in braces, each once, in order.

    >>> fields_in("Hello {name}", "{link} or {link}")
    ['name', 'link']
    """
    return list(dict.fromkeys(name for text in texts for name in FIELD.findall(text)))


def unknown_fields(known: Collection[str], *texts: str) -> list[str]:
    """What stands in braces and is none of the `known` fields.

    >>> unknown_fields(("name",), "{name}, {salary} {x.__class__}")
    ['salary', 'x.__class__']
    """
    return [name for name in fields_in(*texts) if name not in known]


def replaced(text: str, values: Mapping[str, str]) -> str:
    """Fields with a value replaced by it; all else in braces stays.

    >>> replaced("Hello {name}, {city} {curly}", {"name": "{city}", "city": "Omsk"})
    'Hello {city}, Omsk {curly}'
    """
    return FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def harmless(values: Mapping[str, str]) -> dict[str, str]:
    """Values without braces, where fields are filled a second time later.

    >>> harmless({"name": "{link}"})
    {'name': '(link)'}
    """
    return {name: value.replace("{", "(").replace("}", ")") for name, value in values.items()}


def one_line(subject: str) -> str:
    """A subject without line breaks of any kind: they would become headers of the letter.

    >>> one_line(" Offer\\r\\nBcc: all@example.org\\u2028 ")
    'Offer Bcc: all@example.org'
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in subject)
    return " ".join(plain.split())[:LONGEST_SUBJECT]
