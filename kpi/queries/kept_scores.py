"""What the last night's scores left of every account, column by column, packed.

The next night slides it and compares with it; a column that a reader is not shown lies nowhere
else. It is written between the same two marks of Scoring as the scores themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpi.models import KeptColumn
from kpi.queries.packed import unpacked_column

VERSION = "scores-1"
IDS = "ids"  # of accounts, ascending; its patch are the places of those that others patch
AT_ONCE = 16  # columns that are read at once: of a million accounts some megabytes each
LINES = "service_lines"  # ids of the service lines that were counted; it has no patch


@dataclass(frozen=True)
class Kept:
    """`columns` follow `ids`; `patched` are the places that are not as they were packed."""

    ids: np.ndarray
    lines: np.ndarray
    columns: dict[str, np.ndarray]
    patched: np.ndarray


def kept_scores(names: Sequence[str] = ()) -> Kept | None:
    """These columns, without names all; None where one is not kept in this version."""
    rows = KeptColumn.objects.filter(version=VERSION)
    if names:
        rows = rows.filter(name__in=(IDS, LINES, *names))
    patched, found = np.zeros(0, dtype=np.int64), {}
    for row in rows.iterator(chunk_size=AT_ONCE):
        found[row.name] = unpacked_column(row.packed)
        if row.patch:
            patch = unpacked_column(row.patch)
            if row.name == IDS:
                patched = patch
            else:
                found[row.name] = found[row.name], patch
    if not {IDS, LINES, *names} <= set(found):
        return None
    ids, lines = found.pop(IDS), found.pop(LINES)
    return Kept(ids, lines, {name: _right(one, patched) for name, one in found.items()}, patched)


def _right(column: np.ndarray | tuple[np.ndarray, np.ndarray], patched: np.ndarray) -> np.ndarray:
    if isinstance(column, tuple):
        packed, patch = column
        column = packed.astype(np.promote_types(packed.dtype, patch.dtype))
        column[patched] = patch
    return column
