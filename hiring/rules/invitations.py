"""How many to invite to a group interview, so that it is full but not overfull.

n seats, S of the invited come. An empty seat costs c_e, a person too many c_o, an invitation c_i.
The cost c_e·E(n−S)⁺ + c_o·E(S−n)⁺ + c_i·m is convex in the number m of invitations, so the best m
is the first one at which one more would not pay. The same rule as the airlines' overbooking:
(c_e + c_o)·P(everybody who came has a seat and one is free) = c_o.

A distribution is a list: the chance that 0, 1, 2, … people come.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# Nobody invites more than this to one room; where the formula asks for more, the rate is too low.
MOST = 400
MIDDLE = 0.8


@dataclass(frozen=True)
class Costs:
    """In any one unit; only their ratios matter."""

    empty: float = 2
    over: float = 1
    each: float = 0

    def bar(self, rate: float) -> float:
        """At and below this chance of a free seat, one more invitation does not pay."""
        if rate <= 0:
            return 1.0
        return (self.over + self.each / rate) / (self.empty + self.over)


@dataclass(frozen=True)
class Group:
    """People alike: how many, and what is known of the share that comes, as a Beta."""

    size: int
    came: float
    missed: float

    @property
    def rate(self) -> float:
        return self.came / (self.came + self.missed)


@dataclass(frozen=True)
class Guards:
    """`spare` chairs beyond the seats; more than that at most in `too_many` of the cases; a group
    of `minimum` in at least `enough` of them."""

    spare: int = 2
    too_many: float = 0.05
    minimum: int = 4
    enough: float = 0.9


def binomial(size: int, rate: float) -> list[float]:
    """Everybody comes with the same known chance."""
    return poisson_binomial([rate] * size)


def poisson_binomial(rates: Iterable[float]) -> list[float]:
    """Everybody comes with a known chance of their own."""
    chances = [1.0]
    for rate in rates:
        stay = [chance * (1 - rate) for chance in chances] + [0.0]
        for came, chance in enumerate(chances):
            stay[came + 1] += chance * rate
        chances = stay
    return chances


def beta_binomial(size: int, came: float, missed: float) -> list[float]:
    """Everybody comes with the same chance, of which a Beta(came, missed) is known."""
    lgamma = math.lgamma
    base = lgamma(size + 1) + lgamma(came + missed) - lgamma(came) - lgamma(missed)
    base -= lgamma(came + missed + size)
    return [
        math.exp(
            base
            + lgamma(came + s)
            + lgamma(missed + size - s)
            - lgamma(s + 1)
            - lgamma(size - s + 1)
        )
        for s in range(size + 1)
    ]


def together(distributions: Iterable[Sequence[float]]) -> list[float]:
    """How many come of several groups that know nothing of each other."""
    whole = [1.0]
    for one in distributions:
        total = [0.0] * (len(whole) + len(one) - 1)
        for here, chance in enumerate(whole):
            for there, other in enumerate(one):
                total[here + there] += chance * other
        whole = total
    return whole


def arrivals(groups: Iterable[Group]) -> list[float]:
    return together(beta_binomial(one.size, one.came, one.missed) for one in groups if one.size)


def at_most(chances: Sequence[float], number: int) -> float:
    return math.fsum(chances[: max(0, number + 1)])


def at_least(chances: Sequence[float], number: int) -> float:
    return math.fsum(chances[max(0, number) :])


def first(holds: Callable[[int], bool], most: int = MOST) -> int:
    """The smallest number for which `holds`, which stays true from there on."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def best_for_known(seats: int, rate: float, costs: Costs) -> int:
    """The smallest m with P(Bin(m, p) ≤ n−1) ≤ (c_o + c_i/p) / (c_e + c_o)."""
    bar = costs.bar(rate)
    return first(lambda m: at_most(binomial(m, rate), seats - 1) <= bar)


def best_for_unknown(seats: int, came: float, missed: float, costs: Costs) -> int:
    """The smallest m with P(BetaBin(m, a+1, b) ≤ n−1) ≤ (c_o + c_i·(a+b)/a) / (c_e + c_o).

    a+1: what is known of the rate once the next person is seen to come.
    """
    return best_more(seats, [], Group(0, came, missed), costs)


def best_more(seats: int, others: Iterable[Group], joining: Group, costs: Costs) -> int:
    """How many more to invite, alike to `joining`, when it and `others` are invited already."""
    known = arrivals(others)
    bar = costs.bar(joining.rate)

    def is_enough(more: int) -> bool:
        theirs = beta_binomial(joining.size + more, joining.came + 1, joining.missed)
        return at_most(together([known, theirs]), seats - 1) <= bar

    return first(is_enough)


def gain(chances: Sequence[float], seats: int, rate: float, costs: Costs) -> float:
    """What one more person with this show rate saves: invite while it is above 0 (the refill)."""
    free = at_most(chances, seats - 1)
    return rate * ((costs.empty + costs.over) * free - costs.over) - costs.each


def cap(spread: Callable[[int], Sequence[float]], seats: int, guards: Guards) -> int:
    """The most that can be invited without too many standing; `spread` of m is how many come."""
    too_many = guards.too_many + 1e-12
    beyond = seats + guards.spare + 1
    return first(lambda m: at_least(spread(m + 1), beyond) > too_many)


def floor(spread: Callable[[int], Sequence[float]], guards: Guards) -> int:
    """The fewest to invite so that a group comes together."""
    return first(lambda m: at_least(spread(m), guards.minimum) >= guards.enough - 1e-12)


@dataclass(frozen=True)
class Outlook:
    """What a number of invitations leads to."""

    mean: float
    mean_empty: float
    mean_over: float
    nearly_full: float  # P(S ≥ n−1)
    over: float  # P(S > n)
    crowded: float  # P(S ≥ n+2)
    standing: float  # P(S > n + spare)
    group: float  # P(S ≥ minimum)
    low: int
    high: int


def outlook(chances: Sequence[float], seats: int, guards: Guards) -> Outlook:
    low, high = middle_range(chances)
    return Outlook(
        mean=math.fsum(s * chance for s, chance in enumerate(chances)),
        mean_empty=math.fsum(max(0, seats - s) * chance for s, chance in enumerate(chances)),
        mean_over=math.fsum(max(0, s - seats) * chance for s, chance in enumerate(chances)),
        nearly_full=at_least(chances, seats - 1),
        over=at_least(chances, seats + 1),
        crowded=at_least(chances, seats + 2),
        standing=at_least(chances, seats + guards.spare + 1),
        group=at_least(chances, guards.minimum),
        low=low,
        high=high,
    )


def middle_range(chances: Sequence[float], share: float = MIDDLE) -> tuple[int, int]:
    """The shortest stretch that holds four cases of five; of several the likeliest."""
    best, found = (len(chances), -1.0), (0, len(chances) - 1)
    for low in range(len(chances)):
        total = 0.0
        for high in range(low, len(chances)):
            total += chances[high]
            if total >= share - 1e-12:
                if (high - low, -total) < best:
                    best, found = (high - low, -total), (low, high)
                break
    return found


@dataclass(frozen=True)
class Advice:
    """How many more to invite: what is cheapest, held under the cap; `floor` makes a group."""

    more: int
    best: int
    cap: int
    floor: int
    is_capped: bool
    is_too_small: bool
    is_hopeless: bool


def advise(
    seats: int, others: Sequence[Group], joining: Group, costs: Costs, guards: Guards
) -> Advice:
    """`joining` are those invited without an answer and whoever is invited next."""
    known = arrivals(others)

    def spread(more: int) -> list[float]:
        theirs = beta_binomial(joining.size + more, joining.came, joining.missed)
        return together([known, theirs])

    best = best_more(seats, others, joining, costs)
    most, least = cap(spread, seats, guards), floor(spread, guards)
    return Advice(
        more=min(best, most),
        best=best,
        cap=most,
        floor=least,
        is_capped=most < best,
        is_too_small=least > most,
        is_hopeless=best >= MOST,
    )
