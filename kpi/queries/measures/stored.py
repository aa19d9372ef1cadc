"""Readings as pages ask for them: what is known of a day now, and what was known of it first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kpi.choices import Scope
from kpi.models import MeasureSetting, Reading
from people.models import User

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Known:
    """What is known now of a day, and what was first known, where that was something else."""

    now: Reading
    was: Reading | None = None


def known(
    reader: User,
    *,
    codes: Collection[str],
    scope: Scope,
    keys: Collection[str] | None = None,
    days: Iterable[dt.date] | None = None,
) -> dict[Key, dict[dt.date, Known]]:
    """(code, scope, key) → day → readings, of what the reader may see; one query."""
    rows = Reading.objects.visible_to(reader).filter(code__in=codes, scope=scope)
    if keys is not None:
        rows = rows.filter(key__in=keys)
    if days is not None:
        rows = rows.filter(day__in=list(days))
    return paired(rows)


def paired(rows: Iterable[Reading]) -> dict[Key, dict[dt.date, Known]]:
    found: dict[Key, dict[dt.date, Known]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.is_restated):
        name = (row.code, row.scope, row.key)
        was = found[name].get(row.day)
        found[name][row.day] = Known(row, was.now if was else None)
    return found


def settings_in_force() -> dict[str, MeasureSetting]:
    """By code; one query. Few rows: a company changes a target now and then."""
    rows = MeasureSetting.objects.select_related("owner").order_by("pk")
    return {row.code: row for row in rows}
