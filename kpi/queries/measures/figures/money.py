"""Revenue, its growth and its margin, each counted for the owner on the invoice date."""

from collections.abc import Iterator

import numpy as np

from common.money import UNITS
from kpi.choices import Scope
from kpi.queries.attribution.facts import MARGIN, NET, UNCOSTED
from kpi.queries.measures.figures.ground import Figure, Ground, key_of, share, summed
from kpi.queries.measures.registry import SPLITS
from kpi.queries.periods import services
from kpi.rules.attribution import Facts


def money_figures(ground: Ground) -> Iterator[Figure]:
    now = _sums(ground, ground.source.facts(ground.pair.current))
    before = None
    if ground.compares:
        before = _sums(ground, ground.source.facts(ground.pair.base, only_net=True))
    for scope in SPLITS:
        sums, earlier = now[scope], before[scope] if before else {}
        nobody = {0} if scope == Scope.COMPANY else set()  # a year without a sale is told, too
        for group in sorted(sums.keys() | earlier.keys() | nobody):
            money = sums.get(group, [0, 0, 0])
            key, net = key_of(scope, group), money[NET]
            inputs = {}
            if before is not None:
                was = earlier.get(group, [0])[NET]
                inputs = {"before": was}
                yield Figure("growth", scope, key, net - was, was, share(net - was, was))
            yield Figure("revenue", scope, key, net, None, net / UNITS, inputs=inputs)
            costed = net - money[UNCOSTED]
            yield Figure(
                "margin", scope, key, money[MARGIN], costed, share(money[MARGIN], costed),
                inputs={"uncosted": money[UNCOSTED]},
            )  # fmt: skip
    yield from _by_line(ground)


def _sums(ground: Ground, facts: Facts) -> dict[Scope, dict[int, list[int]]]:
    return ground.summed(facts.account, facts.day, facts.money)


def _by_line(ground: Ground) -> Iterator[Figure]:
    """Of the lines that anything was sold of."""
    lines = ground.source.lines(ground.pair)
    net = lines[:, services.NET]
    values = np.stack([net, net != 0], axis=1)
    for line, (total, rows) in summed(lines[:, services.SERVICE], values).items():
        if rows:
            yield Figure(
                "revenue", Scope.LINE, key_of(Scope.LINE, line), total, None, total / UNITS
            )
