"""Raise and clear warnings: once a night, for the whole book, writing only what changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, Q

from accounts.choices import AccountStatus
from accounts.models import Scoring
from common import dbops
from common.money import from_units, to_units
from kpi.choices import AlertCause, AlertEnd
from kpi.commands.warning_history import replay_alarms
from kpi.models import Alert
from kpi.queries.warnings.findings import SILENCES, Findings, ended, findings
from kpi.rules import warnings as rule
from kpi.rules.warnings import Changes, Finding, Standing

BATCH = 500
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
    asked = rule.changes(stored(seen.found), seen.found)
    _clear(asked, seen, day)
    for rows in dbops.batches(asked.opened, BATCH):
        _open(rows, day)
    for rows in dbops.batches(asked.changed, BATCH):
        _change(rows)
    Scoring.objects.filter(pk=1).update(warned_until=day)
    return Raised(len(asked.opened), len(asked.changed), len(asked.cleared))


def _catch_up(day: dt.date, looked: dt.date | None) -> None:
    """What was raised and ended since a night last looked, if that is long ago. Where nights did
    look, an alarm they did not raise was excused, however rarely they raise one."""
    if looked is None:
        looked = Alert.objects.filter(seen_on__lte=day).aggregate(day=Max("seen_on"))["day"]
    if looked is None or looked < day - MISSED:
        replay_alarms(day=day, since=looked)


def stored(found: Sequence[Finding]) -> list[Standing]:
    """Open warnings, and closed ones of silences that may still last."""
    oldest = min((row.since for row in found), default=None)
    wanted = Q(cleared_on=None)
    if oldest is not None:
        wanted |= Q(since__gte=oldest)
    names = ("pk", "account_id", "cause", "since", "level", "stake", "red_on", "cleared_on", "why")
    return [
        Standing(
            pk, account, cause, since, level, to_units(stake), red, cleared is None,
            why == AlertEnd.ANSWERED,
        )
        for pk, account, cause, since, level, stake, red, cleared, why in Alert.objects.filter(
            wanted
        ).values_list(*names)
    ]  # fmt: skip


@transaction.atomic
def _open(rows: list[Finding], day: dt.date) -> None:
    """A second night at the same time may have opened some: the database keeps one of each."""
    made = [
        Alert(
            account_id=row.account, cause=row.cause, level=row.level, since=row.since,
            raised_on=row.raised_on, red_on=row.red_on, seen_on=day, data=row.data,
            stake=from_units(row.stake),
        )
        for row in rows
    ]  # fmt: skip
    Alert.objects.bulk_create(made, ignore_conflicts=True)


@transaction.atomic
def _change(rows: list[tuple[Standing, Finding]]) -> None:
    """Open again, another level, other money. The evidence stays that of the first day; what
    somebody has answered since we looked stays too."""
    columns = [("id", "bigint"), ("level", "text"), ("stake", "bigint"), ("red_on", "date")]
    values = [(row.pk, finding.level, finding.stake, finding.red_on) for row, finding in rows]
    table, params = dbops.given_rows(columns, values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Alert._meta.db_table} AS a SET level = n.level, stake = n.stake,"  # noqa: S608
            " red_on = COALESCE(a.red_on, n.red_on), cleared_on = NULL, why = '', answer_id = NULL"
            f" FROM {table} AS n WHERE n.id = a.id AND a.why <> %s",
            [*params, AlertEnd.ANSWERED],
        )


def _clear(asked: Changes, seen: Findings, day: dt.date) -> None:
    about = ended(row.account for row in asked.cleared)
    for rows in dbops.batches(asked.cleared, BATCH):
        by_end: dict[str, list[int]] = {}
        for row in rows:
            by_end.setdefault(_end(row, about.get(row.account), seen, day), []).append(row.pk)
        with transaction.atomic():
            for why, ids in by_end.items():
                open_ones = Alert.objects.open().filter(pk__in=ids)
                open_ones.update(cleared_on=day, why=why)


def _end(row: Standing, about: tuple | None, seen: Findings, day: dt.date) -> str:
    status, last_order = about or (None, None)
    if status == AccountStatus.MERGED:
        return AlertEnd.MERGED
    if row.account in seen.paused:
        return AlertEnd.PAUSED
    if row.cause == AlertCause.CADENCE:
        return AlertEnd.MET
    if row.cause not in SILENCES:
        return AlertEnd.UNTRUE
    if last_order is not None and last_order > row.since:
        return AlertEnd.ORDERED
    if row.account in seen.waiting:
        return AlertEnd.WAITS
    if row.red_on is not None and day - row.red_on > rule.GONE:
        return AlertEnd.GONE
    return AlertEnd.UNTRUE
