"""What customers began to buy besides, by every split and by service line."""

from collections import defaultdict
from collections.abc import Iterator

from common.money import UNITS
from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of
from kpi.queries.measures.registry import SPLITS
from kpi.queries.periods.upsell import Additional, additional_of, looks_back_far_enough, upsell_of
from kpi.rules.intervals import wilson
from kpi.rules.upsell import Upsell


def service_figures(ground: Ground) -> Iterator[Figure]:
    """Nothing where the ledger does not hold the 24 months in which a line must be missing."""
    if not (ground.compares and looks_back_far_enough(ground.book)):
        return
    pairs = additional_of(ground.book)
    for scope in SPLITS:
        parts = ground.splits[scope]
        found = upsell_of(ground.book, parts, ground.kept[scope], pairs, scope.value)
        for group, one in found.items():
            yield from _figures(scope, key_of(scope, group), one)
    yield from _by_line(pairs)


def _figures(scope: Scope, key: str, one: Upsell) -> Iterator[Figure]:
    inputs = {"revenue": one.additional_revenue, "accounts": one.accounts_with_additional}
    number = one.additional_services
    yield Figure("services", scope, key, number, None, number, inputs=inputs)
    low = high = None
    if one.cross_sell_rate is not None:
        low, high = wilson(one.accounts_with_additional, one.base_accounts) or (None, None)
    yield Figure(
        "cross-sell", scope, key, one.accounts_with_additional, one.base_accounts,
        one.cross_sell_rate, low, high,
    )  # fmt: skip
    parts = {"expansion": one.expansion, "additional": one.additional_revenue}
    yield Figure("upsell", scope, key, one.upsell, None, one.upsell / UNITS, inputs=parts)


def _by_line(pairs: list[Additional]) -> Iterator[Figure]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for one in pairs:
        found[one.service_line][0] += 1
        found[one.service_line][1] += one.net
    for line, (number, net) in found.items():
        yield Figure(
            "services", Scope.LINE, key_of(Scope.LINE, line), number, None, number,
            inputs={"revenue": net, "accounts": number},
        )  # fmt: skip
