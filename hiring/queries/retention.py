"""Whose data has to go, and when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from hiring.choices import CandidacyState, ConsentPurpose, VacancyState
from hiring.models import Candidacy, Candidate, Consent, HiringSettings, LegalHold
from hiring.rules.retention import FOR_EVER, Basis, keep_until
from people.models import company_zone

OPEN = (
    VacancyState.DRAFT, VacancyState.PROPOSED, VacancyState.APPROVED, VacancyState.OPEN,
    VacancyState.HELD,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """`until` is None while a vacancy is open; a hold keeps beyond any date."""

    until: dt.date | None
    hold: LegalHold | None

    def is_due(self, day: dt.date) -> bool:
        return self.hold is None and self.until is not None and self.until <= day


def clocks(candidates: Iterable[Candidate], *, now: dt.datetime) -> dict[int, Kept]:
    """{candidate: how long it is kept}; four queries for any number of candidates."""
    people = {candidate.pk: candidate for candidate in candidates}
    zone = company_zone()
    settings, bases = HiringSettings.current(), _bases(people, zone)
    holds = {row.candidate_id: row for row in open_holds(now).filter(candidate__in=people)}
    found = {}
    for pk, candidate in people.items():
        until = keep_until(
            bases[pk], created_on=timezone.localdate(candidate.created_at, zone),
            keep_days=settings.keep_days, pool_months=settings.pool_months,
        )  # fmt: skip
        found[pk] = Kept(until=None if until == FOR_EVER else until, hold=holds.get(pk))
    return found


def _bases(people: dict[int, Candidate], zone: ZoneInfo) -> dict[int, list[Basis]]:
    """A candidacy is kept for its vacancy's sake, unless consent for it was withdrawn."""
    found = defaultdict(list)
    consents = Consent.objects.filter(candidate__in=people).select_related("text")
    withdrawn = {}
    for consent in consents:
        given = timezone.localdate(consent.given_at, zone)
        ended = consent.withdrawn_at and timezone.localdate(consent.withdrawn_at, zone)
        if consent.text.purpose == ConsentPurpose.VACANCY:
            withdrawn[consent.candidacy_id] = ended
        else:
            found[consent.candidate_id].append(
                Basis(consent.text.purpose, given, withdrawn_on=ended)
            )
    rows = Candidacy.objects.filter(candidate__in=people).select_related("vacancy")
    for row in rows:
        basis = Basis(
            ConsentPurpose.VACANCY,
            timezone.localdate(row.created_at, zone),
            ends_on=_end_of(row, zone),
            withdrawn_on=withdrawn.get(row.pk),
        )
        found[row.candidate_id].append(basis)
    return found


def _end_of(row: Candidacy, zone: ZoneInfo) -> dt.date | None:
    """None while the vacancy may still want the person; who withdrew is no longer wanted."""
    if row.vacancy.state in OPEN and row.state != CandidacyState.WITHDRAWN:
        return None
    ended = row.vacancy.ended_at or row.ended_at or row.entered_at
    if row.state == CandidacyState.WITHDRAWN and row.ended_at:
        ended = row.ended_at
    return timezone.localdate(ended, zone)


def open_holds(now: dt.datetime) -> QuerySet[LegalHold]:
    """Holds in force: not ended and not past their day."""
    in_time = Q(until=None) | Q(until__gte=timezone.localdate(now, company_zone()))
    return LegalHold.objects.filter(in_time, ended_at=None)


def may_be_due() -> QuerySet[Candidate]:
    """Candidates without a candidacy under way for an open vacancy; the clock decides."""
    wanted = Candidacy.objects.filter(vacancy__state__in=OPEN).exclude(
        state=CandidacyState.WITHDRAWN
    )
    return Candidate.objects.present().exclude(pk__in=wanted.values("candidate")).order_by("pk")
