"""Each quarter the scores are held against what came of the accounts; the result gives colours."""

import dataclasses
import datetime as dt

from django.db import transaction

from accounts.models import Scoring
from kpi.models import HealthRecord
from kpi.queries.health.record import due_quarter, records
from kpi.queries.reporting import reporting_day
from kpi.rules.health import VERSION
from kpi.rules.health.record import Record
from kpi.rules.health.score import TENTHS


@transaction.atomic
def keep_record(*, day: dt.date | None = None) -> HealthRecord | None:
    """Write the record of the last quarter if it is due; None when it is not. Safe to repeat."""
    end = due_quarter(day or reporting_day())
    if end is None:
        return None
    found = records(end)
    best = coloured(found)
    red, amber = (best.red, best.amber) if best else (None, None)
    Scoring.objects.filter(pk=1).update(
        health_red=red and red // TENTHS, health_amber=amber and amber // TENTHS
    )
    return HealthRecord.objects.update_or_create(
        day=end,
        defaults={
            "leads": {str(one.lead): dataclasses.asdict(one) for one in found},
            "red": red,
            "amber": amber,
            "version": VERSION,
        },
    )[0]


def coloured(found: list[Record]) -> Record | None:
    """The longest lead that carries colour: the earlier a warning, the more it is worth."""
    carrying = [one for one in found if one.carries]
    return max(carrying, key=lambda one: one.lead, default=None)
