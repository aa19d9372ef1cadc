"""How much of a relationship outlived a change of manager (field notes 4.7), and its rhythm.

Relationship retention = Σ strength(now) / Σ strength(day of acceptance) over the customer's people
of power >= 2. Where no tie existed there was nothing to lose: unknown, not nought. Whoever has left
the customer since is in neither sum: nobody can keep a tie with somebody who is gone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

VERSION = "retention-1"
# Below this sum of strengths (0-100 each) a share says nothing: one old e-mail more or less.
LEAST = 5.0


def retained(
    baseline: Mapping[str, float], now: Mapping[str, float], gone: Iterable[str] = ()
) -> float | None:
    """Share kept, more than 1 when it grew; None where no tie existed. Keys are people.

    >>> retained({"1": 60, "2": 40}, {"1": 54, "2": 30})
    0.84
    >>> retained({"1": 60, "2": 40}, {"1": 54}, gone=["2"])
    0.9
    >>> retained({"1": 0, "2": 2}, {"1": 50, "2": 50})
    """
    left_out = set(gone)
    known = {who: strength for who, strength in baseline.items() if who not in left_out}
    total = sum(known.values())
    if total < LEAST:
        return None
    return round(sum(now.get(who, 0.0) for who in known) / total, 4)


def expected(day: int, days: int, target: float) -> float:
    """The line to be at: everything on the day of acceptance, the target at the watch's end.

    >>> expected(0, 90, 0.8), expected(45, 90, 0.8), expected(120, 90, 0.8)
    (1.0, 0.9, 0.8)
    """
    if days <= 0:
        return target
    return round(1 - (1 - target) * min(max(day, 0) / days, 1), 4)


def longest_gap(met: Iterable[dt.date], *, since: dt.date, until: dt.date) -> int:
    """Days of the longest stretch without contact from `since` to `until`, both ends counted in.

    >>> day = dt.date
    >>> longest_gap([day(2026, 1, 11), day(2026, 2, 10)], since=day(2026, 1, 1),
    ...             until=day(2026, 2, 15))
    30
    >>> longest_gap([], since=day(2026, 1, 1), until=day(2026, 1, 31))
    30
    """
    days = sorted(day for day in met if since <= day <= until)
    stations = [since, *days, until]
    return max(
        ((later - sooner).days for sooner, later in zip(stations, stations[1:], strict=False)),
        default=0,
    )


def is_rhythm_kept(
    met: Iterable[dt.date], every: int | None, *, since: dt.date, until: dt.date
) -> bool | None:
    """Whether no gap was longer than the rhythm; None where none is agreed.

    >>> is_rhythm_kept([dt.date(2026, 1, 20)], 21, since=dt.date(2026, 1, 1),
    ...                until=dt.date(2026, 2, 9))
    True
    """
    if not every:
        return None
    return longest_gap(met, since=since, until=until) <= every


def pooled(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Over several handovers: Σ now / Σ before, so that a weak tie weighs little.

    >>> pooled([(100, 80), (50, 50)])
    0.8667
    """
    befores, nows = [], []
    for before, now in pairs:
        befores.append(before)
        nows.append(now)
    total = sum(befores)
    return round(sum(nows) / total, 4) if total >= LEAST else None
