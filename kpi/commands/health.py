"""Every account's health, after the night's scores: written only where it changed.

An account's row, its day in the history and what lists show of it may be some nights apart
after a kill; each batch is whole, and the next run finds and mends the rest.
"""

import datetime as dt
import time
from collections.abc import Collection

import numpy as np
from django.db import transaction

from accounts.models import Scoring, ShownHealth
from common import dbops
from common.bulk import Column, put_columns, upsert_columns
from common.jobs import silent
from kpi.commands.course import LOCK, forget_course
from kpi.models import Health, HealthDay, HealthWeights
from kpi.queries.health.sheet import Sheet, sheet
from kpi.queries.health.shown import to_show
from kpi.queries.health.stored import REACHED, Stored, rewound, stored
from kpi.queries.reporting import reporting_day
from kpi.rules.health import score
from kpi.rules.health.score import CAPS, Earlier, Part, Scores

WHOLE = 100_000  # rows that PostgreSQL takes at once


def refresh_health(*, day: dt.date | None = None, progress=silent) -> dict:
    """Score the whole company as of a day, by default the day its figures are shown as of.

    Returns counts; {"skipped": True} while another process does it. Safe to repeat and to kill.
    """
    begun = time.monotonic()
    with dbops.exclusive(LOCK) as free:
        if not free:
            return {"skipped": True}
        day = day or reporting_day()
        found = sheet(day)
        was = stored(found.book)
        goes_back = was.newest > found.book.number
        now, changed = _refresh(found, was, goes_back, progress)
        if goes_back:
            HealthDay.objects.filter(day__gt=day).delete()
        _tell_sources(found)
        _show(found, now)
    seconds = round(time.monotonic() - begun, 3)
    return {
        "accounts": found.book.size,
        "changed": changed,
        "as_of": day.isoformat(),
        "seconds": seconds,
    }


def _tell_sources(found: Sheet) -> None:
    """The days that all accounts share, told once: see Sheet."""
    Scoring.objects.filter(pk=1).update(
        ledger_until=found.source_day(Part.ORDERS), contact_until=found.source_day(Part.PLAN)
    )


def refresh_accounts(account_ids: Collection[int], *, day: dt.date) -> None:
    """A few accounts at once, within the caller's transaction: what people say shows at once."""
    found = sheet(day, account_ids)
    now, _changed = _refresh(found, stored(found.book), False, silent)
    _show(found, now)


def _refresh(found: Sheet, was: Stored, goes_back: bool, progress) -> tuple[Scores, int]:
    """The scores, and how many rows changed."""
    forget_course(after=found.book.day)
    weights = HealthWeights.on(found.book.day)
    earlier = rewound(found.book) if goes_back else was.earlier(found.book.number)
    now = score.scores(found.values, weights.weights, found.capped, earlier)
    changed = np.flatnonzero(_moved(now, was, weights))
    size = WHOLE if dbops.is_postgres() else dbops.batch_size()
    for start in range(0, len(changed), size):
        progress(start, len(changed))
        places = changed[start : start + size]
        with transaction.atomic():
            _write_days(found, now, weights, places)
            _write_rows(found, now, weights, earlier, places)
    return now, len(changed)


def _moved(now: Scores, was: Stored, weights: HealthWeights) -> np.ndarray:
    """bool: another state than the row's."""
    moved = (was.as_of == 0) | (was.weights != (weights.pk or 0)) | (was.cap != now.cap)
    for name in REACHED:
        moved |= getattr(now, name) != was.reached[name]
    return moved


def _state(now: Scores, weights: HealthWeights, places: np.ndarray) -> list[Column]:
    """What a row and its day in the history both tell."""
    return [
        Column("cap", now.cap[places] + 1, "word", ("", *(cap.value for cap in CAPS))),
        Column("weights_id", np.full(len(places), weights.pk or 0), "some"),
        *(Column(name, getattr(now, name)[places], "known") for name in REACHED),
    ]


def _write_days(found: Sheet, now: Scores, weights: HealthWeights, places: np.ndarray) -> None:
    columns = [
        Column("account_id", found.book.ids[places]),
        Column("day", np.full(len(places), found.book.number), "day"),
        *_state(now, weights, places),
    ]
    put_columns(HealthDay._meta.db_table, ("account_id", "day"), columns)


def _write_rows(found: Sheet, now: Scores, weights, earlier: Earlier, places) -> None:
    columns = [
        Column("account_id", found.book.ids[places]),
        Column("as_of", np.full(len(places), found.book.number), "day"),
        *_state(now, weights, places),
        *(Column(f"was_{name}", getattr(earlier, name)[places], "known")
          for name in ("mean", "known", "ceiling", "missing")),
    ]  # fmt: skip
    upsert_columns(Health._meta.db_table, "account_id", columns)


def _show(found: Sheet, now: Scores) -> None:
    """Change what lists show, where they show something else."""
    shown = to_show(found.book, now)
    size = WHOLE if dbops.is_postgres() else dbops.batch_size()
    for start in range(0, len(shown.places), size):
        part = slice(start, start + size)
        columns = [
            Column("account_id", found.book.ids[shown.places[part]]),
            Column("points", shown.points[part], "known"),
            Column("confidence", shown.confidence[part]),
        ]
        upsert_columns(ShownHealth._meta.db_table, "account_id", columns)
    for some in dbops.chunks(shown.gone, dbops.batch_size()):
        ShownHealth.objects.filter(account__in=some).delete()
