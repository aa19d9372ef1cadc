"""The company's figures for the gate, handovers, control and load: what they may be."""

import math
from collections.abc import Mapping

TIERS = ("A", "B", "C", "N")
RANGES = {
    "key_grade": (1, 3),
    "watch_days": (7, 365),
    "undo_days": (0, 90),
    "joint_meetings": (0, 20),
    "spacing_days": (0, 180),
    "retention_target": (1, 100),
    "accompanied_calls": (0, 10),
    "control_days": (7, 92),
    "hours_a_month": (10, 250),
    "most_key": (1, 50),
    "most_regular": (1, 500),
}
HOURS = ("hours_by_tier", "fixed_by_tier")
MOST_HOURS = 100
MOST_ASKED = 4


def wrong(values: Mapping) -> list[str]:
    """The names of figures that cannot be.

    >>> wrong({"watch_days": 90, "undo_days": 30, "pulse_days": [30, 90]})
    []
    >>> wrong({"watch_days": 30, "undo_days": 31})
    ['undo_days']
    """
    found = [
        name
        for name, (least, most) in RANGES.items()
        if name in values and not least <= values[name] <= most
    ]
    found += [name for name in HOURS if name in values and not are_hours(values[name])]
    watch = values.get("watch_days")
    if "pulse_days" in values and not are_days(values["pulse_days"], most=watch or 365):
        found.append("pulse_days")
    if watch is not None and values.get("undo_days", 0) > watch:
        found.append("undo_days")
    return list(dict.fromkeys(found))


def are_hours(by_tier: Mapping[str, float]) -> bool:
    """Every tier has its hours a month, from nought to a hundred."""
    return set(by_tier) == set(TIERS) and all(
        math.isfinite(hours) and 0 <= hours <= MOST_HOURS for hours in by_tier.values()
    )


def tidy(hours: float) -> float:
    """4.0 is written 4."""
    return int(hours) if hours == int(hours) else hours


def are_days(days: list[int], *, most: int) -> bool:
    """At most four days within the watch, each later than the one before."""
    rising = all(first < second for first, second in zip(days, days[1:], strict=False))
    return len(days) <= MOST_ASKED and rising and all(1 <= day <= most for day in days)
