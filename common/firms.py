"""When two accounts look like one: the same name in any spelling, number or web site."""

import re
from urllib.parse import urlsplit

from common.folding import latin, sounds_like

# Legal forms of the countries our users trade in, folded and in Latin letters.
FORMS = frozenset(
    """
    ag gmbh kg ohg ug co ek mbh se
    ooo oao zao pao ao ip tov too chup odo
    spa srl sas snc sapa scarl
    sa sl slu slne sc scl sau
    ltd limited llc llp plc inc incorporated corp corporation company
    bv nv oy oyj ab as aps ou uab sia sarl sasu eurl doo dd kft zrt sro spzoo
    """.split()  # noqa: SIM905  a list of 60 quoted words is harder to read
)
LONG_FORMS = (
    "obshchestvo s ogranichennoi otvetstvennostyu",
    "publichnoe aktsionernoe obshchestvo",
    "zakrytoe aktsionernoe obshchestvo",
    "otkrytoe aktsionernoe obshchestvo",
    "aktsionernoe obshchestvo",
    "individualnyi predprinimatel",
    "gesellschaft mit beschrankter haftung",
    "societa per azioni",
    "sociedad limitada",
    "sociedad anonima",
)
DOTTED = re.compile(r"\b(?:\w\.\s?){2,}")
NOT_WORD = re.compile(r"[^\w]+")


def _undotted(match: re.Match) -> str:
    return match.group().replace(".", "").replace(" ", "") + " "


def plain_name(name: str) -> str:
    """The name without legal form, punctuation, accents, case and script; "" for nothing else.

    >>> plain_name("ООО «Молочный двор»")
    'molochnii dvor'
    >>> plain_name("Pastificio Morandi S.p.A.")
    'pastificio morandi'
    """
    text = DOTTED.sub(_undotted, latin(name) + " ")
    text = " ".join(NOT_WORD.sub(" ", text).split())
    for form in LONG_FORMS:
        text = text.replace(form, " ")
    kept = [word for word in text.split() if word not in FORMS]
    return sounds_like(" ".join(kept or text.split()))


def plain_site(website: str) -> str:
    """The host of a web site without "www.", "" when there is none.

    >>> plain_site("HTTPS://www.Example.org/shop")
    'example.org'
    """
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return ""
    return host.replace("\x00", "").removeprefix("www.")
