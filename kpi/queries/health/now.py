"""The health of accounts as it is shown: last night's, or what somebody set over it for a while."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kpi.models import Health, HealthOverride, HealthRecord
from kpi.queries.reporting import reporting_day
from kpi.rules.health.record import tone
from kpi.rules.health.score import Cap, whole_points


@dataclass(frozen=True, slots=True)
class HealthNow:
    """`computed` is in tenths; None where too little is known. `tone` is "" without a record."""

    account_id: int
    computed: int | None
    confidence: int
    cap: Cap
    as_of: dt.date
    tone: str = ""
    override: HealthOverride | None = None

    @property
    def shown(self) -> int | None:
        """Whole points, as lists and rings show them."""
        if self.override:
            return self.override.value
        return None if self.computed is None else whole_points(self.computed)


def of(account_ids: Iterable[int]) -> dict[int, HealthNow]:
    """By account, those that were scored; three queries. Rights are the caller's."""
    ids = list(account_ids)
    red, amber = cuts()
    overrides = overrides_of(ids)
    return {
        row.account_id: HealthNow(
            account_id=row.account_id,
            computed=row.score,
            confidence=row.confidence,
            cap=Cap(row.cap),
            as_of=row.as_of,
            tone=tone(row.score, red, amber),
            override=overrides.get(row.account_id),
        )
        for row in Health.objects.filter(account__in=ids).defer("parts")
    }


def cuts() -> tuple[int | None, int | None]:
    """Below which tenths a score is red and amber, as the newest record of the company allows."""
    newest = HealthRecord.objects.order_by("-day").values_list("red", "amber").first()
    return newest or (None, None)


def overrides_of(
    account_ids: Iterable[int], day: dt.date | None = None
) -> dict[int, HealthOverride]:
    """In force on a day, the newest of each; those of merged accounts stand for the survivor."""
    day = day or reporting_day()
    rows = HealthOverride.objects.standing().filter(valid_from__lte=day, valid_to__gt=day)
    ids = set(account_ids)
    rows = rows.filter(account__in=ids) | rows.filter(account__merged_into__in=ids)
    found: dict[int, HealthOverride] = {}
    for row in rows.select_related("by", "account").order_by("id"):
        found[row.account.merged_into_id or row.account_id] = row
    return found
