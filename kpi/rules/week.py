"""What comes first in a manager's day: stake x chance of influence / minutes.

Explained in docs/howto/my-week.md.

Stake is the account's share of the reader's revenue of twelve months plus a floor, so that new
customers and work of no account count too. The chance that doing it changes something is a table,
because nothing better is known; what is late weighs up to three times. Whatever is overdue stands
before everything else.
"""

from dataclasses import dataclass

MOST = 7
FLOOR = 0.02
LATE_MOST = 14  # days after which lateness weighs no more
CHANCES = {
    "meeting": 0.9,  # it takes place today: preparing it decides how
    "promise_ours": 0.8,
    "handover": 0.7,
    "trial": 0.6,  # a colleague's probation: a talk, words, a decision
    "task": 0.6,
    "cadence": 0.5,
    "promise_theirs": 0.4,
    "silent": 0.4,
    "confirm": 0.3,
    "hole": 0.25,
    "never": 0.2,
    "undated": 0.15,
}
MINUTES = {
    "meeting": 30, "promise_ours": 15, "handover": 20, "cadence": 20, "promise_theirs": 10,
    "silent": 20, "confirm": 3, "hole": 15, "never": 10, "trial": 15,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """What ranking needs of a line; `share` is its account's share of the book (0 to 1)."""

    kind: str
    share: float
    minutes: int
    late_days: int = 0


def weight(claim: Claim) -> float:
    """Per minute, so that five minutes for a promise stand before an hour for the same stake."""
    lateness = 1 + 2 * min(max(claim.late_days, 0), LATE_MOST) / LATE_MOST
    stake = FLOOR + max(0.0, claim.share)
    return 1000 * stake * CHANCES[claim.kind] * lateness / max(1, claim.minutes)


def order(claim: Claim) -> tuple[bool, float]:
    """A key to sort by: what is overdue first, then by weight."""
    return (claim.late_days <= 0, -weight(claim))
