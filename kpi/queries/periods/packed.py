"""Tables of whole numbers as few bytes."""

import io
from collections.abc import Mapping

import numpy as np


def packed(tables: Mapping[str, np.ndarray]) -> bytes:
    """Names and int64 [rows, columns]: of a first column of ascending ids the first and the steps
    between them, others divided by what divides all of one; money is mostly whole cents."""
    parts: dict[str, np.ndarray] = {}
    for name, table in tables.items():
        scale = np.maximum(1, np.gcd.reduce(table, axis=0))
        rest = table // scale
        if len(table):
            scale[0] = table[0, 0]
            rest[:, 0] = np.diff(table[:, 0], prepend=scale[0])
        parts[f"{name}-scale"] = scale
        for place, column in enumerate(rest.T):
            parts[f"{name}-{place}"] = column.astype(_smallest(column))
    buffer = io.BytesIO()
    np.savez(buffer, **parts)
    return buffer.getvalue()


def unpacked(data: bytes | memoryview) -> dict[str, np.ndarray]:
    parts = np.load(io.BytesIO(data), allow_pickle=False)
    scales = {one.removesuffix("-scale"): parts[one] for one in parts if one.endswith("-scale")}
    return {name: _table(parts, name, scale) for name, scale in scales.items()}


def _table(parts: Mapping[str, np.ndarray], name: str, scale: np.ndarray) -> np.ndarray:
    table = np.empty((len(parts[f"{name}-0"]), len(scale)), dtype=np.int64)
    table[:, 0] = scale[0] + np.cumsum(parts[f"{name}-0"], dtype=np.int64)
    for place in range(1, len(scale)):
        table[:, place] = parts[f"{name}-{place}"]
        table[:, place] *= scale[place]
    return table


def _smallest(column: np.ndarray) -> np.dtype:
    low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    return np.min_scalar_type(high if low >= 0 else min(low, -high - 1))
