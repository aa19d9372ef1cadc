"""Raise and clear warnings: once a night, for the whole book, writing only what changed."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction
from django.db.models import Max

from accounts.choices import AccountStatus
from accounts.models import Scoring
from common import dbops
from kpi.choices import AlertCause, AlertEnd
from kpi.commands.warning_history import replay_alarms
from kpi.models import Alert
from kpi.queries.warnings import columns
from kpi.queries.warnings.findings import SILENCES, Findings, ended, findings
from kpi.rules import warning_changes as table
from kpi.rules import warnings as rule
from kpi.rules.warning_changes import Changes, Finding, Standing

BATCH = 1_000
MISSED = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Raised:
    opened: int
    changed: int
    cleared: int


def raise_alerts(*, day: dt.date | None = None) -> Raised:
    """Make the stored warnings those of `day`, by default the day of the scores.

    Batches, each its own short transaction: killed in the middle, the next run does the rest.
    Raised is the day on which a warning became true, not the night that saw it.
    """
    scoring = Scoring.current()
    if scoring.as_of is None or not scoring.whole:
        return Raised(0, 0, 0)
    day = day or scoring.as_of
    _catch_up(day, scoring.warned_until)
    seen = findings(day)
    asked = table.changes(stored(seen.found), seen.found)
    _clear(asked, seen, day)
    for rows in dbops.batches(asked.opened, BATCH):
        _open(rows, day)
    for start in range(0, len(asked.changed), BATCH):
        some = slice(start, start + BATCH)
        _change(asked.changed[some], asked.into[some])
    Scoring.objects.filter(pk=1).update(warned_until=day)
    return Raised(len(asked.opened), len(asked.changed), len(asked.cleared))


def _catch_up(day: dt.date, looked: dt.date | None) -> None:
    """What was raised and ended since a night last looked, if that is long ago. Where nights did
    look, an alarm they did not raise was excused, however rarely they raise one."""
    if looked is None:
        looked = Alert.objects.filter(seen_on__lte=day).aggregate(day=Max("seen_on"))["day"]
    if looked is None or looked < day - MISSED:
        replay_alarms(day=day, since=looked)


def stored(seen: np.ndarray) -> np.ndarray:
    """Open warnings, and closed ones of the silences that were seen, which may still last."""
    standing = _standing("cleared_on IS NULL", [])
    where, params = dbops.one_of("account_id", np.unique(table.unknown(standing, seen)["account"]))
    return np.concatenate([standing, _standing(f"cleared_on IS NOT NULL AND {where}", params)])


def _standing(where: str, params: Sequence) -> np.ndarray:
    """Rows of warning_changes.STANDING."""
    read = {
        "pk": "id",
        "account": "account_id",
        "cause": columns.numbered("cause", columns.CAUSES),
        "since": dbops.day_number("since"),
        "level": columns.numbered("level", columns.LEVELS),
        "stake": "stake",
        "red": f"COALESCE({dbops.day_number('red_on')}, 0)",
        "is_open": "CASE WHEN cleared_on IS NULL THEN 1 ELSE 0 END",
        "is_answered": f"CASE WHEN why = '{AlertEnd.ANSWERED}' THEN 1 ELSE 0 END",
    }
    source = f"FROM {Alert._meta.db_table} WHERE {where}"
    return table.standing(dbops.read_ints(list(read.values()), source, params))


@transaction.atomic
def _open(rows: np.ndarray, day: dt.date) -> None:
    """A second night at the same time may have opened some: the database keeps one of each."""
    kinds = {
        "account_id": "bigint", "cause": "text", "level": "text", "since": "date",
        "raised_on": "date", "red_on": "date", "seen_on": "date", "stake": "bigint", "why": "text",
        "data": "jsonb",
    }  # fmt: skip
    values = [
        (
            row.account, columns.CAUSES[row.cause], columns.LEVELS[row.level],
            *map(columns.day_or_none, (row.since, row.raised, row.red)), day, row.stake, "",
            json.dumps(columns.evidence(row)),
        )
        for row in map(Finding._make, rows.tolist())
    ]  # fmt: skip
    given, params = dbops.given_rows(list(kinds.items()), values)
    names = ", ".join(kinds)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Alert._meta.db_table} ({names}) SELECT {names} FROM {given} AS n"  # noqa: S608
            " WHERE TRUE ON CONFLICT DO NOTHING",
            params,
        )


@transaction.atomic
def _change(standing: np.ndarray, into: np.ndarray) -> None:
    """Open again, another level, other money. The evidence stays that of the first day; what
    somebody has answered since we looked stays too."""
    kinds = [("id", "bigint"), ("level", "text"), ("stake", "bigint"), ("red_on", "date")]
    rows = zip(standing["pk"].tolist(), map(Finding._make, into.tolist()), strict=True)
    values = [
        (pk, columns.LEVELS[row.level], row.stake, columns.day_or_none(row.red)) for pk, row in rows
    ]
    given, params = dbops.given_rows(kinds, values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Alert._meta.db_table} AS a SET level = n.level, stake = n.stake,"  # noqa: S608
            " red_on = COALESCE(a.red_on, n.red_on), cleared_on = NULL, why = '', answer_id = NULL"
            f" FROM {given} AS n WHERE n.id = a.id AND a.why <> %s",
            [*params, AlertEnd.ANSWERED],
        )


def _clear(asked: Changes, seen: Findings, day: dt.date) -> None:
    cleared = [Standing._make(row) for row in asked.cleared.tolist()]
    about = ended(row.account for row in cleared)
    for rows in dbops.batches(cleared, BATCH):
        by_end: dict[str, list[int]] = {}
        for row in rows:
            by_end.setdefault(_end(row, about.get(row.account), seen, day), []).append(row.pk)
        with transaction.atomic():
            for why, ids in by_end.items():
                open_ones = Alert.objects.open().filter(pk__in=ids)
                open_ones.update(cleared_on=day, why=why)


def _end(row: Standing, about: tuple | None, seen: Findings, day: dt.date) -> str:
    status, last_order = about or (None, None)
    cause = columns.CAUSES[row.cause]
    if status == AccountStatus.MERGED:
        return AlertEnd.MERGED
    if row.account in seen.paused:
        return AlertEnd.PAUSED
    if cause == AlertCause.CADENCE:
        return AlertEnd.MET
    if cause not in SILENCES:
        return AlertEnd.UNTRUE
    if last_order is not None and last_order.toordinal() > row.since:
        return AlertEnd.ORDERED
    if row.account in seen.waiting:
        return AlertEnd.WAITS
    if row.red and day.toordinal() - row.red > rule.GONE.days:
        return AlertEnd.GONE
    return AlertEnd.UNTRUE
