"""The health of accounts as it is shown: last night's, or what somebody set over it for a while."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from accounts.models import Scoring
from kpi.models import Health, HealthOverride
from kpi.queries.reporting import reporting_day
from kpi.rules.health.score import Cap, Part, whole_points


@dataclass(frozen=True, slots=True)
class HealthNow:
    """`computed` is in tenths; None where too little is known. `tone` is "" without a record.

    `sources`: until when that is told which the parts of all accounts stand on, by part.
    """

    account_id: int
    computed: int | None
    confidence: int
    cap: Cap
    as_of: dt.date
    tone: str = ""
    override: HealthOverride | None = None
    sources: Mapping[str, dt.date | None] = field(default_factory=dict)

    @property
    def shown(self) -> int | None:
        """Whole points, as lists and rings show them."""
        if self.override:
            return self.override.value
        return None if self.computed is None else whole_points(self.computed)


def of(account_ids: Iterable[int]) -> dict[int, HealthNow]:
    """By account, those that were scored; three queries. Rights are the caller's."""
    ids = list(account_ids)
    scoring = Scoring.current()
    overrides = overrides_of(ids)
    rows = Health.objects.filter(account__in=ids)
    found = {row.account_id: _now(row, overrides.get(row.account_id)) for row in rows}
    sources = {
        Part.ORDERS: scoring.ledger_until,
        Part.RELATIONSHIP: scoring.contact_until,
        Part.PLAN: scoring.contact_until,
    }
    return {
        pk: replace(now, tone=scoring.health_tone(now.shown), sources=sources)
        for pk, now in found.items()
    }


def _now(row: Health, override: HealthOverride | None) -> HealthNow:
    return HealthNow(
        account_id=row.account_id,
        computed=row.score,
        confidence=row.confidence,
        cap=Cap(row.cap),
        as_of=row.as_of,
        override=override,
    )


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
