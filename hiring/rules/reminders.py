"""Which reminder of a session is due now."""

import datetime as dt
from collections.abc import Sequence


def due_reminder(
    starts: dt.datetime,
    hours: Sequence[int],
    *,
    now: dt.datetime,
    booked: dt.datetime | None,
    reminded: dt.datetime | None,
) -> int | None:
    """The hours before of the newest reminder that should have gone; None when it has.

    Whoever booked after that moment needs none of it; a scheduler that slept sends one, not three.
    """
    passed = [one for one in hours if starts - dt.timedelta(hours=one) <= now < starts]
    if not passed:
        return None
    newest = min(passed)
    moment = starts - dt.timedelta(hours=newest)
    if booked is not None and booked >= moment:
        return None
    return None if reminded is not None and reminded >= moment else newest
