"""Write what every measure was at each month-end and what it is now.

A day is read in one pass over the facts and marked read last, so that a night that was killed
reads it again. What was first read of a day that is over stays; when something it was made of is
corrected later, the new figure is written beside it.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from accounts.models import Scoring
from common import dbops
from common.dates import is_month_end, year_before
from common.jobs import silent
from kpi.commands.kept import Corrections, corrections, keep_sums
from kpi.models import Reading, ReadingDay
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
FIGURE = ("version", "first", "last", "numerator", "denominator", "value", "low", "high", "inputs")
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
        due = _due(newest, days)
        source = Source(pair_of(one) for one in due)
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


def _due(newest: dt.date, days: list[dt.date]) -> dict[dt.date, str]:
    """A day that was not over when it was read is read once more: its last hours may have changed
    what no digest tells, as who was in which team on it."""
    known = dict(ReadingDay.objects.filter(closed=True).values_list("day", "digest"))
    found = digests(days)
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
    found = figures(day, is_newest=day == newest, source=source)
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


def _store(day: dt.date, found: Iterable[Figure], *, is_restated: bool) -> None:
    """Make the stored rows of the day equal to `found`, touching only those that differ."""
    stored = {_name(row): row for row in Reading.objects.filter(day=day, is_restated=is_restated)}
    fresh = []
    for figure in found:
        row = _reading(day, figure, is_restated)
        old = stored.pop(_name(row), None)
        if old is None or _differs(old, row):
            fresh.append(row)
    gone = [row.pk for row in stored.values() if not _stays(row)]
    _write(fresh, gone)


def _write(fresh: list[Reading], gone: list[int]) -> None:
    """What has its name already is changed in its place."""
    for batch in dbops.batches(fresh):
        with transaction.atomic():
            Reading.objects.bulk_create(
                batch, batch_size=500, update_conflicts=True, unique_fields=ONCE,
                update_fields=FIGURE,
            )  # fmt: skip
    for batch in dbops.batches(gone, 500):
        with transaction.atomic():
            Reading.objects.filter(pk__in=batch).delete()


def _restate(day: dt.date, found: Iterable[Figure]) -> None:
    """Beside the first readings: those that come out otherwise now, or were not there."""
    was = {_name(row): row for row in Reading.objects.as_was().filter(day=day)}
    now = {(one.code, one.scope, one.key): one for one in found}
    for name, old in was.items():
        if name not in now and not _stays(old) and _says(old):
            now[name] = Figure(*name, 0, 0 if old.denominator is not None else None)
    other = [
        one
        for name, one in now.items()
        if name not in was or _differs(was[name], _reading(day, one, is_restated=True))
    ]
    _store(day, other, is_restated=True)


def _says(row: Reading) -> bool:
    return bool(row.numerator or row.denominator)


def _stays(row: Reading) -> bool:
    """Known of its day alone, so nothing later can take its place."""
    return row.code == "coverage"


def _name(row: Reading) -> tuple[str, str, str]:
    return row.code, row.scope, row.key


def _differs(old: Reading, new: Reading) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in FIGURE)


def _reading(day: dt.date, figure: Figure, is_restated: bool) -> Reading:
    definition = BY_CODE[figure.code]
    return Reading(
        day=day, first=definition.first_day(day), last=day, version=definition.version,
        is_restated=is_restated, code=figure.code, scope=figure.scope, key=figure.key,
        numerator=figure.numerator, denominator=figure.denominator, value=figure.value,
        low=figure.low, high=figure.high, inputs=figure.inputs,
    )  # fmt: skip


def _forget(newest: dt.date) -> None:
    """Of days that are no month-end only the newest and the one it is held against stay."""
    kept = {newest, year_before(newest)}
    days = ReadingDay.objects.exclude(day__in=kept).values_list("day", flat=True)
    for day in [day for day in days if not is_month_end(day)]:
        Reading.objects.filter(day=day).delete()
        ReadingDay.objects.filter(day=day).delete()
