"""On how few customers the revenue rests, and how much of it is with key accounts."""

from collections.abc import Iterator

import numpy as np

from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of, share
from kpi.rules.concentration import of_sorted
from kpi.rules.groups import Groups

SCOPES = (Scope.COMPANY, Scope.TEAM, Scope.MANAGER, Scope.SEGMENT)


def shape_figures(ground: Ground) -> Iterator[Figure]:
    book = ground.book
    order = np.argsort(book.current, kind="stable")  # once: each group's is then sorted, too
    current = book.current[order]
    is_key = ground.source.keys.on(book.ids[order], ground.day) > 0
    counted = np.stack([current * is_key, current, is_key & (current != 0)], axis=1)
    for scope in SCOPES:
        groups = Groups(ground.splits[scope].after[order])
        parts = zip(
            groups.ids.tolist(), groups.split(current), groups.sums(counted).tolist(), strict=False
        )
        for group, own, (held, all_of_it, accounts) in parts:
            key, found = key_of(scope, group), of_sorted(own)
            yield Figure(
                "concentration", scope, key, found.accounts, None, found.effective_accounts,
                inputs={"top1_share": found.top1_share, "hhi": found.hhi},
            )  # fmt: skip
            yield Figure(
                "key-share", scope, key, held, all_of_it, share(held, all_of_it),
                inputs={"accounts": accounts},
            )  # fmt: skip
