"""Before a meeting: which three questions are worth asking, and what preparation means.

A question is a kind with what it is about; accounts.queries.brief.words makes sentences of them.
The weights are ours: what we owe comes first, then what the figures say, then what we do not know.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 3
KEY_POWER = 2
WEAK_TIE = 30
FALLEN = 0.2
# The seven classic mistakes (domain notes §3), turned around, in the order of a meeting.
CHECKLIST = ("early", "news", "prepare", "product", "manners", "listen", "finish")


@dataclass(frozen=True, slots=True)
class Promised:
    """An open promise; `late` is in days, negative while there is time, None without a date."""

    id: int
    is_ours: bool
    late: int | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of theirs: power 0 where unknown; ages in days, None where never seen."""

    id: int
    power: int
    stance: int = 0
    stance_age: int | None = None
    is_stance_stale: bool = False
    strength: float = 0
    is_coming: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A section of the dossier: `age` None where nothing was ever written."""

    section: str
    age: int | None
    is_stale: bool = True


@dataclass(frozen=True, slots=True)
class Unmet:
    """A coverage rule that asks for more than there is: access, or ties to several of ours."""

    id: int
    asks_access: bool
    colleagues: int
    importance: int = 1


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known before the meeting; `change` is against the twelve months before, and
    `silent_days` are told only where so long a silence is unusual."""

    promises: tuple[Promised, ...] = ()
    guests: tuple[Guest, ...] = ()
    holes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    silent_days: int | None = None
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """`about` is the id of the promise, person or rule, or the code of the role or section."""

    kind: str
    about: int | str = ""
    days: int = 0
    weight: float = 0


def questions(situation: Situation, most: int = MOST) -> list[Ask]:
    """The weightiest of each kind first; a second of a kind only where kinds run out."""
    found = sorted(_all(situation), key=lambda ask: -ask.weight)
    first: dict[str, Ask] = {}
    for ask in found:
        first.setdefault(ask.kind, ask)
    chosen = list(first.values())
    chosen += [ask for ask in found if ask not in chosen]
    return chosen[:most]


def _all(situation: Situation) -> Iterable[Ask]:
    for promise in situation.promises:
        yield from _of_promise(promise)
    if situation.silent_days is not None:
        yield Ask("silence", days=situation.silent_days, weight=90)
    elif situation.change is not None and situation.change <= -FALLEN:
        yield Ask("fallen", weight=78 - 10 * situation.change)
    for guest in situation.guests:
        yield from _of_guest(guest)
    for place, role in enumerate(situation.holes):
        yield Ask("hole", role, weight=62 - place)
    for rule in situation.unmet:
        yield from _of_rule(rule)
    for place, gap in enumerate(situation.gaps):
        yield from _of_gap(gap, place)


def _of_rule(rule: Unmet) -> Iterable[Ask]:
    if rule.asks_access:
        yield Ask("access", rule.id, weight=47 + min(rule.importance, 9) / 10)
    elif rule.colleagues > 1:
        yield Ask("second", rule.id, weight=41 + min(rule.importance, 9) / 10)


def _of_gap(gap: Gap, place: int) -> Iterable[Ask]:
    if gap.age is None:
        yield Ask("gap", gap.section, weight=46 - place)
    elif gap.is_stale:
        yield Ask("aged", gap.section, gap.age, 36 - place + min(gap.age, 900) / 300)


def _of_promise(promise: Promised) -> Iterable[Ask]:
    late = promise.late
    if promise.is_ours and late is not None and late > 0:
        yield Ask("ours_late", promise.id, late, 100 + min(late, 90) / 100)
    elif promise.is_ours and late is not None and late > -15:
        yield Ask("ours_due", promise.id, -late, 58)
    elif not promise.is_ours and late is not None and late > 0:
        yield Ask("theirs_late", promise.id, late, 70 + min(late, 90) / 100)
    elif not promise.is_ours:
        yield Ask("theirs_open", promise.id, 0, 34)


def _of_guest(guest: Guest) -> Iterable[Ask]:
    here = 6 if guest.is_coming else 0
    if guest.is_coming and 0 < guest.stance <= 2:
        yield Ask("doubts", guest.id, guest.stance_age or 0, 74 + guest.power)
    elif guest.is_coming and guest.is_stance_stale:
        yield Ask("stance", guest.id, guest.stance_age or 0, 50 + guest.power + here)
    elif guest.is_coming and guest.stance == 0:
        yield Ask("stance_unknown", guest.id, 0, 44 + guest.power + here)
    if not guest.is_coming and guest.power >= KEY_POWER and guest.strength < WEAK_TIE:
        yield Ask("reach", guest.id, 0, 52 + 4 * guest.power - guest.strength / 10)
