"""Whom to invite next, and where: the best waiting person into the session that gains most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hiring.rules import invitations as rule
from hiring.rules.seat import Person, clashes_with


@dataclass
class Room:
    """A session that is being filled. `joining` are those asked now, by kind, each with the share
    of their own that comes; `closed_to` are people who said no to it."""

    key: int
    seats: int
    costs: rule.Costs
    guards: rule.Guards
    others: Sequence[rule.Group]
    joining: dict[str, rule.Group]
    people: list[Person] = field(default_factory=list)
    closed_to: frozenset[int] = frozenset()
    gains: dict[str, float] = field(default_factory=dict)

    def gain(self, kind: str) -> float:
        """What one more of the kind saves; nothing once too many might stand."""
        if kind not in self.gains:
            self.gains[kind] = self._gain(kind)
        return self.gains[kind]

    def _gain(self, kind: str) -> float:
        group = self.joining[kind]
        rest = [one for other, one in self.joining.items() if other != kind]
        known = rule.arrivals([*self.others, *rest])
        after = rule.together([known, rule.beta_binomial(group.size + 1, group.came, group.missed)])
        standing = rule.at_least(after, self.seats + self.guards.spare + 1)
        if standing > self.guards.too_many + 1e-12:
            return 0.0
        theirs = rule.beta_binomial(group.size, group.came + 1, group.missed)
        return rule.gain(rule.together([known, theirs]), self.seats, group.rate, self.costs)

    def fill(self) -> float:
        """How much of the room the people asked so far will take."""
        asked = [*self.others, *self.joining.values()]
        return sum(one.size * one.rate for one in asked) / self.seats

    def takes(self, person: Person) -> bool:
        return person.key not in self.closed_to and not clashes_with(person, self.people)

    def add(self, person: Person) -> None:
        self.people.append(person)
        group = self.joining[person.kind]
        self.joining[person.kind] = replace(group, size=group.size + 1)
        self.gains = {}


@dataclass(frozen=True)
class Proposal:
    person: int
    room: int


@dataclass(frozen=True)
class Plan:
    proposals: list[Proposal]
    left: list[int]  # people no session takes: whom they know there, or they said no


def propose(waiting: Iterable[Person], rooms: Sequence[Room], *, most: int = 200) -> Plan:
    """In the order of `waiting`; ends when no session gains by the next person: nobody is passed
    over because they are likelier to come than somebody behind them.

    Greedy: the gain of a session only falls, so the best session for the best person now is never
    regretted for a session as such.
    """
    proposals: list[Proposal] = []
    left: list[int] = []
    for person in waiting:
        gaining = [room for room in rooms if room.gain(person.kind) > 0]
        if len(proposals) >= most or not gaining:
            break
        open_to = [room for room in gaining if room.takes(person)]
        if not open_to:
            left.append(person.key)
            continue
        best = max(open_to, key=lambda room: (round(room.gain(person.kind), 9), -room.fill()))
        best.add(person)
        proposals.append(Proposal(person.key, best.key))
    return Plan(proposals, left)
