"""Keeps what the night's scores left of every account for the next night."""

from collections.abc import Mapping

import numpy as np
from django.db import transaction

from kpi.models import KeptColumn
from kpi.queries.judgement import Verdict
from kpi.queries.kept_scores import IDS, LINES, VERSION, Kept
from kpi.queries.packed import packed_column
from kpi.queries.state import COLUMNS, HEAD, LEVELS, SILENCE

PATCHED = 8  # with one account of so many in the patch all are packed anew


def keep_scores(verdict: Verdict, kept: Kept | None) -> None:
    """Replace what is `kept` by what was judged: a few changed accounts as a patch, else the
    columns that differ."""
    ids, bought, columns = verdict.state.ids, verdict.state.bought, _columns(verdict)
    lines = bought.lines if bought else np.zeros(0, dtype=np.int64)
    if kept is None or not _is_alike(ids, lines, columns, kept):
        _put({IDS: ids, LINES: lines, **columns})
        KeptColumn.objects.exclude(name__in=(IDS, LINES, *columns)).delete()
        return
    differs = {name: values != kept.columns[name] for name, values in columns.items()}
    changed = np.flatnonzero(np.any(list(differs.values()), axis=0))
    if not len(changed):
        return
    places = np.union1d(kept.patched, changed)
    if PATCHED * len(places) <= len(ids):
        _patch({IDS: places, **{name: values[places] for name, values in columns.items()}})
    elif len(kept.patched):
        _put({IDS: ids, **columns})
    else:
        _put({name: values for name, values in columns.items() if differs[name].any()})


def _columns(verdict: Verdict) -> dict[str, np.ndarray]:
    state = verdict.state
    return {
        HEAD: state.ids[state.head],
        **{name: getattr(verdict, name) for name in LEVELS},
        **{name: getattr(verdict.silence, name) for name in SILENCE},
        **{name: state[name] for name in COLUMNS},
        **(state.bought.columns() if state.bought else {}),
    }


def _is_alike(ids, lines, columns: Mapping[str, np.ndarray], kept: Kept) -> bool:
    same = np.array_equal(ids, kept.ids) and np.array_equal(lines, kept.lines)
    return same and columns.keys() == kept.columns.keys()


def _put(columns: Mapping[str, np.ndarray]) -> None:
    """One by one: of a large book each is some megabytes."""
    for name, values in columns.items():
        row = KeptColumn(name=name, version=VERSION, packed=packed_column(values))
        KeptColumn.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["version", "packed", "patch"],
        )


@transaction.atomic
def _patch(columns: Mapping[str, np.ndarray]) -> None:
    rows = [KeptColumn(name=name, patch=packed_column(one)) for name, one in columns.items()]
    KeptColumn.objects.bulk_update(rows, ["patch"])
