"""What makes an account's health, read from the records when somebody asks.

The row of last night keeps the score alone: what fades a little each night is not written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Scoring
from kpi.models import Health
from kpi.queries.health.sheet import sheet
from kpi.queries.health.stored import stored
from kpi.rules.health import score
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import Part


@dataclass(frozen=True)
class Live:
    """`parts` as kpi.rules.health.told tells them; `score` is what a night would find now."""

    parts: dict[Part, dict]
    score: int | None

    @property
    def values(self) -> dict[Part, int]:
        """Points of the parts that are known and fresh."""
        known = {part: told["value"] for part, told in self.parts.items()}
        return {part: value for part, value in known.items() if value is not None}


def live(row: Health, weights: Sequence[int]) -> Live | None:
    """As of the night that made the row or found that it still holds; None for an account that is
    closed or merged. Rights are the caller's."""
    night = Scoring.current().as_of or row.as_of
    found = sheet(max(night, row.as_of), [row.account_id])
    if not found.book.size:
        return None
    earlier = stored(found.book).earlier(found.book.number)
    now = int(score.scores(found.values, weights, found.capped, earlier).score[0])
    return Live(found.told(0), None if now == UNKNOWN else now)
