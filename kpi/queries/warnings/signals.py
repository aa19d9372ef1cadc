"""Warnings that health gives: falling fast, without its sponsor, buying fewer service lines.

All of them are amber: they say that something changed, not that no order will come.
"""

import datetime as dt
from collections.abc import Mapping

from accounts.choices import AccountStatus
from accounts.models import AccountScore
from kpi.choices import AlertCause, AlertEnd
from kpi.models import Alert
from kpi.queries.health import signals
from kpi.queries.warnings.excuses import batches
from kpi.rules.warnings import AMBER, Finding

ANSWERED = dt.timedelta(days=90)  # what was answered is not raised again for so long
Seen = list[tuple[Finding, AccountScore]]


def health_signals(day: dt.date) -> Seen:
    slopes = {pk: {"now": one.now, "then": one.then} for pk, one in signals.slopes(day).items()}
    lines = {pk: {"now": one.now, "peak": one.peak} for pk, one in signals.fewer_lines(day).items()}
    sponsors = signals.sponsors_left(day)
    left = {pk: {"days": one.days} for pk, one in sponsors.items()}
    left_on = {pk: one.left_on for pk, one in sponsors.items()}
    falling = _begun(AlertCause.SLOPE, day)
    falling |= signals.fallen_since([pk for pk in slopes if pk not in falling], day)
    return [
        *_found(AlertCause.SLOPE, slopes, falling, day),
        *_found(AlertCause.SPONSOR, left, left_on, day),
        *_found(AlertCause.LINES, lines, _begun(AlertCause.LINES, day), day),
    ]


def _found(
    cause: str, data: Mapping[int, dict], since: Mapping[int, dt.date], day: dt.date
) -> Seen:
    """`since`: the day a warning of it stands on where that is known; else it begins today."""
    found = []
    for some in batches(set(data)):
        rows = AccountScore.objects.filter(
            pk__in=some, counts_with=None, account__status=AccountStatus.ACTIVE
        ).only("last_order", "p_order", "revenue")
        for score in rows:
            begun = since.get(score.pk, day)
            finding = Finding(score.pk, cause, AMBER, begun, begun, None, 0, data[score.pk])
            found.append((finding, score))
    return found


def _begun(cause: str, day: dt.date) -> dict[int, dt.date]:
    """Account → since when its warning stands, or stood that somebody answered not long ago."""
    rows = Alert.objects.filter(cause=cause, since__gt=day - 4 * ANSWERED)
    found = {}
    names = ("account_id", "since", "cleared_on", "why")
    for account, since, cleared, why in rows.order_by("since").values_list(*names):
        kept = why in (AlertEnd.ANSWERED, AlertEnd.PAUSED) and cleared > day - ANSWERED
        if cleared is None or kept:
            found[account] = since
    return found
