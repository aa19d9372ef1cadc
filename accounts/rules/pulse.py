"""The customer's one question after a handover: whose answer counts, for how long, what is low."""

import datetime as dt

PURPOSE = "accounts.pulse"  # of the link's token
MOST_ASKED = 3
OPEN = dt.timedelta(days=30)
CHANGEABLE = dt.timedelta(days=1)
LOW = 2  # an answer up to this makes a task at once
ANSWERS = (1, 2, 3, 4, 5)
LONGEST_COMMENT = 2000


def is_open(expires_at: dt.datetime, now: dt.datetime) -> bool:
    return now < expires_at


def may_change(answered_at: dt.datetime | None, now: dt.datetime) -> bool:
    """An answer stays changeable for a day.

    >>> may_change(dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 2))
    False
    """
    return answered_at is None or now < answered_at + CHANGEABLE


def is_low(answer: int) -> bool:
    return answer <= LOW
