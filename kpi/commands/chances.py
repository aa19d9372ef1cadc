"""Writes the chance of an order beside the scores of the night, only where it changed."""

import numpy as np
from django.db import connection, transaction

from accounts.models import AccountScore, Scoring
from common import dbops
from common.jobs import silent
from kpi.commands.night import LOCK, Progress
from kpi.queries import chances
from kpi.queries.chances import UNTOLD, Told

TABLE = AccountScore._meta.db_table
BATCH = 2_000


def write_chances(*, progress: Progress = silent) -> int:
    """Number of rows changed; none while a night is writing, which is followed by this anyway.

    Every batch stands by itself, so whatever kills it, the next run writes what is still missing.
    """
    with dbops.exclusive(LOCK) as free:
        scoring = Scoring.current()
        if not free or not scoring.whole or scoring.as_of is None:
            return 0
        found = chances.kept(scoring.as_of)
        told = Told(found.shown, found.learnt, found.horizon) if found else Told("", {})
        scores = chances.scores(scoring.as_of)
        percent = chances.whole_percent(told.chances(scores.look))
        changed = np.flatnonzero(percent != scores.percent)
        _write(scores.ids[changed], percent[changed], progress)
    return len(changed)


def _write(ids: np.ndarray, percent: np.ndarray, progress: Progress) -> None:
    """In short transactions."""
    kinds = [("account_id", "bigint"), ("percent", "int")]
    rows = [
        (pk, None if one == UNTOLD else one)
        for pk, one in zip(ids.tolist(), percent.tolist(), strict=True)
    ]
    for start in range(0, len(rows), BATCH):
        progress(start, len(rows))
        given, params = dbops.given_rows(kinds, rows[start : start + BATCH])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {TABLE} AS s SET p_order = n.percent FROM {given} AS n"  # noqa: S608
                " WHERE n.account_id = s.account_id",
                params,
            )
