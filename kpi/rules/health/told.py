"""What a page tells of a part: its points, the day of its source and the figures behind it."""

from collections.abc import Mapping
from datetime import date, timedelta

from kpi.rules.health.points import UNKNOWN

NONE = -(2**63)  # a figure nobody recorded


def told(points: int, is_fresh: bool, day: int, shelf: int, inputs: Mapping[str, int]) -> dict:
    """`value` (None: unknown or stale), `day` of the source, `inputs` that are known.

    `day` is a number of days, NONE without one; the source counts for `shelf` days from it on, and
    `stale` is what a stale part was. The name of an input that is a day ends in `_on`.
    """
    found: dict[str, object] = {
        "value": points if is_fresh else None,
        "day": None,
        "inputs": {name: _plain(name, value) for name, value in inputs.items() if value != NONE},
    }
    if day != NONE:
        on = date.fromordinal(day)
        found |= {"day": on.isoformat(), "until": (on + timedelta(days=shelf)).isoformat()}
    if not is_fresh and points > UNKNOWN:
        found["stale"] = points
    return found


def _plain(name: str, value: int) -> int | str:
    return date.fromordinal(value).isoformat() if name.endswith("_on") else value
