"""Tables of whole numbers as few bytes."""

import json
from collections.abc import Mapping

import numpy as np

SIZE = 8  # bytes that tell how long the head is; columns begin at multiples of it


def packed(tables: Mapping[str, np.ndarray]) -> bytes:
    """Names and int64 [rows, columns], in the order of a first column of ids: of that the first and
    the steps between them, others divided by what divides all of one; money is mostly whole cents.

    Column by column: a second copy of a large table would be the most memory of a night.
    """
    head, body = {}, []
    for name, table in tables.items():
        order = _order(table[:, 0])
        scale = np.maximum(1, np.gcd.reduce(table, axis=0))
        scale[0] = table[order, 0][0] if len(table) else scale[0]
        types = []
        for place in range(table.shape[1]):
            column = table[order, place]
            rest = column // scale[place] if place else np.diff(column, prepend=scale[0])
            narrow = rest.astype(_smallest(rest))
            types.append(narrow.dtype.str)
            body.append(_padded(narrow.tobytes()))
        head[name] = {"rows": len(table), "scale": scale.tolist(), "types": types}
    text = _padded(json.dumps(head).encode())
    return b"".join([len(text).to_bytes(SIZE, "little"), text, *body])


def _order(ids: np.ndarray) -> slice | np.ndarray:
    """How they ascend: as they lie, or as they would be taken."""
    if (ids[1:] >= ids[:-1]).all():
        return slice(None)
    return np.argsort(ids, kind="stable")


def _padded(data: bytes) -> bytes:
    return data + b" " * (-len(data) % SIZE)


def unpacked(data: bytes | memoryview) -> dict[str, np.ndarray]:
    data = memoryview(data)
    at = SIZE + int.from_bytes(data[:SIZE], "little")
    found = {}
    for name, head in json.loads(bytes(data[SIZE:at])).items():
        table = np.empty((head["rows"], len(head["types"])), dtype=np.int64)
        for place, (kind, scale) in enumerate(zip(head["types"], head["scale"], strict=True)):
            column = np.frombuffer(data, kind, head["rows"], at)
            at += column.nbytes + -column.nbytes % SIZE
            if place:
                np.multiply(column, scale, out=table[:, place], dtype=np.int64)
            else:
                np.cumsum(column, out=table[:, 0])
                table[:, 0] += scale
        found[name] = table
    return found


def packed_column(values: np.ndarray) -> bytes:
    """One column of whole numbers, divided by what divides all of them."""
    scale = max(1, int(np.gcd.reduce(values))) if len(values) else 1
    rest = values // scale
    narrow = rest.astype(_smallest(rest))
    return f"{scale} {narrow.dtype.str} ".encode() + narrow.tobytes()


def unpacked_column(data: bytes | memoryview) -> np.ndarray:
    """Of whole numbers as narrow as they were packed, and the caller's to change."""
    scale, kind, numbers = bytes(data).split(b" ", 2)
    narrow = np.frombuffer(numbers, dtype=kind.decode())
    if scale == b"1" and narrow.itemsize < 8:
        return narrow.copy()
    return narrow.astype(np.int64) * int(scale)


def _smallest(column: np.ndarray) -> np.dtype:
    low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    return np.min_scalar_type(high if low >= 0 else min(low, -high - 1))
