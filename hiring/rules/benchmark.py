"""How a pay range stands to what the market pays, and when a benchmark is too old to lean on."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from common.folding import fold
from common.i18n import pick
from hiring.choices import Experience
from people.choices import Grade

CITY_NAMES = Path(__file__).parent.parent / "city_names.json"
OLD_YEARS = 2
FEW = 10
BELOW, WITHIN, ABOVE = "below", "within", "above"


@dataclass(frozen=True, slots=True)
class Standing:
    """`share`: how far the middle of our range is outside theirs, or from their one figure."""

    where: str
    share: Decimal
    is_against_figure: bool


def middle(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """Half way; of one figure the figure itself.

    >>> middle(Decimal(100), Decimal(120)), middle(None, Decimal(90))
    (Decimal('110'), Decimal('90'))
    """
    if low is None or high is None:
        return low if high is None else high
    return (low + high) / 2


def standing(
    ours: Decimal, *, low: Decimal | None, high: Decimal | None, median: Decimal | None
) -> Standing | None:
    """Our middle against a range, else against a median; None where the row has no figure.

    >>> standing(Decimal(132), low=Decimal(80), high=Decimal(120), median=None)
    Standing(where='above', share=Decimal('0.1'), is_against_figure=False)
    """
    if low is None and high is None:
        if not median:
            return None
        share = ours / median - 1
        where = ABOVE if share > 0 else BELOW if share < 0 else WITHIN
        return Standing(where, abs(share), True)
    if high and ours > high:
        return Standing(ABOVE, ours / high - 1, False)
    if low and ours < low:
        return Standing(BELOW, 1 - ours / low, False)
    return Standing(WITHIN, Decimal(0), False)


def age_in_years(on: dt.date, today: dt.date) -> int:
    """Whole years since the benchmark's day."""
    return today.year - on.year - ((today.month, today.day) < (on.month, on.day))


def is_old(on: dt.date, today: dt.date) -> bool:
    return age_in_years(on, today) >= OLD_YEARS


def experience_of(grade: int) -> str:
    """The experience a grade is compared by, in profiles, approvals and offers alike.

    A grade 2 earns about 70,000 in St Petersburg, which lies in no row but "from 2 years", and a
    grade 3 at least twice that; the words "up to 2 years" alone would also fit "from 1 year".
    """
    return {
        Grade.TRAINED: Experience.NONE,
        Grade.PRACTISED: Experience.TWO,
        Grade.MASTER: Experience.THREE,
    }[Grade(grade)]


@cache
def _cities() -> dict[str, dict[str, str]]:
    return json.loads(CITY_NAMES.read_text(encoding="utf-8"))


@cache
def _by_any_name() -> dict[str, str]:
    found = {}
    for city, names in _cities().items():
        for text in names.values():
            for name in text.split(","):
                found[fold(name)] = city
    return found


def known_city(name: str) -> str:
    """The name the table uses for a city, however it was written; else the name itself.

    >>> known_city("санкт-петербург"), known_city("Lyon")
    ('St Petersburg', 'Lyon')
    """
    return _by_any_name().get(fold(name), name.strip())


def city_name(city: str) -> str:
    """A city of the table in the reader's language."""
    return pick(_cities()[city]) if city in _cities() else city
