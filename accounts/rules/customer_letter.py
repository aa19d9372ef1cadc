"""Letters to customers: what stands in braces, whose language, how somebody is addressed."""

from collections.abc import Collection, Iterable, Mapping

from babel import Locale
from babel.languages import get_official_languages

from accounts.choices import CustomerLetterState as State
from common.folding import fold
from common.merge_fields import fields_in, harmless, replaced

FIELDS = (
    "account",
    "contact",
    "greeting",
    "old_manager",
    "new_manager",
    "phone",
    "email",
    "from_day",
    "until_day",
    "company",
    "link",
)
# Written when the letter goes out, so that no working link lies in the database.
LATE = ("link",)
# A line that names one of them goes when nobody knows it.
DISPENSABLE = ("phone", "email", "until_day")
GREETINGS = {  # language: to somebody by name, to the house
    "en": ("Dear {who},", "Dear Sir or Madam,"),
    "ru": ("Здравствуйте, {who}!", "Здравствуйте!"),
    "es": ("Buenos días, {who}:", "Buenos días:"),
    "it": ("Buongiorno {who},", "Buongiorno,"),
}
MOVES = {
    State.DRAFT: {State.QUEUED, State.PRINTED, State.STOPPED},
    State.QUEUED: {State.DRAFT, State.SENT, State.STOPPED},
    State.STOPPED: {State.DRAFT},
    State.PRINTED: {State.DRAFT},
    State.SENT: set(),
}


def may_become(state: str, wanted: str) -> bool:
    """What was sent stays sent; a letter called printed by mistake is a draft again."""
    return State(wanted) in MOVES[State(state)]


def greeting(language: str, who: str) -> str:
    """`who` as one says it ("Frau Dr. Kern"); "" to nobody in particular.

    >>> greeting("it", "dott.ssa Neri"), greeting("en", "")
    ('Buongiorno dott.ssa Neri,', 'Dear Sir or Madam,')
    """
    to_name, to_house = GREETINGS.get(language, GREETINGS["en"])
    return to_name.replace("{who}", who) if who else to_house


def language_for(
    spoken: Iterable[str], country: str, company: str, offered: Collection[str]
) -> str:
    """The first language of the person that we write, else the country's, else the company's.

    >>> language_for(["de", "English"], "DE", "ru", ["en", "ru", "es", "it"])
    'en'
    >>> language_for([], "ES", "ru", ["en", "ru", "es", "it"])
    'es'
    >>> language_for([], "DE", "ru", ["en", "ru", "es", "it"])
    'ru'
    """
    named = _names(offered)
    for word in spoken:
        found = named.get(fold(word).strip().partition("-")[0])
        if found:
            return found
    for code in get_official_languages(country, de_facto=True) if country else ():
        if code in offered:
            return code
    return company


def _names(offered: Collection[str]) -> dict[str, str]:
    """A language as people write it: its code, or its name in any of the languages offered."""
    found = {}
    for code in offered:
        found[code] = code
        for teller in offered:
            found[fold(Locale.parse(teller).languages[code])] = code
    return found


def unknown_fields(*texts: str) -> list[str]:
    """Words in braces that are no merge fields.

    >>> unknown_fields("{account}, {salary} {x.__class__}")
    ['salary', 'x.__class__']
    """
    return [name for name in fields_in(*texts) if name not in FIELDS]


def open_fields(*texts: str) -> list[str]:
    """Fields that wait for words; such a letter does not go. The late ones fill themselves.

    >>> open_fields("{old_manager}, {link}")
    ['old_manager']
    """
    return [name for name in fields_in(*texts) if name in FIELDS and name not in LATE]


def fill(text: str, values: Mapping[str, str]) -> str:
    """With the values that are known; what is not stays open, and dispensable lines go.

    >>> fill("Hello {contact}\\nPhone: {phone}\\n{old_manager}", {"contact": "Jo {link}"})
    'Hello Jo (link)\\n{old_manager}'
    """
    known = harmless(
        {name: value for name, value in values.items() if name not in LATE and value.strip()}
    )
    lines = [
        line
        for line in text.split("\n")
        if not any(name in DISPENSABLE and name not in known for name in fields_in(line))
    ]
    return replaced("\n".join(lines), known)


def fill_late(text: str, values: Mapping[str, str]) -> str:
    """Only what is written when the letter goes out."""
    return replaced(text, {name: values[name] for name in LATE if name in values})
