"""Of which accounts lists show another health than the night found."""

import numpy as np

from common import dbops
from kpi.queries.health.left import SHOWN
from kpi.queries.health.sheet import Sheet
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import Scores, all_whole_points


def to_show(found: Sheet, now: Scores) -> list[int]:
    """Ids of all whose row may have to change, closed ones too, and of few others; one query."""
    left = found.left
    differs = np.zeros(len(left.ids), dtype=bool)
    for name, values in zip(SHOWN, (all_whole_points(now.score), now.confidence), strict=True):
        wanted = np.full(len(left.ids), UNKNOWN)
        wanted[left.there] = values[left.at]
        differs |= left.named(name) != wanted
    return [*left.ids[differs].tolist(), *_set_by_hand(found)]


def _set_by_hand(found: Sheet) -> list[int]:
    """Accounts that show what somebody set over the score; those of merged ones, too."""
    day = found.book.day
    rows = dbops.read_ints(
        ["COALESCE(a.merged_into_id, a.id)"],
        "FROM kpi_healthoverride o JOIN accounts_account a ON a.id = o.account_id"
        " WHERE o.removed_at IS NULL AND o.valid_from <= %s AND o.valid_to > %s",
        [day, day],
    )
    return rows[:, 0].tolist()
