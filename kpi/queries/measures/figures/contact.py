"""Contacts with customers, and whether accounts were met as often as agreed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from accounts.queries.cadence import coverage_by_owner
from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of, share
from kpi.queries.measures.registry import SPLITS
from kpi.rules.intervals import wilson
from people.models import Membership


def touchpoint_figures(ground: Ground) -> Iterator[Figure]:
    table = ground.source.contacts(ground.pair.current)
    sums = ground.summed(table[:, 0], table[:, 1], table[:, 2:])
    for scope in SPLITS:
        for group, (number,) in sums[scope].items():
            yield Figure("touchpoints", scope, key_of(scope, group), number, None, number)


def coverage_figures(day: dt.date) -> Iterator[Figure]:
    """Of the accounts' owners of today: what was met in time on other days is not known."""
    team_of = dict(Membership.objects.on(day).values_list("user", "team"))
    sums: dict[tuple[Scope, str], np.ndarray] = defaultdict(lambda: np.zeros(4, dtype=np.int64))
    for owner, one in coverage_by_owner(None, on=day).items():
        parts = np.array([one.covered, one.of, one.never, one.without])
        groups = (
            (Scope.COMPANY, 0),
            (Scope.MANAGER, owner or 0),
            (Scope.TEAM, team_of.get(owner, 0)),
        )
        for scope, group in groups:
            sums[scope, key_of(scope, group)] += parts
    for (scope, key), found in sums.items():
        covered, of, never, without = (int(part) for part in found)
        low, high = wilson(covered, of) or (None, None)
        yield Figure(
            "coverage", scope, key, covered, of, share(covered, of), low, high,
            {"never": never, "without": without},
        )  # fmt: skip
