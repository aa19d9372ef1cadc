"""What is at stake when one of ours leaves: money first, and where they were the only thread."""

from dataclasses import dataclass

VERSION = "departure-1"
SINGLE = 1.5  # effective threads below which in truth one person held the account


@dataclass(frozen=True, slots=True)
class Stake:
    """`part`: of the account's relationship that goes with the person; None where nobody has a
    lived tie. `threads`: effective ones on our side, 0 then too."""

    revenue: int
    part: float | None
    threads: float

    @property
    def money(self) -> int:
        """Revenue that hangs on the person, in whole units. Unknown counts as all: nobody else is
        known there."""
        return round(max(self.revenue, 0) * (1.0 if self.part is None else self.part))

    @property
    def is_single(self) -> bool:
        return self.part is None or (self.part > 0 and self.threads < SINGLE)


def order(stake: Stake, *, is_key: bool) -> tuple:
    """Sorts what to look at first: key accounts, then the money, then the single threads."""
    return (not is_key, -stake.money, not stake.is_single, -stake.revenue)
