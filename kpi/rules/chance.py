"""Will an account order within the coming days: what is known of it on a day, the models, the gate.

A chance is told only where, on the last two quarters whose outcome is known, it did better than
telling everybody the average, among all accounts and again among those it would be told for.
Source: methods 2. The chance to be a customer still is never told: it is one for every novice.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from kpi.rules import bgnbd, logistic, rhythm
from kpi.rules import validation as measure
from kpi.rules.windows import rhythm_window

VERSION = "chance-1"
HORIZON = 90
ACTIVE = 365  # days; who has been silent for longer was lost before
LEAST_ORDERS = 3
REGULAR_REPEATS = 3
QUARTERS = 2
LEAST_DATES, LEAST_LOST = 300, 50
LEAST_AUC = 0.60
UNLIKELY = 0.5  # a chance below it is an alarm
RED = 0.05  # a silence that rare is one by the own rhythm

BG_NBD, LOGISTIC, RECENCY, OWN_RHYTHM = "bg_nbd", "logistic", "recency", "own_rhythm"
MODELS = (BG_NBD, LOGISTIC, RECENCY, OWN_RHYTHM)
TELLING = (BG_NBD, LOGISTIC)  # the others are there to be beaten, or for another use

SHOWN, SHORT, FEW, NO_SIGNAL = "shown", "short", "few", "no_signal"


@dataclass(frozen=True, slots=True)
class Look:
    """What was known of accounts on a day: order days of 36 months, the first and last day ever.

    Times are counted from the first order, or from where the 36 months begin if that is later.
    """

    day: int
    orders: np.ndarray
    first: np.ndarray
    last: np.ndarray

    @property
    def begins(self) -> int:
        """Day number of the last day before the 36 months."""
        return rhythm_window(dt.date.fromordinal(self.day)).after.toordinal()

    @property
    def silent(self) -> np.ndarray:
        return self.day - self.last

    @property
    def start(self) -> np.ndarray:
        return np.maximum(self.first, self.begins)

    @property
    def repeats(self) -> np.ndarray:
        """All order days but the very first, which is no repetition."""
        return self.orders - (self.first > self.begins)

    @property
    def active(self) -> np.ndarray:
        return (self.orders > 0) & (self.silent < ACTIVE)

    @property
    def told(self) -> np.ndarray:
        """For whom it is neither too early nor too late to tell a chance."""
        return self.active & (self.orders >= LEAST_ORDERS)

    @property
    def regular(self) -> np.ndarray:
        """Whom the alarm of the own rhythm is judged by."""
        return self.active & (self.orders > REGULAR_REPEATS)

    @property
    def columns(self) -> np.ndarray:
        """[accounts, 3] logarithms of recency, order days and age."""
        return np.column_stack([
            np.log1p(self.silent), np.log(np.maximum(self.orders, 1)),
            np.log1p(self.day - self.start),
        ])  # fmt: skip

    def of(self, mask: np.ndarray) -> "Look":
        return Look(self.day, self.orders[mask], self.first[mask], self.last[mask])


@dataclass(frozen=True, slots=True)
class Orders:
    """Order days of a book: accounts numbered from 0 to `size`, day numbers, sorted by both."""

    account: np.ndarray
    day: np.ndarray
    size: int

    def look(self, day: int) -> Look:
        """Of all accounts; who had not ordered in the 36 months has no order days."""
        past = self.day <= day
        account, days = self.account[past], self.day[past]
        count = np.bincount(account, minlength=self.size)
        ends = np.cumsum(count)
        known = count > 0
        first, last = np.full(self.size, day), np.full(self.size, day)
        first[known], last[known] = days[(ends - count)[known]], days[ends[known] - 1]
        look = Look(day, count, first, last)
        recent = np.bincount(account[days > look.begins], minlength=self.size)
        return replace(look, orders=recent)

    def ordered(self, day: int, horizon: int) -> np.ndarray:
        """bool: at least one order day in the `horizon` days after `day`."""
        within = (self.day > day) & (self.day <= day + horizon)
        return np.bincount(self.account[within], minlength=self.size) > 0

    def silence(self, look: Look) -> np.ndarray:
        """How likely each account's silence is by its own rhythm of 36 months; NaN: too early."""
        within = (self.day > look.begins) & (self.day <= look.day)
        account, days = self.account[within], self.day[within]
        same = account[1:] == account[:-1]
        whose, gaps = account[1:][same], np.diff(days)[same]
        count = np.bincount(whose, minlength=self.size)
        logs, squares = np.zeros((2, self.size), dtype=np.int64)
        for total, part in zip((logs, squares), rhythm.log_units(gaps), strict=True):
            np.add.at(total, whose, part)
        found = rhythm.rhythms(rhythm.fit(count, logs, squares), count, logs)
        return rhythm.silence_probability(found, look.silent)


@dataclass(frozen=True, slots=True)
class Past:
    """A day whose outcome is known, for accounts that were active on it."""

    look: Look
    ordered: np.ndarray


def past(orders: Orders, day: int, horizon: int) -> Past:
    look = orders.look(day)
    return Past(look.of(look.active), orders.ordered(day, horizon)[look.active])


def trained(everybody: Look, known: Sequence[Past]) -> dict[str, dict]:
    """What each model learnt, as plain JSON; models that history does not allow are missing.

    `everybody` includes accounts long silent: BG/NBD learns from them how accounts stop.
    """
    found = {}
    who = everybody.of(everybody.orders > 0)
    if len(who.orders) >= bgnbd.LEAST_ACCOUNTS:
        data = bgnbd.histories(who.repeats, who.last - who.start, who.day - who.start)
        fit = bgnbd.fit(data)
        if fit is not None:
            found[BG_NBD] = asdict(fit)
    if known:
        columns = np.concatenate([one.look.columns for one in known])
        ordered = np.concatenate([one.ordered for one in known]).astype(float)
        for name, width in ((LOGISTIC, 3), (RECENCY, 1)):
            model = logistic.fit(columns[:, :width], ordered)
            if model is not None:
                found[name] = model.as_dict()
    return found


def chance(name: str, learnt: Mapping, look: Look, horizon: int) -> np.ndarray:
    """Of at least one order day in the next `horizon` days; accounts must have ordered before.

    A logistic model knows only the horizon it was trained for.
    """
    if name == BG_NBD:
        fit = bgnbd.Fit(**learnt)
        last, age = look.last - look.start, look.day - look.start
        return bgnbd.p_order(fit, look.repeats, last, age, horizon)
    model = logistic.Model.from_dict(learnt)
    return model.chance(look.columns[:, : len(model.weights)])


@dataclass(frozen=True, slots=True)
class Figures:
    """Of `n` account-dates `lost` did not order; see kpi.rules.validation. The alarm of a chance
    is one below a half. None: cannot be known."""

    n: int = 0
    lost: int = 0
    auc: float | None = None
    brier: float | None = None
    brier_skill: float | None = None
    alarms: int = 0
    right: int = 0
    precision: float | None = None
    recall: float | None = None
    false_alarm_rate: float | None = None

    @property
    def has_signal(self) -> bool:
        return (self.brier_skill or 0) > 0 and (self.auc or 0) >= LEAST_AUC


def chance_figures(told: np.ndarray, ordered: np.ndarray) -> Figures:
    return Figures(
        n=len(ordered),
        auc=measure.auc(told, ordered),
        brier=measure.brier(told, ordered),
        brier_skill=measure.brier_skill(told, ordered),
        **asdict(measure.alarms(told < UNLIKELY, ordered)),
    )


def rhythm_figures(silence: np.ndarray, ordered: np.ndarray) -> Figures:
    """Of the red alarm; how likely a silence is orders accounts, but is no chance of an order.

    Who has no rhythm yet (NaN) is left out.
    """
    known = ~np.isnan(silence)
    silence, ordered = silence[known], ordered[known]
    alarms = measure.alarms(silence < RED, ordered)
    return Figures(n=len(ordered), auc=measure.auc(silence, ordered), **asdict(alarms))


@dataclass(frozen=True, slots=True)
class Trial:
    """One past quarter: figures of each model among all active accounts, and among those that
    its chance would be told for."""

    day: int
    everybody: Mapping[str, Figures]
    told: Mapping[str, Figures]

    def has_signal(self, name: str) -> bool:
        return all(
            name in group and group[name].has_signal for group in (self.everybody, self.told)
        )


@dataclass(frozen=True, slots=True)
class Gate:
    """Which model's chances may be told, and why none: SHORT, FEW or NO_SIGNAL."""

    shown: str | None
    reason: str


def gate(trials: Sequence[Trial], dates: int, lost: int) -> Gate:
    """From the last two quarters, and all account-dates of the past with those that did not order.

    Of several that pass, the one with the lower Brier score among those it is told for.
    """
    if len(trials) < QUARTERS:
        return Gate(None, SHORT)
    if dates < LEAST_DATES or lost < LEAST_LOST:
        return Gate(None, FEW)
    fit = [name for name in TELLING if all(trial.has_signal(name) for trial in trials)]
    if not fit:
        return Gate(None, NO_SIGNAL)
    return Gate(min(fit, key=lambda name: told_brier(trials, name)), SHOWN)


def told_brier(trials: Sequence[Trial], name: str) -> float:
    """Over all of them, each account-date alike; infinite for a model that was not tried."""
    found = [trial.told[name] for trial in trials if name in trial.told]
    parts = [(one.brier, one.n) for one in found if one.brier is not None]
    if not parts:
        return float("inf")
    return sum(brier * number for brier, number in parts) / sum(number for _, number in parts)
