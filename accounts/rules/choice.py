"""Who should take an account: what speaks for each manager, each part between 0 and 1.

The weights are ours: room to do the work first, then what the customer already has with somebody.
A part that says nothing (no language known, no segment set) is left out and the others fill up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

VERSION = "choice-1"


class Part(StrEnum):
    LOAD = "load"
    TIES = "ties"
    LANGUAGE = "language"
    GRADE = "grade"
    SEGMENT = "segment"
    TERRITORY = "territory"
    PRESENCE = "presence"


WEIGHTS: Mapping[Part, int] = {
    Part.LOAD: 30,
    Part.TIES: 25,
    Part.LANGUAGE: 15,
    Part.GRADE: 10,
    Part.SEGMENT: 10,
    Part.TERRITORY: 5,
    Part.PRESENCE: 5,
}
LIGHT, FULL = 0.7, 1.2  # of capacity: up to the first nothing speaks against, from the second all
AWAY_DAYS = 10.0


@dataclass(frozen=True, slots=True)
class Case:
    """One manager for one account; None: nothing is known, or nothing is asked for.

    `share_after` None: away for the whole month. `strongest_tie` 0-100; `spoken` the part of the
    account's people with a known language who share one; `days_away` working days of the next
    thirty.
    """

    share_after: float | None
    strongest_tie: float = 0.0
    spoken: float | None = None
    grade: int | None = None
    grade_needed: int | None = None
    knows_segment: bool | None = None
    knows_territory: bool | None = None
    days_away: int = 0


def parts(case: Case) -> dict[Part, float | None]:
    return {
        Part.LOAD: room(case.share_after),
        Part.TIES: min(max(case.strongest_tie, 0), 100) / 100,
        Part.LANGUAGE: case.spoken,
        Part.GRADE: grade(case.grade, case.grade_needed),
        Part.SEGMENT: _known(case.knows_segment),
        Part.TERRITORY: _known(case.knows_territory),
        Part.PRESENCE: 1 - min(case.days_away / AWAY_DAYS, 1),
    }


def room(share_after: float | None) -> float:
    """1 for somebody with room, falling to 0 where the load after taking it is far too much.

    >>> [round(room(share), 2) for share in (None, 0.5, 0.95, 1.3)]
    [0, 1.0, 0.5, 0.0]
    """
    if share_after is None:
        return 0
    return min(max((FULL - share_after) / (FULL - LIGHT), 0.0), 1.0)


def grade(has: int | None, needed: int | None) -> float | None:
    """Where no grade is asked for it says nothing; above what is asked is a little better."""
    if needed is None:
        return None
    if has is None or has < needed:
        return 0.0
    return 0.8 if has == needed else 1.0


def _known(answer: bool | None) -> float | None:
    return None if answer is None else float(answer)


def score(case: Case) -> float:
    """0 to 100: the weighted mean of the parts that say something."""
    said = {part: value for part, value in parts(case).items() if value is not None}
    whole = sum(WEIGHTS[part] for part in said)
    return 100 * sum(WEIGHTS[part] * value for part, value in said.items()) / whole


def points(case: Case) -> dict[Part, float | None]:
    """What each part brings to the score; together they are the score."""
    found = parts(case)
    whole = sum(WEIGHTS[part] for part, value in found.items() if value is not None)
    return {
        part: None if value is None else 100 * WEIGHTS[part] * value / whole
        for part, value in found.items()
    }


def spoken(people: Iterable[Iterable[str]], own: Iterable[str]) -> float | None:
    """Of the people whose languages are known, the part that shares one with `own`."""
    mine = {code.strip().lower() for code in own if code.strip()}
    known = [{code.strip().lower() for code in codes if code.strip()} for codes in people]
    known = [codes for codes in known if codes]
    if not known or not mine:
        return None
    return sum(bool(codes & mine) for codes in known) / len(known)
