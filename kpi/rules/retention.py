"""Who stayed, who left and what grew between two periods (methods 1.6 and 1.7).

Every account counts by its net revenue of the base period and of the current one, in int64 units.
The cohort is who has a base above zero. What a cohort account brings now is the outcome. A changed
formula gets a new VERSION.

Base and outcome may belong to different groups: after a handover the base is the giver's, the
outcome the taker's. `went` and `came` say how much base changed groups between the two, so that
every group reconciles by itself and all groups add up to the company.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum

import numpy as np

from kpi.rules.groups import Groups
from kpi.rules.intervals import wilson

VERSION = "retention-1"
YEAR = 365
FREQUENT_DAYS = 14  # who usually orders at least every two weeks is judged by a shorter silence
LEAST_WINDOW = 90
GAPS = 6


class Status(IntEnum):
    """What became of an account; OTHER has credit notes or nothing, and belongs to none of them."""

    OTHER = 0
    KEPT = 1
    LOST = 2
    NEW = 3
    REACTIVATED = 4


def statuses(base: np.ndarray, current: np.ndarray, bought_before: np.ndarray) -> np.ndarray:
    """int8 Status of each account.

    `bought_before`: it had an order by the last day of the base period. Credit notes alone in the
    current period are a loss: nothing was bought.
    """
    found = np.full(len(base), Status.OTHER, dtype=np.int8)
    cohort, buys = base > 0, current > 0
    found[cohort & buys] = Status.KEPT
    found[cohort & ~buys] = Status.LOST
    found[~cohort & buys & ~bought_before] = Status.NEW
    found[~cohort & buys & bought_before] = Status.REACTIVATED
    return found


@dataclass(frozen=True, slots=True)
class Retention:
    """Counts of accounts, and money in units.

    `churned` is the base revenue of who was lost. `contraction` is what kept accounts bring less,
    with what lost ones were credited beyond nothing. `retained` is what of its base each account
    still brings. `current` is the cohort's; `other` are credit notes of who is in no cohort.
    """

    base_accounts: int = 0
    kept: int = 0
    lost: int = 0
    new: int = 0
    reactivated: int = 0
    base: int = 0
    churned: int = 0
    contraction: int = 0
    expansion: int = 0
    retained: int = 0
    current: int = 0
    new_revenue: int = 0
    reactivated_revenue: int = 0
    other: int = 0
    came_accounts: int = 0
    went_accounts: int = 0
    came: int = 0
    went: int = 0
    hands: int = 0

    def __add__(self, more: "Retention") -> "Retention":
        return Retention(*(a + b for a, b in zip(astuple(self), astuple(more), strict=True)))

    @property
    def judged(self) -> int:
        """Accounts with a base whose outcome is counted here."""
        return self.kept + self.lost

    @property
    def judged_base(self) -> int:
        return self.base - self.went + self.came

    @property
    def logo_retention(self) -> float | None:
        """None without a base: neither 0 nor 100 %."""
        return self.kept / self.judged if self.judged else None

    @property
    def churn(self) -> float | None:
        return self.lost / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % Wilson interval of logo retention."""
        return wilson(self.kept, self.judged)

    @property
    def nrr(self) -> float | None:
        return self.current / self.judged_base if self.judged_base > 0 else None

    @property
    def grr(self) -> float | None:
        return self.retained / self.judged_base if self.judged_base > 0 else None

    @property
    def total(self) -> int:
        """All revenue of the current period."""
        return self.current + self.new_revenue + self.reactivated_revenue + self.other

    def waterfall(self) -> list[tuple[str, int]]:
        """Signed steps from the base to the total; together they are the total."""
        steps = [
            ("base", self.base),
            ("went", -self.went),
            ("came", self.came),
            ("churned", -self.churned),
            ("contraction", -self.contraction),
            ("expansion", self.expansion),
            ("new", self.new_revenue),
            ("reactivated", self.reactivated_revenue),
            ("other", self.other),
        ]
        needed = ("base", "churned", "contraction", "expansion", "new", "reactivated")
        return [(name, units) for name, units in steps if units or name in needed]


@dataclass(frozen=True)
class Accounts:
    """One row an account: `before` and `after` are the groups that its base and its outcome
    belong to, `hands` whether it changed hands lately."""

    base: np.ndarray
    current: np.ndarray
    status: np.ndarray
    before: np.ndarray
    after: np.ndarray
    hands: np.ndarray


def by_group(rows: Accounts) -> dict[int, Retention]:
    """The figures of every group that has a base or an outcome."""
    return of_groups(
        outcomes(rows.base, rows.current, rows.status, rows.hands), rows.before, rows.after
    )


def whole(rows: Accounts) -> Retention:
    """The same of all accounts together, whoever they belong to."""
    nobody = np.zeros(len(rows.base), dtype=np.int64)
    one = Accounts(rows.base, rows.current, rows.status, nobody, nobody, rows.hands)
    return by_group(one).get(0, Retention())


def outcomes(
    base: np.ndarray, current: np.ndarray, status: np.ndarray, hands: np.ndarray
) -> list[np.ndarray]:
    """Columns of what each account adds to figures."""
    is_ = {one: status == one for one in Status}
    kept, lost = is_[Status.KEPT], is_[Status.LOST]
    cohort = kept | lost
    return [
        cohort,
        *(is_[one] for one in (Status.KEPT, Status.LOST, Status.NEW, Status.REACTIVATED)),
        base * cohort,
        base * lost,
        np.maximum(base - current, 0) * kept - current * lost,
        np.maximum(current - base, 0) * kept,
        np.minimum(np.maximum(current, 0), base) * cohort,
        current * cohort,
        *(current * is_[one] for one in (Status.NEW, Status.REACTIVATED, Status.OTHER)),
        cohort & hands,
    ]


def of_groups(
    added: Sequence[np.ndarray], before: np.ndarray, after: np.ndarray
) -> dict[int, Retention]:
    """`added`: `outcomes` of accounts, or sums of those of several that belong together: by their
    base to the groups `before`, by their outcome to those `after`."""
    by_before, by_after = Groups(before), Groups(after)
    ids = np.union1d(by_before.ids, by_after.ids)
    columns = []
    for values, groups in _columns(added, before != after, by_before, by_after):
        column = np.zeros(len(ids), dtype=np.int64)
        column[np.searchsorted(ids, groups.ids)] = groups.sums(values)
        columns.append(column.tolist())
    figures = zip(*columns, strict=True)
    return {group: Retention(*one) for group, one in zip(ids.tolist(), figures, strict=True)}


Column = tuple[np.ndarray, Groups]


def _columns(
    added: Sequence[np.ndarray], moved: np.ndarray, before: Groups, after: Groups
) -> Iterator[Column]:
    """Values and their groups in the order of Retention's fields."""
    cohort, *counts, base = added[:6]
    *money, hands = added[6:]
    yield cohort, before
    for values in counts:
        yield values, after
    yield base, before
    for values in money:
        yield values, after
    for values in (cohort * moved, base * moved):
        yield values, after
        yield values, before
    yield hands, after


def annualised(churn: float, days: int) -> float:
    """Churn of a year at the pace of a period of `days`: compounded, not multiplied.

    >>> round(annualised(0.1, 90), 4)
    0.3477
    """
    return 1 - (1 - churn) ** (YEAR / days)


def activity_window(median_gap: float | None) -> int:
    """Days without an order after which a buyer counts as gone (methods 1.6).

    A year by default; for books whose accounts usually order every week or two, six of their gaps
    and at least 90 days. Month-on-month retention of such buyers means nothing.

    >>> activity_window(None), activity_window(30), activity_window(7)
    (365, 365, 90)
    """
    if median_gap is None or median_gap > FREQUENT_DAYS:
        return YEAR
    return max(LEAST_WINDOW, round(GAPS * median_gap))
