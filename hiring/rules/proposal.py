"""Whom to invite next, and where: the best waiting person into the session that gains most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hiring.rules import invitations as rule
from hiring.rules.seat import Person, clashes_with


@dataclass
class Room:
    """A session that is being filled. `closed_to` are people who said no to it."""

    key: int
    seats: int
    costs: rule.Costs
    guards: rule.Guards
    others: Sequence[rule.Group]
    joining: rule.Group
    people: list[Person] = field(default_factory=list)
    closed_to: frozenset[int] = frozenset()
    added: int = 0

    def gain(self) -> float:
        """What one more saves; nothing once too many might stand."""
        group = self.joining
        known = rule.arrivals(self.others)
        size = group.size + self.added
        after = rule.together([known, rule.beta_binomial(size + 1, group.came, group.missed)])
        standing = rule.at_least(after, self.seats + self.guards.spare + 1)
        if standing > self.guards.too_many + 1e-12:
            return 0.0
        theirs = rule.beta_binomial(size, group.came + 1, group.missed)
        return rule.gain(rule.together([known, theirs]), self.seats, group.rate, self.costs)

    def fill(self) -> float:
        """How much of the room the people asked so far will take."""
        group, count = self.joining, self.joining.size + self.added
        mean = sum(one.size * one.rate for one in self.others) + count * group.rate
        return mean / self.seats

    def takes(self, person: Person) -> bool:
        return person.key not in self.closed_to and not clashes_with(person, self.people)

    def add(self, person: Person) -> None:
        self.people.append(person)
        self.added += 1


@dataclass(frozen=True)
class Proposal:
    person: int
    room: int


@dataclass(frozen=True)
class Plan:
    proposals: list[Proposal]
    left: list[int]  # people no session takes: whom they know there, or they said no


def propose(waiting: Iterable[Person], rooms: Sequence[Room], *, most: int = 200) -> Plan:
    """In the order of `waiting`; ends when no session gains by another person.

    Greedy: the gain of a session only falls, so the best session for the best person now is never
    regretted for a session as such.
    """
    proposals: list[Proposal] = []
    left: list[int] = []
    gains = {room.key: room.gain() for room in rooms}
    for person in waiting:
        if len(proposals) >= most or all(gain <= 0 for gain in gains.values()):
            break
        open_to = [room for room in rooms if gains[room.key] > 0 and room.takes(person)]
        if not open_to:
            left.append(person.key)
            continue
        best = max(open_to, key=lambda room: (round(gains[room.key], 9), -room.fill()))
        best.add(person)
        gains[best.key] = best.gain()
        proposals.append(Proposal(person.key, best.key))
    return Plan(proposals, left)
