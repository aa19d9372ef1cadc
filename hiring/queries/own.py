"""What a candidate finds on their own page; other parts of hiring add theirs.

A part has a template `hiring/own/_<name>.html` and a function (candidate, now) -> context dict, or
None when there is nothing to show. Its forms POST below /c/<token>/; the template knows `token`,
`candidate` and `part` (the dict).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from hiring.models import Candidate

PartOf = Callable[[Candidate, dt.datetime], dict | None]
# In the order of the page: what waits for the candidate comes first.
ORDER = ("offer", "sessions", "tasks")
PARTS: dict[str, PartOf] = {}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    template: str
    context: dict


def register(name: str, part_of: PartOf) -> None:
    """Add a part; call it at the foot of the queries module that knows it."""
    PARTS[name] = part_of


def parts_of(candidate: Candidate, now: dt.datetime) -> list[Part]:
    """Those with something to show, in the order of the page."""
    names = sorted(PARTS, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    found = ((name, PARTS[name](candidate, now)) for name in names)
    return [
        Part(name, f"hiring/own/_{name}.html", context)
        for name, context in found
        if context is not None
    ]
