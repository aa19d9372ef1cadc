"""What PostgreSQL copies: numbers, which take the place of the bytes they came in, and large values
without their spelling as text."""

import datetime as dt
import io
import struct
from collections.abc import Sequence

import numpy as np

SIGNATURE, TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"  # around all tuples
DAY_ZERO = dt.date(2000, 1, 1)
FIELD = 6  # bytes before the first value of a tuple: how many there are, and its length
FIRST = 1_024  # rows


def numbers(copied: io.BytesIO, columns: int) -> np.ndarray:
    """int64 [rows, columns] of tuples of int8, none of them null; their bytes are given up.

    A tuple is at least half as long again as its numbers, so when some rows have been written to
    the front as many and half as many lie behind them unread. A second copy of a large table would
    be the most memory of a night.
    """
    fields = [("fields", ">i2")]
    for position in range(columns):
        fields += [(f"length{position}", ">i4"), (f"{position}", ">i8")]
    row = np.dtype(fields)
    with copied.getbuffer() as data:
        count = (len(data) - len(SIGNATURE) - len(TRAILER)) // row.itemsize
        tuples = np.frombuffer(data, row, count, offset=len(SIGNATURE))
        table = np.frombuffer(data, np.int64, count * columns).reshape(count, columns)
        begin, end = 0, min(FIRST, count)
        piece = tuples[:end].copy()
        while begin < end:
            for position in range(columns):
                table[begin:end, position] = piece[f"{position}"]
            begin, end = end, min(end * 3 // 2, count)
            piece = tuples[begin:end]
        del tuples, table, piece
    copied.truncate(count * columns * 8)
    return np.frombuffer(copied.getbuffer(), np.int64).reshape(count, columns)


def first_bytes(copied: io.BytesIO) -> memoryview:
    """The value of one tuple of one."""
    return copied.getbuffer()[len(SIGNATURE) + FIELD : -len(TRAILER)]


def row_of(values: Sequence[bytes | str | dt.date]) -> io.BytesIO:
    """One row to be copied into a table."""
    parts = [SIGNATURE, struct.pack(">h", len(values))]
    for value in values:
        data = _field(value)
        parts += [struct.pack(">i", len(data)), data]
    return io.BytesIO(b"".join([*parts, TRAILER]))


def _field(value: bytes | str | dt.date) -> bytes:
    if isinstance(value, dt.date):
        return struct.pack(">i", (value - DAY_ZERO).days)
    return value.encode() if isinstance(value, str) else value
