"""What rows are found by: their words folded, one part a line."""

from common.folding import fold, joined, latin

LONGEST = 600
LONGEST_TALK = 8_000


def search_text(name: str, *more: str) -> str:
    """What Account.search_text holds: the folded name, city and numbers, and the name in Latin.

    It begins with a line feed before each part, so that "begins with" can be asked of any part.
    """
    parts = [fold(part) for part in (name, *more) if part]
    transliterated = latin(name)
    if parts and transliterated != parts[0]:
        parts.insert(1, transliterated)
    return ("\n" + "\n".join(dict.fromkeys(parts)))[:LONGEST]


def contact_text(name: str, other_name: str = "", *more: str) -> str:
    """What Contact.search_text holds: both names, in Latin letters too, and `more` to find them by
    (phones as digits, addresses)."""
    names = [name, other_name]
    return joined(
        [fold(one) for one in names] + [latin(one) for one in names] + [fold(part) for part in more]
    )


def touchpoint_text(subject: str, text: str, place: str = "") -> str:
    """What Touchpoint.search_text holds: all that was said; the subject in Latin letters too."""
    return joined([fold(subject), latin(subject), fold(place), fold(text)], LONGEST_TALK)


def task_text(title: str, note: str = "") -> str:
    """What Task.search_text holds: the title, in Latin letters too, and the note's beginning."""
    return joined([fold(title), latin(title), fold(note)])
