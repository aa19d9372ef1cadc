"""The company's own past, forecast with what was known then and held against what happened."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from common.jobs import silent
from kpi.queries import state as states
from kpi.queries.order_days import order_days
from kpi.queries.reporting import newest_ledger_day
from kpi.rules import chance as rules
from kpi.rules import validation, windows
from kpi.rules.chance import Gate, Orders, Past, Trial

PAST_QUARTERS = 12
DAY = dt.timedelta(days=1)
Progress = Callable[..., None]


@dataclass(frozen=True)
class Report:
    """What forecasting on a day would have said, judged by quarters that were over by then.

    `learnt` holds every model's coefficients as of the day; `known_until` how far the ledger
    reached. `dates` account-dates of past quarters, `lost` of them without an order.
    """

    as_of: dt.date
    horizon: int
    first_day: dt.date | None
    known_until: dt.date | None
    gate: Gate
    trials: tuple[Trial, ...] = ()
    dates: int = 0
    lost: int = 0
    deciles: dict[str, list] = field(default_factory=dict)
    learnt: dict[str, dict] = field(default_factory=dict)


def quarter_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Ends of the quarters that lie wholly in [first, last], oldest first."""
    found = []
    for end in windows.month_ends(first, last):
        if end.month % 3 == 0 and end.replace(month=end.month - 2, day=1) >= first:
            found.append(end)
    return found


def backtest(as_of: dt.date, horizon: int = rules.HORIZON, progress: Progress = silent) -> Report:
    """The gate and the models as of a day, from nothing that was known later."""
    first, known = span(as_of)
    if first is None or known is None:
        return Report(as_of, horizon, first, known, Gate(None, rules.SHORT))
    orders, _ids = order_days(as_of)
    return judged(orders, Span(first, known), as_of, horizon, progress)


def against_what_happened(as_of: dt.date, horizon: int) -> tuple[Report, Trial | None]:
    """The same, and how the models of that day did in the days after it, once those are over."""
    first, known = span(as_of)
    if first is None or known is None:
        return Report(as_of, horizon, first, known, Gate(None, rules.SHORT)), None
    orders, _ids = order_days(as_of + horizon * DAY)
    held = Span(first, known)
    report = judged(orders, held, as_of, horizon)
    if as_of + horizon * DAY > newest_ledger_day():
        return report, None
    earlier = [rules.past(orders, day.toordinal(), horizon) for day in held.quarters(horizon)]
    return report, tried(orders, as_of, horizon, earlier).trial


@dataclass(frozen=True, slots=True)
class Span:
    """What was known of the ledger: from its first day to this one."""

    first: dt.date
    known: dt.date

    def quarters(self, horizon: int) -> list[dt.date]:
        """Ends of the last whole quarters whose outcome is known."""
        return quarter_ends(self.first, self.known - horizon * DAY)[-PAST_QUARTERS:]


def span(as_of: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Where the ledger begins, and how far it was known on the day; None for none by then."""
    first, newest = states.first_day(), newest_ledger_day()
    if first is None or newest is None or as_of < first:
        return first, None
    return first, min(as_of, newest)


def judged(
    orders: Orders, held: Span, as_of: dt.date, horizon: int, progress: Progress = silent
) -> Report:
    """`orders` may hold later days: nothing here looks at them."""
    days = held.quarters(horizon)
    pasts = {day: rules.past(orders, day.toordinal(), horizon) for day in days}
    rounds = []
    for number, day in enumerate(days[-rules.QUARTERS :]):
        progress(number, rules.QUARTERS + 1)
        earlier = [pasts[one] for one in days if one + horizon * DAY <= day]
        rounds.append(tried(orders, day, horizon, earlier))
    trials = tuple(one.trial for one in rounds)
    dates = sum(len(one.ordered) for one in pasts.values())
    lost = sum(int((~one.ordered).sum()) for one in pasts.values())
    return Report(
        as_of=as_of,
        horizon=horizon,
        first_day=held.first,
        known_until=held.known,
        gate=rules.gate(trials, dates, lost),
        trials=trials,
        dates=dates,
        lost=lost,
        deciles={name: _deciles(rounds, name) for name in rules.TELLING},
        learnt=rules.trained(orders.look(as_of.toordinal()), list(pasts.values())),
    )


@dataclass(frozen=True, slots=True)
class Round:
    """One day forecast: the figures, and what they were made of."""

    trial: Trial
    chances: dict[str, np.ndarray]
    today: Past


def tried(orders: Orders, day: dt.date, horizon: int, earlier: list[Past]) -> Round:
    """Forecast accounts active on the day with models that know the day and `earlier` outcomes."""
    number = day.toordinal()
    everybody = orders.look(number)
    today = rules.past(orders, number, horizon)
    learnt = rules.trained(everybody, earlier)
    chances = {name: rules.chance(name, kept, today.look, horizon) for name, kept in learnt.items()}
    silence = orders.silence(everybody)
    told, regular = today.look.told, today.look.regular
    figures = {name: rules.chance_figures(one, today.ordered) for name, one in chances.items()}
    figures[rules.OWN_RHYTHM] = rules.rhythm_figures(
        silence[everybody.active][regular], today.ordered[regular]
    )
    among_told = {
        name: rules.chance_figures(one[told], today.ordered[told]) for name, one in chances.items()
    }
    return Round(Trial(number, figures, among_told), chances, today)


def _deciles(rounds: list[Round], name: str) -> list[list]:
    """Of all rounds together, among those whose chance would be told: count, told, happened."""
    parts = [one for one in rounds if name in one.chances]
    if not parts:
        return []
    chance = np.concatenate([one.chances[name][one.today.look.told] for one in parts])
    ordered = np.concatenate([one.today.ordered[one.today.look.told] for one in parts])
    return [[one.count, one.told, one.happened] for one in validation.deciles(chance, ordered)]
