import datetime as dt

import pytest

from accounts.rules.log import true_time

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "sent", "true"),
    [
        (NOW - HOUR, NOW, NOW - HOUR),  # a right clock is believed
        (NOW - HOUR, NOW + dt.timedelta(seconds=90), NOW - HOUR),  # a little off: believed
        (NOW + 2 * HOUR, NOW + 3 * HOUR, NOW - HOUR),  # three hours fast, an hour ago
        (NOW - 5 * HOUR, NOW - 4 * HOUR, NOW - HOUR),  # four hours slow, an hour ago
        (NOW + HOUR, None, NOW),  # nothing comes from the future
        (NOW + HOUR, NOW, NOW),
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), None, NOW - dt.timedelta(days=366)),
        (NOW - HOUR, None, NOW - HOUR),
    ],
)
def test_a_clock_is_mended_by_its_error_at_sending(said, sent, true):
    assert true_time(said, sent=sent, now=NOW) == true
