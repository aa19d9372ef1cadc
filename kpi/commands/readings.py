"""Write what every measure was at each month-end and what it is now.

A day is read in one pass over the facts and marked read last, so that a night that was killed
reads it again. What was first read of a day that is over stays; when something it was made of is
corrected later, the new figure is written beside it.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter

import numpy as np
from django.db import transaction
from django.utils import timezone

from accounts.models import Scoring
from common import dbops
from common.dates import is_month_end, year_before
from common.jobs import silent
from kpi.commands.kept import Corrections, corrections, keep_sums
from kpi.models import Reading, ReadingDay
from kpi.queries.attribution.facts import read_holdings
from kpi.queries.measures import BY_CODE
from kpi.queries.measures.digest import digests
from kpi.queries.measures.figures import Figure, figures
from kpi.queries.periods import pair_of
from kpi.queries.periods.kept import Kept, kept_sums
from kpi.queries.periods.source import Source
from kpi.rules.windows import month_end_before, years_before

LOCK = "readings"
MONTHS = 25  # a trend of thirteen, and the same of a year ago to hold against it
NAME = ("code", "scope", "key")
ONCE = ("day", *NAME, "is_restated")
VALUES = ("version", "first", "last", "numerator", "denominator", "value", "low", "high", "inputs")
Name, Values = tuple[str, str, str], tuple
_numerator, _denominator = (itemgetter(VALUES.index(one)) for one in ("numerator", "denominator"))
DAY = dt.timedelta(days=1)
Progress = Callable[..., None]


def write_readings(*, day: dt.date | None = None, progress: Progress = silent) -> dict[str, int]:
    """Read the newest night's day and every month-end that is missing or was corrected.

    Returns how many days were read; nothing while another process does it.
    """
    newest = day or Scoring.current().as_of
    if newest is None:
        return {}
    with dbops.exclusive(LOCK) as free:
        if not free:
            return {}
        begun = Scoring.current().first_day
        days = [day for day in wanted(newest) if begun and begun <= years_before(day, 1) + DAY]
        past = corrections()
        _reopen(past.since)
        holdings = read_holdings()
        due = _due(newest, days, holdings)
        source = Source((pair_of(one) for one in due), holdings)
        for number, sums in enumerate(_sums(days, due, past)):
            progress(number, len(due))
            source.keep(sums)
            _read(sums.day, newest, due[sums.day], source)
        _forget(newest)
    return {"readings": len(due)}


def wanted(newest: dt.date) -> list[dt.date]:
    """The newest day, the same of a year ago, and the month-ends before: the newest first."""
    ends = [month_end_before(newest)]
    while len(ends) < MONTHS:
        ends.append(month_end_before(ends[-1]))
    return sorted({newest, year_before(newest), *ends}, reverse=True)


def _reopen(since: dt.date) -> None:
    """Days whose past was corrected are to be read again: by the next night if not by this one."""
    ReadingDay.objects.filter(day__gte=since).update(digest="")


def _due(newest: dt.date, days: list[dt.date], holdings: np.ndarray) -> dict[dt.date, str]:
    """A day that was not over when it was read is read once more: its last hours may have changed
    what no digest tells, as who was in which team on it."""
    known = dict(ReadingDay.objects.filter(closed=True).values_list("day", "digest"))
    found = digests(days, holdings)
    return {day: found[day] for day in days if day == newest or known.get(day) != found[day]}


def _sums(days: list[dt.date], due: Collection[dt.date], past: Corrections) -> Iterator[Kept]:
    """Of each day that is due, as soon as they are right and kept."""
    made = set()
    for one in keep_sums(days, past):
        made.add(one.day)
        if one.day in due:
            yield one
    yield from (kept_sums(day) for day in due if day not in made)


def _read(day: dt.date, newest: dt.date, digest: str, source: Source) -> None:
    found = _values(day, figures(day, is_newest=day == newest, source=source))
    row = ReadingDay.objects.filter(day=day).first()
    is_kept = row is not None and row.closed and is_month_end(day)
    if is_kept:
        _restate(day, found)
    else:
        _store(day, found, is_restated=False)
    now = timezone.now()
    values = {"digest": digest, "closed": day < newest, "made_at": now}
    if not is_kept:
        values["first_made_at"] = now
    ReadingDay.objects.update_or_create(day=day, defaults=values)


def _values(day: dt.date, found: Iterable[Figure]) -> dict[Name, Values]:
    """In the order of VALUES."""
    made = {code: (one.version, one.first_day(day), day) for code, one in BY_CODE.items()}
    return {
        (one.code, one.scope, one.key): (
            *made[one.code], one.numerator, one.denominator, one.value, one.low, one.high,
            one.inputs,
        )
        for one in found
    }  # fmt: skip


def _stored(day: dt.date, *, is_restated: bool) -> dict[Name, tuple[int, Values]]:
    rows = Reading.objects.filter(day=day, is_restated=is_restated)
    return {row[1:4]: (row[0], row[4:]) for row in rows.values_list("pk", *NAME, *VALUES)}


def _store(day: dt.date, found: Mapping[Name, Values], *, is_restated: bool) -> None:
    """Make the stored rows of the day equal to `found`, touching only those that differ."""
    stored = _stored(day, is_restated=is_restated)
    fresh = []
    for name, values in found.items():
        _pk, old = stored.pop(name, (None, None))
        if values != old:
            columns = zip((*NAME, *VALUES), (*name, *values), strict=True)
            fresh.append(Reading(day=day, is_restated=is_restated, **dict(columns)))
    gone = [pk for name, (pk, _values) in stored.items() if not _stays(name)]
    _write(fresh, gone)


def _write(fresh: list[Reading], gone: list[int]) -> None:
    """What has its name already is changed in its place."""
    for batch in dbops.batches(fresh):
        with transaction.atomic():
            Reading.objects.bulk_create(
                batch, batch_size=500, update_conflicts=True, unique_fields=ONCE,
                update_fields=VALUES,
            )  # fmt: skip
    for batch in dbops.batches(gone, 500):
        with transaction.atomic():
            Reading.objects.filter(pk__in=batch).delete()


def _restate(day: dt.date, found: Mapping[Name, Values]) -> None:
    """Beside the first readings: those that come out otherwise now, or were not there."""
    was = {name: values for name, (_pk, values) in _stored(day, is_restated=False).items()}
    none = [
        Figure(*name, 0, 0 if _denominator(old) is not None else None)
        for name, old in was.items()
        if name not in found and not _stays(name) and (_numerator(old) or _denominator(old))
    ]
    now = {**found, **_values(day, none)}
    other = {name: values for name, values in now.items() if was.get(name) != values}
    _store(day, other, is_restated=True)


def _stays(name: Name) -> bool:
    """Known of its day alone, so nothing later can take its place."""
    return name[0] == "coverage"


def _forget(newest: dt.date) -> None:
    """Of days that are no month-end only the newest and the one it is held against stay."""
    kept = {newest, year_before(newest)}
    days = ReadingDay.objects.exclude(day__in=kept).values_list("day", flat=True)
    for day in [day for day in days if not is_month_end(day)]:
        Reading.objects.filter(day=day).delete()
        ReadingDay.objects.filter(day=day).delete()
