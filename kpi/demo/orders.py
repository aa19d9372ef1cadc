"""Three years of invoices from the plans, by arrays: rhythm, seasons, trend, baskets, returns.

Days are counted as integers from the first ledger day. Every chunk of accounts draws from its own
stream of the seed, so that a large company is made piece by piece in bounded memory.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kpi.demo.catalogue import PRODUCTS, SEGMENTS
from kpi.demo.company import HANSA, TWIN, AccountPlan

CHUNK = 2_000
YEAR = 365
BASKET = 7
WIDER = 2  # slots of the basket
LOOSE, WEEKEND = 0.3, 3  # a gap is longer or shorter by so much of the interval; in days
PAUSED, PAUSE = 1 / 600, (1.8, 3.2)  # how often, and how many intervals long
URGENT, URGENCY = 1 / 10, (0.3, 0.6)


@dataclass(frozen=True)
class Lines:
    """Columns of equal length, ordered by day. Money in hundredths of the invoice's currency."""

    account: np.ndarray  # index into the plans
    day: np.ndarray  # days since the first ledger day
    document: np.ndarray  # number of the invoice or credit note, unique in the chunk
    line: np.ndarray
    product: np.ndarray  # index into PRODUCTS
    quantity: np.ndarray
    cents: np.ndarray
    cost: np.ndarray  # -1: nobody recorded it
    credit: np.ndarray  # bool

    def __len__(self) -> int:
        return len(self.account)

    def take(self, index: np.ndarray) -> "Lines":
        return Lines(**{name: column[index] for name, column in vars(self).items()})


def order_lines(
    plans: list[AccountPlan], *, first: dt.date, days: int, rates: dict[str, np.ndarray], seed: int
) -> Iterator[Lines]:
    """Chunks of lines; `rates[currency][day]` is how many euros one unit is worth that day."""
    for start in range(0, len(plans), CHUNK):
        rng = np.random.default_rng([seed, 7, start])
        yield _chunk(rng, plans[start : start + CHUNK], start, first, days, rates)


def _chunk(rng, plans, start, first, days, rates) -> Lines:
    owner, day = _order_days(rng, plans, first, days)
    euros = _order_sums(rng, plans, owner, day, first, days)
    lines = _lines(rng, plans, owner, day, euros, rates, days)
    lines = _with_credits(rng, lines, days)
    lines = lines.take(np.lexsort((lines.line, lines.document, lines.day)))
    return Lines(**{**vars(lines), "account": lines.account + start})


def _order_days(
    rng, plans: list[AccountPlan], first: dt.date, days: int
) -> tuple[np.ndarray, np.ndarray]:
    """Index of the account and day of each order: gaps drawn round the account's own interval."""
    interval = np.array([plan.interval for plan in plans])
    shape = np.array([plan.regularity for plan in plans])
    began = np.array([max(0, days - plan.began) for plan in plans], dtype=float)
    end = np.array([days - plan.ended for plan in plans], dtype=float)
    room = np.maximum(end - began, 0)
    count = (room / interval * 1.6 + 12).astype(int)
    owner = np.repeat(np.arange(len(plans)), count)
    gaps = _gaps(rng, shape[owner], interval[owner])
    running = np.cumsum(gaps)
    before = np.concatenate(([0.0], running[np.cumsum(count)[:-1] - 1]))
    # Counted backwards from the last order, so that the silence of a plan is exactly its own.
    back = running - np.repeat(before, count) - gaps
    wait = np.where([plan.ended > 0 for plan in plans], 0, rng.uniform(0.01, interval))
    day = np.floor(end[owner] - wait[owner] - back + 1e-6).astype(int)
    weekend = np.maximum((first.weekday() + day) % 7 - 4, 0)
    day -= np.where((back > 0.5) & (rng.random(len(day)) < 0.9), weekend, 0)
    left, back_again = (days - np.array([plan.away[end] for plan in plans]) for end in (0, 1))
    kept = (day >= began[owner]) & np.array([plan.revenue > 0 for plan in plans])[owner]
    kept &= (day < left[owner]) | (day >= back_again[owner])
    owner, day = owner[kept], day[kept]
    order = np.lexsort((day, owner))
    return _together(plans, owner[order], day[order])


def _together(plans: list[AccountPlan], owner, day) -> tuple[np.ndarray, np.ndarray]:
    """Sites that count with their parent order when it does, and what was entered twice when the
    customer did: one lorry serves them all."""
    places = {plan.name: place for place, plan in enumerate(plans)}
    for place, plan in enumerate(plans):
        with_whom = HANSA if plan.name == TWIN else plan.parent
        if not plan.rolls_up or with_whom not in places:
            continue
        days, own = day[owner == places[with_whom]], owner == place
        if len(days):
            day[own] = days[np.minimum(np.searchsorted(days, day[own]), len(days) - 1)]
    return owner, day


def _gaps(rng, shape: np.ndarray, interval: np.ndarray) -> np.ndarray:
    """Days between orders. Supply keeps to a schedule, so that a gap is seldom a third longer than
    usual, the less so the shorter it is; some orders come early because something ran out, and now
    and then a customer has stocked up and pauses."""
    chance = rng.gamma(shape, 1 / shape) - 1
    loose = LOOSE * (1 - WEEKEND / np.maximum(interval, 2 * WEEKEND))
    draw, size = rng.random(len(shape)), rng.random(len(shape))
    times = np.where(draw < PAUSED, PAUSE[0] + (PAUSE[1] - PAUSE[0]) * size, 1)
    times = np.where(draw > 1 - URGENT, URGENCY[0] + (URGENCY[1] - URGENCY[0]) * size, times)
    return np.maximum((1 + loose * np.tanh(chance / loose)) * times * interval, 1)


def _order_sums(rng, plans, owner, day, first, days) -> np.ndarray:
    """Euros of each order: season x trend x chance, scaled to the plan's yearly revenue."""
    month = (np.datetime64(first) + day).astype("datetime64[M]").astype(int) % 12
    seasons = np.array([SEGMENTS[plan.segment].seasons for plan in plans])
    growth = np.log1p(np.array([plan.growth for plan in plans]))
    years = np.maximum((day - days) / YEAR, -1.4)  # no fall goes back for ever
    weight = seasons[owner, month] * np.exp(growth[owner] * years) * rng.lognormal(0, 0.2, len(day))
    return weight * _scale(plans, owner, day, weight, days)


def _scale(plans, owner, day, weight, days) -> np.ndarray:
    """What turns weights into euros: the last twelve months sum up to the plan, and for customers
    of the whole time the twelve before them to the plan less its growth."""
    revenue = np.array([plan.revenue for plan in plans])
    before = revenue / (1 + np.array([plan.growth for plan in plans]))
    bucket = np.minimum((days - 1 - day) // YEAR, 1)
    sums = np.bincount(owner * 2 + bucket, weight, len(plans) * 2).reshape(-1, 2)
    orders = np.bincount(owner, minlength=len(plans))
    yearly = sums.sum(1) / np.maximum(orders, 1) * YEAR / [plan.interval for plan in plans]
    whole = np.array([plan.began > 2 * YEAR and plan.ended <= 100 for plan in plans])
    gone = np.array([plan.ended > 100 for plan in plans])
    recent = np.where(gone | (sums[:, 0] == 0), yearly, sums[:, 0])
    new = revenue / np.maximum(recent, 1e-9)
    span = np.bincount(owner, (bucket == 1) & (day >= days - 2 * YEAR), len(plans)) > 0
    year_two = np.bincount(owner, weight * (bucket == 1) * (day >= days - 2 * YEAR), len(plans))
    old = np.where(whole & span, before / np.maximum(year_two, 1e-9), new)
    return np.where(bucket == 0, new[owner], old[owner])


def _lines(rng, plans, owner, day, euros, rates, days) -> Lines:
    per_order = 1 + np.minimum(
        rng.poisson(np.clip(np.log10(np.maximum(euros, 10)) - 1.9, 0.2, 3)), BASKET - 1
    )
    order = np.repeat(np.arange(len(owner)), per_order)
    starts = np.cumsum(per_order) - per_order
    line = np.arange(len(order)) - np.repeat(starts, per_order) + 1
    who = owner[order]
    baskets = np.array([_basket(rng, plan) for plan in plans])
    slot = (rng.integers(0, BASKET, len(owner))[order] + line) % BASKET
    product = _bought(plans, baskets, who, slot, day[order] - days)
    share = rng.gamma(2.0, 1.0, len(order))
    share /= np.bincount(order, share, len(owner))[order]
    price = np.array([item.price for item in PRODUCTS])[product]
    pack = np.array([item.pack for item in PRODUCTS])[product]
    price = (
        price
        * (1 + 0.03 * (day[order] // YEAR))
        * np.array([1 + 0.3 * plan.margin for plan in plans])[who]
    )
    pack = np.minimum(pack, np.maximum(1, (euros[order] * share / price / 2).astype(int)))
    quantity = np.maximum(1, np.rint(euros[order] * share / price / pack)).astype(int) * pack
    worth = _worth(plans, rates)[who, day[order]]
    cents = np.maximum(1, np.rint(quantity * price / worth * 100)).astype(np.int64)
    margin = (
        np.array([item.margin for item in PRODUCTS])[product]
        + np.array([p.margin for p in plans])[who]
    )
    margin = margin + rng.normal(0, 0.015, len(order))
    cost = np.rint(cents * (1 - np.clip(margin, 0.02, 0.6))).astype(np.int64)
    tooling = np.array([item.line == "tooling" for item in PRODUCTS])[product]
    cost[tooling | (rng.random(len(order)) < 0.015)] = -1
    return Lines(
        who, day[order], order, line, product, quantity, cents, cost, np.zeros(len(order), bool)
    )


def _basket(rng, plan: AccountPlan) -> np.ndarray:
    """The products an account buys: from its segment's lines, the first line most often."""
    lines = SEGMENTS[plan.segment].lines
    fitting = [n for n, item in enumerate(PRODUCTS) if item.line in lines]
    weight = np.array([1.0 / (1 + lines.index(PRODUCTS[n].line)) for n in fitting])
    cheap = np.array([0.02 if PRODUCTS[n].line == "tooling" else 1.0 for n in fitting])
    if plan.revenue < 30_000:
        cheap[[PRODUCTS[n].price > 100 for n in fitting]] = 0.0
    weight = weight * cheap
    return rng.choice(fitting, size=BASKET, p=weight / weight.sum())


def _bought(plans, baskets, who, slot, day) -> np.ndarray:
    """The product of each line; `day` counts from the end. One more service line takes two of the
    slots from the day on which an account widened what it buys."""
    wider = np.array([
        _wider(plan, basket) if plan.widened else 0
        for plan, basket in zip(plans, baskets, strict=True)
    ])  # fmt: skip
    widened = np.array([plan.widened for plan in plans])[who]
    return np.where((day >= -widened) & (slot < WIDER), wider[who], baskets[who, slot])


def _wider(plan: AccountPlan, basket: np.ndarray) -> int:
    """The first product of a line that is not in the basket: its segment's lines before others."""
    known = {PRODUCTS[n].line for n in basket} | {"tooling"}
    fitting = [n for n, item in enumerate(PRODUCTS) if item.line not in known]
    lines = SEGMENTS[plan.segment].lines
    return min(fitting, key=lambda n: (PRODUCTS[n].line not in lines, PRODUCTS[n].price > 100))


def _worth(plans, rates) -> np.ndarray:
    return np.array([rates[plan.currency] for plan in plans])


def _with_credits(rng, lines: Lines, days: int) -> Lines:
    """One line in seventy comes back within weeks, in part or whole, on its own credit note."""
    picked = np.flatnonzero(rng.random(len(lines)) < 1 / 70)
    later = lines.day[picked] + rng.integers(5, 26, len(picked))
    picked, later = picked[later < days], later[later < days]
    part = rng.choice([0.1, 0.25, 0.5, 1.0], size=len(picked), p=[0.3, 0.3, 0.2, 0.2])
    back = lines.take(picked)
    document = lines.document.max(initial=0) + 1 + np.arange(len(picked))
    credits = Lines(
        account=back.account,
        day=later,
        document=document,
        line=np.ones(len(picked), int),
        product=back.product,
        quantity=-np.maximum(1, np.rint(back.quantity * part)).astype(int),
        cents=-np.maximum(1, np.rint(back.cents * part)).astype(np.int64),
        cost=np.where(back.cost < 0, -1, -np.rint(back.cost * part)).astype(np.int64),
        credit=np.ones(len(picked), bool),
    )
    return Lines(
        **{
            name: np.concatenate((column, getattr(credits, name)))
            for name, column in vars(lines).items()
        }
    )
