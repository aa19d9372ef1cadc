"""When a mark may still be given, changed or handed in."""

import datetime as dt
from enum import StrEnum


class Marking(StrEnum):
    FREE = "free"
    KEPT_TRACK = "kept_track"  # allowed, with what it was before
    CLOSED = "closed"


def marking(
    *,
    at: dt.datetime,
    submitted_at: dt.datetime | None,
    reopened_at: dt.datetime | None,
    revealed_at: dt.datetime | None,
) -> Marking:
    """A mark made at `at` (by the device) and arriving now.

    Handed in, it is closed until opened again. When the others' marks are open, one that was made
    before still counts: it was on its way while the network was down. Neither goes untracked.
    """
    if submitted_at is not None:
        late = revealed_at is not None and at <= submitted_at and at <= revealed_at
        return Marking.KEPT_TRACK if late else Marking.CLOSED
    if reopened_at is not None:
        return Marking.KEPT_TRACK
    if revealed_at is not None:
        return Marking.KEPT_TRACK if at <= revealed_at else Marking.CLOSED
    return Marking.FREE
