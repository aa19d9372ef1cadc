"""Is a customer silent for longer than it ever was? Stated as fact, not as a forecast.

The gaps are those between days on which it bought more than it sent back. A forecast of silence
needs a model that was tested on the company's own past; this needs only a calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

RULE_VERSION = "silence-1"
REMEMBERED = 12  # gaps that are compared with
FEWEST = 4  # gaps below which nothing is said
FAR = 1.25  # times the longest of them


@dataclass(frozen=True, slots=True)
class Silence:
    """`silent` days since the last order; the last `gaps` gaps were at most `longest` days."""

    silent: int
    gaps: int
    longest: int

    @property
    def is_beyond(self) -> bool:
        return self.silent > self.longest

    @property
    def is_far_beyond(self) -> bool:
        return self.silent >= FAR * self.longest

    @property
    def times(self) -> float:
        """How many times its longest gap the silence lasts already."""
        return self.silent / self.longest


def silence(days: Sequence[date], today: date) -> Silence | None:
    """From ascending different order days; None when they are too few to know a rhythm."""
    if len(days) <= FEWEST:
        return None
    recent = days[-REMEMBERED - 1 :]
    gaps = [(late - early).days for early, late in zip(recent, recent[1:], strict=False)]
    return Silence(silent=(today - days[-1]).days, gaps=len(gaps), longest=max(gaps))
