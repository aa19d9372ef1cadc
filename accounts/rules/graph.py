"""The account map in figures: threads, coverage, paths to a decider, whom to move next, rules.

Strengths are 0-100 from lived contact (accounts.rules.strength); power is 1-3, 0 where unknown.
Sources: field notes 4.4 and 4.5. A changed formula gets a new VERSION.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

VERSION = "map-1"
WEAK = 30  # below it nobody would call it a relationship
KEY_POWER = 2
FALLEN_SILENT = 90
RISKY_LOSS = 0.4
LEAST_TIE = 5

# How much of a recommendation survives a line of theirs; a quarrel carries nothing.
ALONG_REPORTING = 0.6
WITH_INFLUENCE = 0.8
AGAINST_INFLUENCE = 0.4


def shares(strengths: Mapping[Hashable, float]) -> dict[Hashable, float]:
    """Each one's part of the whole; empty when there is nothing to share."""
    total = sum(strengths.values())
    return {key: value / total for key, value in strengths.items()} if total > 0 else {}


def effective_threads(strengths: Iterable[float]) -> float:
    """1 / sum of squared shares: 90, 10, 5 are three names and in truth 1.34 threads."""
    found = [value for value in strengths if value > 0]
    total = sum(found)
    return total**2 / sum(value**2 for value in found) if found else 0.0


def departure_loss(strengths: Iterable[float]) -> float:
    """The part of the relationship that goes with the one who holds most of it."""
    found = list(strengths)
    total = sum(found)
    return max(found) / total if total > 0 else 0.0


def weighted_coverage(people: Iterable[tuple[int, float]]) -> float | None:
    """Sum of power x strength over sum of power, 0-1; None when nobody's power is known."""
    rows = [(power, strength) for power, strength in people if power > 0]
    total = sum(power for power, _strength in rows)
    return sum(power * strength for power, strength in rows) / (100 * total) if rows else None


def bow_tie(by_colleague: Mapping[Hashable, float], owner: Hashable) -> float | None:
    """The part of all strength that runs through the one owner; None without any strength."""
    return shares(by_colleague).get(owner, 0.0) if sum(by_colleague.values()) > 0 else None


@dataclass(frozen=True, slots=True)
class Bridge:
    """A line of theirs that a recommendation can walk, and the part of it that arrives."""

    start: Hashable
    end: Hashable
    kept: float
    kind: str


@dataclass(frozen=True, slots=True)
class Path:
    """Over whom to a person: the colleague who starts, then theirs; `chance` is 0-1."""

    colleague: Hashable
    people: tuple[Hashable, ...]
    kinds: tuple[str, ...]
    chance: float

    @property
    def is_direct(self) -> bool:
        return len(self.people) == 1


def bridges(lines: Iterable[tuple[str, Hashable, Hashable]]) -> list[Bridge]:
    """From (kind, start, end): reporting lines both ways, influence better with than against."""
    found = []
    for kind, start, end in lines:
        if kind == "reports":
            found += [
                Bridge(start, end, ALONG_REPORTING, "reports"),
                Bridge(end, start, ALONG_REPORTING, "manages"),
            ]
        elif kind == "influences":
            found += [
                Bridge(start, end, WITH_INFLUENCE, "influences"),
                Bridge(end, start, AGAINST_INFLUENCE, "influenced"),
            ]
    return found


def best_paths(
    ties: Iterable[tuple[Hashable, Hashable, float]], over: Iterable[Bridge]
) -> dict[Hashable, Path]:
    """For everybody who can be reached at all the likeliest way to them.

    Dijkstra: a tie (colleague, person, strength) costs -ln(strength / 100), a bridge
    -ln(kept), so that the cheapest way is the one along which most survives.
    """
    leaving: dict[Hashable, list[Bridge]] = defaultdict(list)
    for bridge in over:
        leaving[bridge.start].append(bridge)
    waiting: list[tuple] = []
    number = 0
    for colleague, person, strength in ties:
        if strength >= LEAST_TIE:
            number += 1
            cost = -math.log(min(strength, 100) / 100)
            heapq.heappush(waiting, (cost, 1, number, person, colleague, (person,), ()))
    found: dict[Hashable, Path] = {}
    while waiting:
        cost, steps, _number, person, colleague, people, kinds = heapq.heappop(waiting)
        if person in found:
            continue
        found[person] = Path(colleague, people, kinds, math.exp(-cost))
        for bridge in leaving[person]:
            if bridge.end not in found:
                number += 1
                entry = (cost - math.log(bridge.kept), steps + 1, number, bridge.end, colleague,
                         (*people, bridge.end), (*kinds, bridge.kind))  # fmt: skip
                heapq.heappush(waiting, entry)
    return found


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody with power whose relationship is below what we want; `weight` ranks them."""

    person: Hashable
    gap: int
    power: int
    chance: float
    weight: float


def moves(
    people: Iterable[tuple[Hashable, int, int, int]], paths: Mapping[Hashable, Path]
) -> list[Move]:
    """From (person, power, level now, level wanted): power x gap x chance, greatest first.

    Only power of 2 and more, and only where a wanted level was recorded (0: it was not).
    Who cannot be reached still counts a little, else nobody would ever open the door.
    """
    found = []
    for person, power, now, wanted in people:
        gap = wanted - now
        if power < KEY_POWER or not wanted or gap <= 0:
            continue
        chance = paths[person].chance if person in paths else 0.0
        found.append(Move(person, gap, power, chance, power * gap * max(chance, LEAST_TIE / 100)))
    return sorted(found, key=lambda move: (-move.weight, -move.power))


def role_gaps(
    required: Iterable[Hashable], held: Mapping[Hashable, Iterable[float]]
) -> list[Hashable]:
    """Required roles that nobody we know holds, or nobody with a tie of 30 and more."""
    return [
        role for role in required if not any(value >= WEAK for value in held.get(role, ()))
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `people` of a role (None: with power), within reach, tied to `colleagues`."""

    id: int
    role: int | None
    people: int
    access: int
    strength: int
    colleagues: int
    importance: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules ask of somebody with a name; `ties` are strengths by colleague."""

    role: int | None
    power: int
    access: int
    ties: tuple[float, ...]


def satisfying(rule: Rule, people: Iterable[Known]) -> int:
    """How many of these people do what the rule asks."""
    return sum(_satisfies(rule, person) for person in people)


def _satisfies(rule: Rule, person: Known) -> bool:
    fits = person.power >= KEY_POWER if rule.role is None else person.role == rule.role
    if not fits or person.access < rule.access:
        return False
    if rule.strength == 0:
        return True
    return sum(tie >= rule.strength for tie in person.ties) >= rule.colleagues


def score(verdicts: Iterable[tuple[int, bool]]) -> float | None:
    """5 x importance of the rules met over that of all: 7 of 12 equal rules give 2.9."""
    rows = list(verdicts)
    total = sum(importance for importance, _met in rows)
    met = sum(importance for importance, is_met in rows if is_met)
    return 5 * met / total if total else None


def risks(
    *, power: int, stance: int, strength: float, share: float, silent_days: int | None
) -> list[str]:
    """Why somebody is a risk: "stance", "loss", "silent"; stance 1-5, 0 where unknown."""
    found = []
    if power >= KEY_POWER and 0 < stance <= 2:
        found.append("stance")
    if share >= RISKY_LOSS:
        found.append("loss")
    if power >= KEY_POWER and strength > 0 and (silent_days or 0) > FALLEN_SILENT:
        found.append("silent")
    return found


def makes_circle(superiors: Mapping[Hashable, Hashable], person: Hashable, above: Hashable) -> bool:
    """Whether `above` already stands under `person`, so that the line would close a circle."""
    seen = set()
    while above is not None and above not in seen:
        if above == person:
            return True
        seen.add(above)
        above = superiors.get(above)
    return False
