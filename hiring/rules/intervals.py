"""How far chance alone could have moved a sum of few orders.

Orders come at random, each with its own size: a compound Poisson sum. Its interval is the gamma
interval of Fay and Feuer (1997, Statistics in Medicine 16, 791-801), exact for orders of one size
(Garwood 1936) and wider than needed rather than too narrow for unequal ones. Ratios and
differences of two such figures are put together from their intervals (MOVER: Donner and Zou 2012,
Statistical Methods in Medical Research 21, 347-359; Newcombe 1998).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

VERSION = "few-orders-1"
ENOUGH = 5
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Orders:
    """The order days of some accounts in some days: what a sum and its interval need.

    `net` may be less than the sum of the orders: credits are taken off as known.
    """

    count: int = 0
    total: float = 0.0
    squares: float = 0.0
    largest: float = 0.0
    net: float = 0.0

    def __add__(self, other: "Orders") -> "Orders":
        return Orders(
            self.count + other.count, self.total + other.total, self.squares + other.squares,
            max(self.largest, other.largest), self.net + other.net,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and where the truth lies with 95 %."""

    value: float
    low: float
    high: float


def orders_of(days: Iterable[float]) -> Orders:
    """From the net revenue of each day; only days above zero are order days."""
    days = list(days)
    found = [net for net in days if net > 0]
    return Orders(
        len(found), sum(found), sum(net * net for net in found), max(found, default=0.0), sum(days)
    )


def sum_estimate(orders: Orders) -> Estimate:
    """The net revenue these days would bring on average, and its interval.

    >>> ten = sum_estimate(orders_of([1] * 10))
    >>> round(ten.low, 3), round(ten.high, 3)
    (4.795, 18.39)
    """
    total, squares, largest = orders.total, orders.squares, orders.largest
    credits = orders.net - total
    if total <= 0:
        return Estimate(orders.net, orders.net, orders.net)
    low = squares / total * gamma_quantile(TAIL, total**2 / squares)
    widened, variance = total + largest, squares + largest**2
    high = variance / widened * gamma_quantile(1 - TAIL, widened**2 / variance)
    return Estimate(orders.net, min(max(low + credits, 0.0), orders.net), high + credits)


def ratio_estimate(above: Estimate, below: Estimate) -> Estimate | None:
    """`above` over `below` (Donner and Zou); None when what is below may be nothing."""
    if below.value <= 0 or below.low <= 0:
        return None
    if above.value <= 0:  # credits ate the orders: the shares of the formula have no meaning
        value = above.value / below.value
        return Estimate(value, min(value, above.low / below.low), above.high / below.low)
    product = above.value * below.value

    def root(edge_above: float, edge_below: float) -> tuple[float, float, float]:
        top = edge_above * (2 * above.value - edge_above)
        bottom = edge_below * (2 * below.value - edge_below)
        return top, bottom, sqrt(max(product**2 - top * bottom, 0.0))

    top, _bottom, square = root(above.low, below.high)
    low = top / (product + square) if product + square > 0 else 0.0
    _top, bottom, square = root(above.high, below.low)
    return Estimate(above.value / below.value, low, (product + square) / bottom)


def difference_estimate(first: Estimate, second: Estimate) -> Estimate:
    """`first` less `second` (Newcombe's way, for any two figures with intervals)."""
    value = first.value - second.value
    below = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    above = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return Estimate(value, value - below, value + above)


def gamma_quantile(p: float, shape: float) -> float:
    """x with P(shape, x) = p for a gamma law of scale 1, by halving.

    >>> round(gamma_quantile(0.95, 1), 4)  # of the exponential law: -ln 0.05
    2.9957
    """
    low, high = 0.0, shape + 10 * sqrt(shape) + 10
    for _step in range(80):
        middle = (low + high) / 2
        if gamma_share(shape, middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def gamma_share(shape: float, x: float) -> float:
    """The regularised incomplete gamma function P (Numerical Recipes 6.2: series and fraction)."""
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        step = shape
        while term > total * 1e-14:
            step += 1
            term *= x / step
            total += term
        return front * total
    return 1 - front * _fraction(shape, x)


def _fraction(shape: float, x: float) -> float:
    """Lentz's continued fraction of Q."""
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    value = d
    for step in range(1, 1_000):
        a = -step * (step - shape)
        b += 2
        d = a * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + a / c
        c = c if abs(c) > tiny else tiny
        value *= d * c
        if abs(d * c - 1) < 1e-13:
            break
    return value
