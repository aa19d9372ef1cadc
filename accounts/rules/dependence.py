"""What hangs on one person ("the crown"): money times the part of the relationship they hold.

Parts come from lived ties weighted by power: the bow tie on our side, the departure share on
theirs (field notes 4.5). Where nobody has a lived tie there is no part, and the money is unknown,
never nothing. Money is in whole units, strengths are 0-100. A changed formula gets a new VERSION.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from accounts.rules import graph

VERSION = "hanging-1"
BITS = 32  # enough for a person
LEAST = 1.0  # weight below which nobody is said to hold anything, as on the map
NOBODY: frozenset = frozenset()


@dataclass(frozen=True, slots=True)
class Hanging:
    """Of `revenue`, `hanging` goes with the person; `unknown` is money of `untied` accounts."""

    revenue: int = 0
    hanging: int = 0
    unknown: int = 0
    accounts: int = 0
    untied: int = 0

    @property
    def share(self) -> float | None:
        """Of the money that something is known of; None when there is none."""
        known = self.revenue - self.unknown
        return self.hanging / known if known else None


def hanging(rows: Iterable[tuple[int, float | None]]) -> Hanging:
    """From (revenue, part held or None) of each account; what was credited in sum counts zero."""
    revenue = held = unknown = accounts = untied = 0
    for money, part in rows:
        money = max(money, 0)
        accounts += 1
        revenue += money
        if part is None:
            untied += 1
            unknown += money
        else:
            held += round(money * part)
    return Hanging(revenue, held, unknown, accounts, untied)


def hanging_by(
    who: np.ndarray, revenue: np.ndarray, part: np.ndarray, people: int
) -> list[Hanging]:
    """`hanging` of each of so many people at once; `who` is 0 and up, a `part` nobody knows NaN."""
    money, is_known = np.maximum(revenue, 0), ~np.isnan(part)
    held = np.rint(money * np.where(is_known, part, 0)).astype(np.int64)
    columns = (money, held, np.where(is_known, 0, money), np.ones_like(money), ~is_known)
    found = np.zeros((people, len(columns)), dtype=np.int64)
    for place, column in enumerate(columns):
        np.add.at(found[:, place], who, column)
    return [Hanging(*row) for row in found.tolist()]


@dataclass(frozen=True)
class Parts:
    """One element per account and person: the part of the account's ties that the person holds."""

    account: np.ndarray
    person: np.ndarray
    part: np.ndarray


def parts_held(account: np.ndarray, person: np.ndarray, weight: np.ndarray) -> Parts:
    """Weights of any number of ties added up; what is below LEAST holds nothing."""
    pairs, at = np.unique(pair(account, person), return_inverse=True)
    sums = np.bincount(at, weights=weight, minlength=len(pairs))
    keep = sums >= LEAST
    pairs, sums = pairs[keep], sums[keep]
    accounts, at = np.unique(pairs >> BITS, return_inverse=True)
    totals = np.bincount(at, weights=sums)
    part = sums / totals[at] if len(sums) else sums
    return Parts(accounts[at], pairs & (1 << BITS) - 1, part)


def pair(account: np.ndarray, person: np.ndarray) -> np.ndarray:
    """One number for a person at an account."""
    return (account << BITS) | person


@dataclass(frozen=True)
class Web:
    """All that is lived at one account: `whole` is theirs with us all, `pairs` (theirs, ours)."""

    whole: Mapping[Hashable, float] = field(default_factory=dict)
    pairs: Mapping[tuple[Hashable, Hashable], float] = field(default_factory=dict)
    power: Mapping[Hashable, int] = field(default_factory=dict)

    def weight(self, contact: Hashable) -> float:
        """How much a strength with this person counts: unknown power weighs like the least."""
        return max(self.power.get(contact, 0), 1)

    @property
    def theirs(self) -> dict[Hashable, float]:
        """Weighted strength by person of theirs."""
        held = {one: strength * self.weight(one) for one, strength in self.whole.items()}
        return {one: value for one, value in held.items() if value >= LEAST}

    @property
    def ours(self) -> dict[Hashable, float]:
        """Weighted strength by colleague."""
        held: dict[Hashable, float] = defaultdict(float)
        for (contact, colleague), strength in self.pairs.items():
            held[colleague] += strength * self.weight(contact)
        return {one: value for one, value in held.items() if value >= LEAST}

    @property
    def threads(self) -> float:
        """Effective threads of their side."""
        return graph.effective_threads(self.theirs.values())

    @property
    def our_threads(self) -> float:
        return graph.effective_threads(self.ours.values())

    @property
    def is_tied(self) -> bool:
        """Somebody of ours has what one would call a relationship with somebody of theirs."""
        return any(strength >= graph.WEAK for strength in self.pairs.values())


def without(web: Web, *, theirs: Collection = NOBODY, ours: Collection = NOBODY) -> Web:
    """After these have left; who is known through several of ours keeps the part of those who stay.

    A person whose contacts name nobody of ours stays as known as they are.
    """
    pairs = {
        (contact, colleague): strength
        for (contact, colleague), strength in web.pairs.items()
        if contact not in theirs and colleague not in ours
    }
    before, after = _by_contact(web.pairs), _by_contact(pairs)
    whole = {
        contact: strength * (after[contact] / before[contact] if before[contact] else 1.0)
        for contact, strength in web.whole.items()
        if contact not in theirs
    }
    return Web(whole, pairs, web.power)


def _by_contact(pairs: Mapping[tuple[Hashable, Hashable], float]) -> dict[Hashable, float]:
    found: dict[Hashable, float] = defaultdict(float)
    for (contact, _colleague), strength in pairs.items():
        found[contact] += strength
    return found


def loss(web: Web, *, theirs: Collection = NOBODY, ours: Collection = NOBODY) -> float | None:
    """The part of the relationship that goes with these people together; None where unknown.

    Of one person alone it is their departure share or bow tie; of both sides what is left of theirs
    is lost once more by the part that ran through ours.
    """
    parts = graph.shares(web.theirs)
    stays = 1.0 - sum(parts.get(one, 0.0) for one in theirs)
    kept = {pair: value for pair, value in web.pairs.items() if pair[0] not in theirs}
    of_ours = graph.shares(Web(web.whole, kept, web.power).ours)
    if (theirs and not parts) or (not theirs and not of_ours):
        return None
    return 1.0 - stays * (1.0 - sum(of_ours.get(one, 0.0) for one in ours))
