"""Raise and clear warnings: once a night, for the whole book, writing only what changed."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Scoring
from common import dbops
from kpi.choices import AlertCause, AlertEnd
from kpi.commands.course import falls
from kpi.commands.warning_history import replay_alarms
from kpi.models import Alert
from kpi.queries.warnings import columns
from kpi.queries.warnings.findings import SILENCES, Ended, Findings, ended, findings
from kpi.rules import warning_changes as table
from kpi.rules import warnings as rule
from kpi.rules.warning_changes import Changes, Finding, Standing

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
    Scoring.objects.filter(pk=1).update(warned_at=None)
    _catch_up(day, scoring.warned_until)
    open_ones = _standing("cleared_on IS NULL", [])
    seen = findings(day, open_ones, falls(day=day))
    asked = table.changes(_with_closed(open_ones, seen.found), seen.found)
    _clear(asked, seen, day)
    for rows in dbops.batches(asked.opened):
        _open(rows, day)
    for some, into in zip(dbops.batches(asked.changed), dbops.batches(asked.into), strict=True):
        _change(some, into)
    Scoring.objects.filter(pk=1).update(warned_until=day, warned_at=timezone.now())
    return Raised(len(asked.opened), len(asked.changed), len(asked.cleared))


def _catch_up(day: dt.date, looked: dt.date | None) -> None:
    """What was raised and ended since a night last looked, if that is long ago. Where nights did
    look, an alarm they did not raise was excused, however rarely they raise one."""
    if looked is None:
        looked = Alert.objects.filter(seen_on__lte=day).aggregate(day=Max("seen_on"))["day"]
    if looked is None or looked < day - MISSED:
        replay_alarms(day=day, since=looked)


def _with_closed(open_ones: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """And the closed ones of those that were seen, which may still last."""
    unknown = np.unique(table.unknown(open_ones, seen)["account"])
    where, params = dbops.one_of("account_id", unknown)
    closed = _standing(f"cleared_on IS NOT NULL AND {where}", params)
    return np.concatenate([open_ones, closed])


def _standing(where: str, params: Sequence) -> np.ndarray:
    """Rows of warning_changes.STANDING."""
    flags = {
        "cause": (dbops.place_in("cause", columns.CAUSES), 3),
        "level": (dbops.place_in("level", columns.LEVELS), 2),
        "since": (dbops.day_number("since"), columns.DAY),
        "red": (f"COALESCE({dbops.day_number('red_on')}, 0)", columns.DAY),
        "is_open": ("CASE WHEN cleared_on IS NULL THEN 1 ELSE 0 END", 1),
        "is_answered": (f"CASE WHEN why = '{AlertEnd.ANSWERED}' THEN 1 ELSE 0 END", 1),
    }
    rows = dbops.read_ints(
        ["id", "account_id", "stake", dbops.side_by_side(*flags.values())],
        f"FROM {Alert._meta.db_table} WHERE {where}",
        params,
    )
    apart = dbops.apart(rows[:, 3], *(bits for _sql, bits in flags.values()))
    return table.standing(
        len(rows), pk=rows[:, 0], account=rows[:, 1], stake=rows[:, 2],
        **dict(zip(flags, apart, strict=True)),
    )  # fmt: skip


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
    about = ended(asked.cleared["account"])
    for rows in dbops.batches(asked.cleared.tolist()):
        cleared = map(Standing._make, rows)
        _close([(row.pk, _end(row, about.get(row.account), seen, day)) for row in cleared], day)


@transaction.atomic
def _close(ends: Sequence[tuple[int, str]], day: dt.date) -> None:
    """What somebody has answered since we looked stays."""
    given, params = dbops.given_rows([("id", "bigint"), ("why", "text")], ends)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Alert._meta.db_table} AS a SET cleared_on = %s, why = n.why FROM {given} AS n"  # noqa: S608
            " WHERE n.id = a.id AND a.cleared_on IS NULL",
            [day, *params],
        )


def _end(row: Standing, about: Ended | None, seen: Findings, day: dt.date) -> str:
    cause = columns.CAUSES[row.cause]
    if about and about.is_merged:
        return AlertEnd.MERGED
    if row.account in seen.paused:
        return AlertEnd.PAUSED
    if cause == AlertCause.CADENCE:
        return AlertEnd.MET
    if cause not in SILENCES:
        return AlertEnd.UNTRUE
    if about and about.last_order > row.since:
        return AlertEnd.ORDERED
    if row.account in seen.waiting:
        return AlertEnd.WAITS
    if row.red and day.toordinal() - row.red > rule.GONE.days:
        return AlertEnd.GONE
    return AlertEnd.UNTRUE
