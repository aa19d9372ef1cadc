"""What an advert or a rule must not ask for: sex, age, family, nationality, health, looks.

Words are searched in the language a text is written in; phrases that only sound alike ("regardless
of age", "a family business") are left alone. It errs on the side of asking: a person decides, but
nothing is published while a finding stands (docs/security.md).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = Path(__file__).parent.parent / "linter_words.txt"
LANGUAGES = ("en", "ru", "es", "it")
# Two figures that can be somebody's age, not years of work.
AGE = r"(?:1[6-9]|[2-7]\d)"
TO = r"\s*(?:-|–|—|to|до|a|y|e)\s*"
# Words that tell the Latin languages apart, where nobody said which it is.
COMMON = {
    "en": {"the", "and", "of", "for", "with", "to", "a", "in", "is", "we", "you", "not", "no"},
    "es": {"el", "los", "las", "y", "con", "para", "una", "en", "que", "del", "de", "años", "un"},
    "it": {"il", "gli", "e", "di", "per", "con", "una", "che", "della", "nel", "anni", "un", "tra"},
}


class Ground(TextChoices):
    SEX = "sex", gettext_lazy("sex")
    AGE = "age", gettext_lazy("age")
    FAMILY = "family", gettext_lazy("family and children")
    NATIONALITY = "nationality", gettext_lazy("nationality")
    HEALTH = "health", gettext_lazy("health")
    LOOKS = "looks", gettext_lazy("looks")


@dataclass(frozen=True, slots=True)
class Place:
    """A text and where it stands: "Advert, Russian: title"; language "" when nobody said."""

    label: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`word` as it stands in the text, between `start` and `end`."""

    place: Place
    ground: str
    word: str
    start: int
    end: int

    @property
    def why(self) -> str:
        return why(self.ground)

    @property
    def instead(self) -> str:
        return instead(self.ground)

    @property
    def sentence(self) -> str:
        parts = {"place": self.place.label, "word": self.word, "why": self.why}
        return _("%(place)s: “%(word)s”. %(why)s") % parts


def why(ground: str) -> str:
    """Why a text must not ask for it."""
    return {
        Ground.SEX: _("The law lets nobody choose people by sex."),
        Ground.AGE: _("The law lets nobody choose people by age."),
        Ground.FAMILY: _("Family and children are nobody's business when hiring."),
        Ground.NATIONALITY: _("The law lets nobody choose people by origin or nationality."),
        Ground.HEALTH: _("Health is asked for by a doctor where the law says so, not here."),
        Ground.LOOKS: _("Looks say nothing about the work and hide sex and age."),
    }[Ground(ground)]


def instead(ground: str) -> str:
    """What to write in its place."""
    return {
        Ground.SEX: _("Name the work, not the person: “key account manager”, “you”."),
        Ground.AGE: _("Ask for experience or results: “three years in B2B sales”."),
        Ground.FAMILY: _("Say what the work needs: “business trips twice a month”."),
        Ground.NATIONALITY: _(
            "Ask for a right to work here, or for a level of a language: “Russian, C1”."
        ),
        Ground.HEALTH: _("Name the task itself: “carries samples to customers”."),
        Ground.LOOKS: _("Say what the work is: “leads talks with directors”."),
    }[Ground(ground)]


def lint(text: str, language: str = "") -> list[tuple[str, int, int]]:
    """(ground, start, end) of what the text must not ask for, in its order.

    >>> lint("Men under 35 only", "en")
    [('sex', 0, 3), ('age', 4, 12)]
    """
    found: list[tuple[str, int, int]] = []
    for code in [language] if language in LANGUAGES else languages_of(text):
        spared = [match.span() for match in _fine(code).finditer(text)]
        for ground, pattern in _asks(code).items():
            for match in pattern.finditer(text):
                start, end = match.span()
                if not any(left < end and start < right for left, right in spared):
                    found.append((ground, start, end))
    return _without_overlaps(found)


def _without_overlaps(found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Of findings on the same words the one that begins first, then the longest."""
    kept: list[tuple[str, int, int]] = []
    for ground, start, end in sorted(found, key=lambda one: (one[1], -one[2])):
        if not kept or start >= kept[-1][2]:
            kept.append((ground, start, end))
    return kept


def languages_of(text: str) -> list[str]:
    """The languages a text may be in, by its letters and its small words.

    >>> languages_of("Опыт продаж"), languages_of("without the need")
    (['ru'], ['en'])
    """
    found = ["ru"] if re.search("[а-яё]", text, re.IGNORECASE) else []
    said = re.findall(r"[^\W\d_]+", text.lower())
    if not any(re.match("[a-zà-ÿ]", word) for word in said):
        return found
    likeness = {code: sum(word in common for word in said) for code, common in COMMON.items()}
    best = max(likeness.values())
    if found and not best:
        return found
    return found + [code for code, likes in likeness.items() if likes == best]


def findings(places: Iterable[Place]) -> list[Finding]:
    """Everything that must go from these texts."""
    return [
        Finding(place, ground, place.text[start:end], start, end)
        for place in places
        for ground, start, end in lint(place.text, place.language)
    ]


@cache
def words() -> dict[tuple[str, str], list[str]]:
    """Parts of regular expressions by language and ground, or "fine" for what is spared."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line.count(" ") == 1:
            language, _space, ground = line[1:-1].partition(" ")
            part = found.setdefault((language, ground), [])
        elif line and not line.startswith("#"):
            part.append(line)
    return found


@cache
def _asks(language: str) -> dict[str, re.Pattern]:
    return {ground: _pattern(language, ground) for ground in Ground.values}


@cache
def _fine(language: str) -> re.Pattern:
    return _pattern(language, "fine")


def _pattern(language: str, ground: str) -> re.Pattern:
    parts = "|".join(words()[language, ground])
    for mark, meant in (("<age>", AGE), ("<to>", TO), ("<trait>", words()[language, "trait"][0])):
        parts = parts.replace(mark, meant)
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE)
