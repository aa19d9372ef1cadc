"""The tiers of a whole book in a few bytes an account, and who moved between two of them."""

import zlib
from dataclasses import dataclass

import numpy as np

from kpi.rules import pareto

RULE_VERSION = "levels-1"
LISTED = 50


def pack(ids: np.ndarray, levels: np.ndarray) -> bytes:
    """`ids` ascending, `levels` int8 of the same length."""
    gaps = np.diff(ids, prepend=0).astype("<i8")
    return zlib.compress(gaps.tobytes() + levels.astype(np.int8).tobytes(), 1)


def unpack(packed: bytes) -> tuple[np.ndarray, np.ndarray]:
    data = zlib.decompress(packed)
    count = len(data) // 9
    gaps = np.frombuffer(data, dtype="<i8", count=count)
    return np.cumsum(gaps).astype(np.int64), np.frombuffer(data, dtype=np.int8, offset=8 * count)


@dataclass(frozen=True, slots=True)
class Moves:
    """`counts`: "BA" → how many went from B to A; `listed`: (id, from, to), largest first."""

    up: int
    down: int
    counts: dict[str, int]
    listed: list[tuple[int, str, str]]


def moves(
    before: tuple[np.ndarray, np.ndarray], ids: np.ndarray, levels: np.ndarray, size: np.ndarray
) -> Moves:
    """Compare tiers then with tiers now; accounts unknown then were N. `size` orders the list."""
    was = np.zeros(len(ids), dtype=np.int8)
    then_ids, then_levels = before
    if len(then_ids):
        at = np.minimum(np.searchsorted(then_ids, ids), len(then_ids) - 1)
        known = then_ids[at] == ids
        was[known] = then_levels[at[known]]
    changed = np.flatnonzero(was != levels)
    kinds, sizes = np.unique(was[changed] * 4 + levels[changed], return_counts=True)
    letters = pareto.LETTERS
    largest = changed[np.argsort(-size[changed], kind="stable")][:LISTED]
    return Moves(
        up=int((levels > was).sum()),
        down=int((levels < was).sum()),
        counts={
            f"{letters[kind // 4]}{letters[kind % 4]}": int(number)
            for kind, number in zip(kinds, sizes, strict=True)
        },
        listed=[(int(ids[i]), str(letters[was[i]]), str(letters[levels[i]])) for i in largest],
    )
