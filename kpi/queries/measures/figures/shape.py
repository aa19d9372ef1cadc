"""On how few customers the revenue rests, and how much of it is with key accounts."""

from collections.abc import Iterator

import numpy as np

from accounts.models import KeySpan
from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of, share
from kpi.rules.concentration import concentration
from kpi.rules.groups import Groups

SCOPES = (Scope.COMPANY, Scope.TEAM, Scope.MANAGER, Scope.SEGMENT)


def shape_figures(ground: Ground) -> Iterator[Figure]:
    book, current = ground.book, ground.book.current
    keys = KeySpan.objects.on(ground.day).values_list("account", flat=True)
    is_key = np.isin(book.ids, list(keys))
    for scope in SCOPES:
        groups = Groups(ground.splits[scope].after)
        parts = zip(groups.ids.tolist(), groups.split(current), groups.split(is_key), strict=False)
        for group, own, of_key in parts:
            key, found = key_of(scope, group), concentration(own)
            yield Figure(
                "concentration", scope, key, found.accounts, None, found.effective_accounts,
                inputs={"top1_share": found.top1_share, "hhi": found.hhi},
            )  # fmt: skip
            held, all_of_it = int(own[of_key].sum()), int(own.sum())
            yield Figure(
                "key-share", scope, key, held, all_of_it, share(held, all_of_it),
                inputs={"accounts": int((own[of_key] != 0).sum())},
            )  # fmt: skip
