"""Who stayed, who left and what that was worth: nothing without a whole base year."""

from collections.abc import Iterator

from common.money import UNITS
from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of
from kpi.queries.measures.registry import SPLITS
from kpi.rules.intervals import wilson
from kpi.rules.retention import Retention

COUNTS = (
    "base_accounts", "kept", "lost", "new", "reactivated", "came_accounts", "went_accounts",
    "hands",
)  # fmt: skip


def customer_figures(ground: Ground) -> Iterator[Figure]:
    if not ground.compares:
        return
    for scope in SPLITS:
        for group, one in ground.kept[scope].items():
            key = key_of(scope, group)
            yield from _counted(scope, key, one)
            yield from _valued(scope, key, one)


def _counted(scope: Scope, key: str, one: Retention) -> Iterator[Figure]:
    counts = {name: getattr(one, name) for name in COUNTS}
    for code, number, rate in (
        ("retention", one.kept, one.logo_retention),
        ("churn", one.lost, one.churn),
    ):
        low, high = wilson(number, one.judged) or (None, None)
        yield Figure(code, scope, key, number, one.judged, rate, low, high, counts)


def _valued(scope: Scope, key: str, one: Retention) -> Iterator[Figure]:
    steps = dict(one.waterfall())
    yield Figure("nrr", scope, key, one.current, one.judged_base, one.nrr, inputs=steps)
    yield Figure("grr", scope, key, one.retained, one.judged_base, one.grr, inputs=steps)
    lost = {"lost": one.lost}
    yield Figure(
        "lost-revenue", scope, key, one.churned, one.judged_base, one.churned / UNITS, inputs=lost
    )
    more = one.new_revenue + one.reactivated_revenue
    inputs = {
        "new": one.new, "new_revenue": one.new_revenue, "reactivated": one.reactivated,
        "reactivated_revenue": one.reactivated_revenue,
    }  # fmt: skip
    yield Figure("new-revenue", scope, key, more, None, more / UNITS, inputs=inputs)
