"""How strong a tie is: points for every lived contact, halved with time (field notes 4.4).

Points are ours to choose where the notes give none: an event counts 3 (many talk, few at length),
an informal meeting 2. The factors of tone and lateness scale the points; both never reach zero,
because a poor meeting told late is still a meeting.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from accounts.choices import Channel, Direction, Tone

RULE = "ties-1"

POINTS = {
    Channel.MEETING: 5.0,
    Channel.VIDEO: 4.0,
    Channel.CALL: 3.0,
    Channel.EVENT: 3.0,
    Channel.INFORMAL: 2.0,
    Channel.MESSAGE: 1.0,
    Channel.MAIL: 1.0,
}
ONE_WAY = 0.2
TONES = {Tone.POOR: 0.7, Tone.EVEN: 1.0, Tone.GOOD: 1.2}
# Hours told late, up to which the points are scaled by the factor; beyond the last by LATEST.
LATE = ((0, 1.0), (72, 0.8), (168, 0.65))
LATEST = 0.5
IN_FULL = 3
CLEAR = 10  # half lives after which a thousandth is left
SCALE = 10.0


def event_points(
    channel: str, direction: str, tone: int | None, late_hours: int, place: int
) -> float:
    """What one touchpoint leaves with the person named at `place` (0 is the first) of it."""
    points = POINTS[Channel(channel)] if direction == Direction.BOTH else ONE_WAY
    points *= TONES[Tone(tone)] if tone is not None else 1.0
    points *= late_factor(late_hours)
    return points if place < IN_FULL else points / 2


def late_factor(late_hours: int) -> float:
    """`late_hours` is 0 for what was told at once."""
    return next((factor for hours, factor in LATE if late_hours <= hours), LATEST)


def decay(days: float, half_life: float) -> float:
    """What is left of a point after so many days."""
    return 0.5 ** (days / half_life)


def strength(energy: float) -> float:
    """0 to 100, rising steeply at first: the first meetings change more than the tenth."""
    return 100 * (1 - math.exp(-max(energy, 0.0) / SCALE))


def energy_of(strength: float) -> float:
    """What `strength` is made of.

    >>> round(strength(energy_of(30)), 9)
    30.0
    """
    return -SCALE * math.log(1 - strength / 100)


@dataclass(frozen=True, slots=True)
class Bond:
    """What contact has left between two: energy as of the day of the last of it."""

    energy: float = 0.0
    as_of: dt.date | None = None
    touchpoints: int = 0
    last_two_way_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """One touchpoint as one pair lived it."""

    day: dt.date
    points: float
    is_two_way: bool


def joined(bond: Bond, lived: Lived, half_life: float) -> Bond:
    """With one more, on whatever day; the energy stays exact for any later day."""
    if bond.as_of is None or lived.day > bond.as_of:
        old = bond.energy * decay((lived.day - bond.as_of).days, half_life) if bond.as_of else 0.0
        energy, as_of = old + lived.points, lived.day
    else:
        age = (bond.as_of - lived.day).days
        energy, as_of = bond.energy + lived.points * decay(age, half_life), bond.as_of
    two_way = bond.last_two_way_on
    if lived.is_two_way:
        two_way = max(two_way, lived.day) if two_way else lived.day
    return Bond(energy, as_of, bond.touchpoints + 1, two_way)


def can_part(bond: Bond, lived: Lived) -> bool:
    """Whether `parted` can answer: not for the newest day of either kind, nor for the last one."""
    return (
        bond.touchpoints > 1
        and bond.as_of is not None
        and lived.day < bond.as_of
        and not (lived.is_two_way and lived.day == bond.last_two_way_on)
    )


def parted(bond: Bond, lived: Lived, half_life: float) -> Bond:
    """Without one that was joined before; only where `can_part` says so."""
    if bond.as_of is None:
        raise ValueError("nothing was joined to this bond")
    age = (bond.as_of - lived.day).days
    energy = bond.energy - lived.points * decay(age, half_life)
    return replace(bond, energy=energy, touchpoints=bond.touchpoints - 1)


def parted_newest(
    bond: Bond, lived: Lived, half_life: float, *, last_on: dt.date, last_two_way_on: dt.date | None
) -> Bond | None:
    """The same for the newest, told the newest days of what is left; None where so little of that
    is left by now that rounding would show when it grows back."""
    if bond.as_of is None:
        raise ValueError("nothing was joined to this bond")
    gap = (bond.as_of - last_on).days
    if gap > CLEAR * half_life:
        return None
    energy = bond.energy - lived.points * decay((bond.as_of - lived.day).days, half_life)
    return Bond(
        max(energy, 0.0) / decay(gap, half_life), last_on, bond.touchpoints - 1, last_two_way_on
    )


def bond_of(events: Iterable[Lived], half_life: float) -> Bond:
    """All of them from the beginning, in the order of their days."""
    bond = Bond()
    for lived in sorted(events, key=lambda event: event.day):
        bond = joined(bond, lived, half_life)
    return bond


def strengths(energy: np.ndarray, days: np.ndarray, half_life: np.ndarray) -> np.ndarray:
    """`strength` of many ties at once, each so many days after its energy was reckoned."""
    faded = np.maximum(energy, 0.0) * 0.5 ** (np.maximum(days, 0) / half_life)
    return 100 * (1 - np.exp(-faded / SCALE))
