"""Facts about people: which values there are, how they age, which one to ask about first.

Shelf lives are days by fact and tier (accounts.rules.field has the starting ones). The order of
asking is ours: power x tier x age in shelf lives (field notes 2.1, 2.9).
"""

import datetime as dt
from collections.abc import Mapping

from accounts.choices import Access, Fact, Level, Orientation, Power, Stance
from accounts.rules import field

CHOSEN = {
    Fact.POWER: Power,
    Fact.STANCE: Stance,
    Fact.ORIENTATION: Orientation,
    Fact.ACCESS: Access,
    Fact.LEVEL: Level,
    Fact.LEVEL_WANTED: Level,
}
WRITTEN = (Fact.PREFERENCE, Fact.SORE_SPOT)
OF_A_COLLEAGUE = (Fact.LEVEL, Fact.LEVEL_WANTED)
MOST_LETTERS = 400
POWER_WEIGHT = {"3": 3, "2": 2, "1": 1}
TIER_WEIGHT = {"A": 3, "B": 2, "C": 1}
EXPECTED_STRENGTH = {"1": 0, "2": 20, "3": 40, "4": 60}
FAR_STRONGER = 40

Shelf = Mapping[str, Mapping[str, int]]


def values_of(fact: str) -> tuple[str, ...]:
    """The values one may choose; none for a fact that is written in words."""
    choices = CHOSEN.get(Fact(fact))
    return tuple(choices.values) if choices else ()


def is_value(fact: str, value: str) -> bool:
    """Empty stands for "not known any more" and fits every fact."""
    if fact not in Fact.values:
        return False
    if fact in WRITTEN:
        return len(value) <= MOST_LETTERS
    return value == "" or value in values_of(fact)


def may_be_of_colleague(fact: str) -> bool:
    """Whether each of ours may have a value of their own beside the company's."""
    return fact in OF_A_COLLEAGUE


def shelf_days(shelf: Shelf, fact: str, tier: str) -> int:
    """Days a value stays good; the starting figure where the company's table has a gap."""
    known = shelf.get(fact, {}).get(tier)
    return known or field.default_shelf_life()[fact][tier if tier in field.TIERS else "N"]


def age_days(day: dt.date, on: dt.date) -> int:
    return max(0, (on - day).days)


def is_stale(age: int, shelf: int) -> bool:
    return age > shelf


def ring_share(age: int, shelf: int) -> float:
    """What is left of the ring: 1 on the day, 0 from the end of the shelf life on."""
    return max(0.0, 1 - age / shelf)


def cut_day(shelf: int, on: dt.date) -> dt.date:
    """Values of an earlier day are stale on `on`."""
    return on - dt.timedelta(days=shelf)


def urgency(power: str, tier: str, age: int, shelf: int) -> float:
    """Whom to ask about first: unknown power counts as the least."""
    return POWER_WEIGHT.get(power, 1) * TIER_WEIGHT.get(tier, 1) * age / shelf


def level_gap(now: str, wanted: str) -> int:
    """Steps between the present and the wanted relationship; none known counts as below all."""
    return max(0, int(wanted or 0) - int(now or 0))


def disagreement(level: str, strength: float) -> str:
    """How a declared relationship stands to lived contact (0-100): "weaker", "stronger" or "".

    Weaker: below half of what the level needs; stronger: forty points and more above it.
    """
    if level not in EXPECTED_STRENGTH:
        return ""
    expected = EXPECTED_STRENGTH[level]
    if strength < expected / 2:
        return "weaker"
    return "stronger" if level != Level.ADVISOR and strength >= expected + FAR_STRONGER else ""
