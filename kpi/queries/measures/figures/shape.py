"""On how few customers the revenue rests, and how much of it is with key accounts."""

from collections.abc import Iterator

import numpy as np

from accounts.models import KeySpan
from kpi.choices import Scope
from kpi.queries.measures.figures.ground import Figure, Ground, key_of, share
from kpi.rules.concentration import concentration

SCOPES = (Scope.COMPANY, Scope.TEAM, Scope.MANAGER, Scope.SEGMENT)


def shape_figures(ground: Ground) -> Iterator[Figure]:
    book = ground.book
    keys = KeySpan.objects.on(ground.day).values_list("account", flat=True)
    is_key = np.isin(book.ids, list(keys))
    for scope in SCOPES:
        after = ground.splits[scope].after
        for group in np.unique(after).tolist():
            own, key = after == group, key_of(scope, group)
            found = concentration(book.current[own])
            yield Figure(
                "concentration", scope, key, found.accounts, None, found.effective_accounts,
                inputs={"top1_share": found.top1_share, "hhi": found.hhi},
            )  # fmt: skip
            held, all_of_it = int(book.current[own & is_key].sum()), int(book.current[own].sum())
            yield Figure(
                "key-share", scope, key, held, all_of_it, share(held, all_of_it),
                inputs={"accounts": int((own & is_key & (book.current != 0)).sum())},
            )  # fmt: skip
