"""Every account's health, after the night's scores: written only where something changed.

An account's row, its day in the history and the columns that lists read may be some nights apart
after a kill; each batch is whole, and the next run finds and mends the rest.
"""

import datetime as dt
import time
from collections.abc import Collection

import numpy as np
from django.db import connection, transaction

from accounts.models import Scoring
from common import dbops
from common.bulk import Column, put_columns, upsert_columns
from common.jobs import silent
from kpi.models import Health, HealthDay, HealthWeights
from kpi.queries.health.sheet import Sheet, sheet
from kpi.queries.health.shown import to_show
from kpi.queries.health.stored import REACHED, Stored, rewound, stored
from kpi.queries.reporting import reporting_day
from kpi.rules.health import VERSION, score
from kpi.rules.health.kept import FORMAT
from kpi.rules.health.score import CAPS, Earlier, Part, Scores

LOCK = "health"
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
        show_health(day=day, account_ids=to_show(found, now))
    seconds = round(time.monotonic() - begun, 3)
    return {
        "accounts": found.book.size,
        "changed": changed,
        "as_of": day.isoformat(),
        "seconds": seconds,
    }


def _tell_sources(found: Sheet) -> None:
    """The days that all rows share, told once: see Sheet."""
    Scoring.objects.filter(pk=1).update(
        ledger_until=found.source_day(Part.ORDERS), contact_until=found.source_day(Part.PLAN)
    )


def refresh_accounts(account_ids: Collection[int], *, day: dt.date) -> None:
    """A few accounts at once, within the caller's transaction: what people say shows at once."""
    found = sheet(day, account_ids)
    _refresh(found, stored(found.book), False, silent)
    show_health(day=day, account_ids=account_ids)


def _refresh(found: Sheet, was: Stored, goes_back: bool, progress) -> tuple[Scores, int]:
    """The scores, and how many rows changed."""
    weights = HealthWeights.on(found.book.day)
    earlier = rewound(found.book) if goes_back else was.earlier(found.book.number)
    now = score.scores(found.values, weights.weights, found.capped, earlier)
    digests = found.digests()
    moved = _moved(now, was, weights)
    changed = np.flatnonzero(moved | (digests != was.digest) | (was.as_of == 0))
    size = WHOLE if dbops.is_postgres() else dbops.batch_size()
    for start in range(0, len(changed), size):
        progress(start, len(changed))
        places = changed[start : start + size]
        with transaction.atomic():
            _write_days(found, now, weights, places[moved[places]])
            _write_rows(found, now, weights, earlier, digests, places)
    return now, len(changed)


def _moved(now: Scores, was: Stored, weights: HealthWeights) -> np.ndarray:
    """bool: another state than the row's, so that the history gets a day."""
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


def _write_rows(found, now: Scores, weights, earlier: Earlier, digests, places) -> None:
    columns = [
        Column("account_id", found.book.ids[places]),
        Column("as_of", np.full(len(places), found.book.number), "day"),
        Column("kept", found.kept(places).view(f"V{FORMAT.itemsize}"), "bytes"),
        Column("digest", digests[places]),
        Column("version", np.zeros(len(places), dtype=np.int64), "word", (VERSION,)),
        *_state(now, weights, places),
        *(Column(f"was_{name}", getattr(earlier, name)[places], "known")
          for name in ("mean", "known", "ceiling", "missing")),
    ]  # fmt: skip
    upsert_columns(Health._meta.db_table, "account_id", columns)


def show_health(*, day: dt.date, account_ids: Collection[int]) -> None:
    """Copy to the rows that lists read what is shown: the score, or what is set over it.

    Accounts that are closed or merged show nothing.
    """
    only, params = dbops.one_of("a.id", account_ids)
    with connection.cursor() as cursor:
        cursor.execute(SHOW.format(only=only), [day, day, *params])


SHOW = """
UPDATE accounts_accountscore AS s SET health = n.shown, health_confidence = n.confidence
FROM (
  SELECT a.id,
    CASE WHEN a.status IN ('active', 'prospect') THEN COALESCE(o.value, (h.score + 5) / 10) END
      AS shown,
    CASE WHEN a.status IN ('active', 'prospect') THEN h.confidence END AS confidence
  FROM accounts_account a LEFT JOIN kpi_health h ON h.account_id = a.id
  LEFT JOIN (
    SELECT COALESCE(m.merged_into_id, m.id) AS account_id, MAX(v.id) AS id
    FROM kpi_healthoverride v JOIN accounts_account m ON m.id = v.account_id
    WHERE v.removed_at IS NULL AND v.valid_from <= %s AND v.valid_to > %s GROUP BY 1
  ) newest ON newest.account_id = a.id
  LEFT JOIN kpi_healthoverride o ON o.id = newest.id
  WHERE {only}
) AS n
WHERE n.id = s.account_id AND (s.health IS DISTINCT FROM n.shown
  OR s.health_confidence IS DISTINCT FROM n.confidence)
"""
