"""What a row keeps of the parts that made its score: numbers by name, packed side by side."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np

from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import Part

NONE = np.iinfo(np.int64).min  # an input nobody recorded
HEAD = ("points", "fresh", "day", "shelf")
INPUTS = {
    Part.ORDERS: (
        "last_on", "amber_on", "alarm_on", "now_units", "before_units", "lines", "peak",
        "silence", "revenue", "breadth",
    ),
    Part.RELATIONSHIP: (
        "powerful", "people", "sponsors", "tied", "left", "left_on", "left_contact",
        "coverage", "threads", "sponsor",
    ),
    Part.PLAN: ("kept", "broken", "every", "talked_on", "promises", "cadence"),
    Part.VOICE: ("answers", "answers_total", "answered_on", "judged", "judged_on"),
}  # fmt: skip


def _kind(name: str) -> str:
    return "<i8" if name.endswith(("_units", "_contact")) else "<i4"


FORMAT = np.dtype(
    [(f"{part}_{name}", _kind(name)) for part, names in INPUTS.items() for name in (*HEAD, *names)]
)


def pack(part: Part, columns: Mapping[str, np.ndarray], rows: np.ndarray) -> None:
    """Put one part's columns (HEAD and INPUTS, int64 with NONE) into `rows` of FORMAT."""
    for name in (*HEAD, *INPUTS[part]):
        field = f"{part}_{name}"
        nothing = np.iinfo(FORMAT[field]).min
        rows[field] = np.where(columns[name] == NONE, nothing, columns[name])


def unpack(data: bytes) -> dict[str, dict]:
    """By part: `value` (None: unknown or stale), `day` of its source, `inputs` that are known.

    `stale` is what a stale part was. A fresh source that all accounts share has no day here. What
    another FORMAT packed is nothing.
    """
    if len(data) != FORMAT.itemsize:
        return {}
    row = np.frombuffer(data, dtype=FORMAT)[0]
    return {part.value: _part(partial(_number, row, part), INPUTS[part]) for part in INPUTS}


def _number(row: Any, part: Part, name: str) -> int | None:
    field = f"{part}_{name}"
    value = int(row[field])
    return None if value == np.iinfo(FORMAT[field]).min else value


def _part(number, names: tuple[str, ...]) -> dict:
    day, points, is_fresh = number("day"), number("points"), number("fresh")
    on = day and date.fromordinal(day)
    found = {
        "value": points if is_fresh else None,
        "day": on and on.isoformat(),
        "inputs": {name: _plain(name, number(name)) for name in names if number(name) is not None},
    }
    if on:
        found["until"] = (on + timedelta(days=number("shelf"))).isoformat()
    if not is_fresh and points > UNKNOWN:
        found["stale"] = points
    return found


def _plain(name: str, value: int) -> int | str:
    return date.fromordinal(value).isoformat() if name.endswith("_on") else value
