"""Companies whose people are not approached, or not wanted; who of the candidates works there."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from common import firms
from hiring.choices import OffLimitsKind, Source
from hiring.models import Candidacy, Candidate, CandidateReach, OffLimits
from people.models import company_day

# Who comes by themselves is not approached.
BY_THEMSELVES = (Source.FORM, Source.INTERNAL)


def off_limits_by_name(day: dt.date | None = None) -> dict[str, OffLimits]:
    """Each entry in force under each name it is compared by; one query, for lists are short."""
    found: dict[str, OffLimits] = {}
    for entry in OffLimits.objects.in_force(day or company_day()).order_by("pk"):
        for plain in entry.plain_names:
            found.setdefault(plain, entry)
    return found


def off_limits_of(employer: str, day: dt.date | None = None) -> OffLimits | None:
    """The entry in force that forbids people of this employer."""
    return off_limits_by_name(day).get(firms.plain_name(employer)) if employer else None


def marks(candidates: Iterable[Candidate], day: dt.date | None = None) -> dict[int, OffLimits]:
    """The entry that holds for each of these candidates, by the candidate's number; one query."""
    rows = [row for row in candidates if row is not None and row.plain_employer]
    known = off_limits_by_name(day) if rows else {}
    return {row.pk: known[row.plain_employer] for row in rows if row.plain_employer in known}


def barred(
    candidates: Collection[int] | QuerySet, day: dt.date | None = None
) -> dict[int, OffLimits]:
    """Whom of these we may not write to or call first, and the entry that forbids it.

    They work at a company off limits, by its name or by their address there, and have neither
    applied nor come by themselves. Three queries at most.
    """
    by_name = off_limits_by_name(day)
    if not by_name:
        return {}
    applied = Candidacy.objects.filter(candidate=OuterRef("pk"), applied_at__isnull=False)
    people = Candidate.objects.filter(~Exists(applied), pk__in=candidates)
    people = people.exclude(source__in=BY_THEMSELVES)
    there = people.filter(plain_employer__in=list(by_name)).values_list("pk", "plain_employer")
    found = {pk: by_name[employer] for pk, employer in there}
    if by_site := {entry.domain: entry for entry in by_name.values() if entry.domain}:
        mails = CandidateReach.objects.filter(candidate__in=people, kind=ReachKind.EMAIL)
        for pk, address in mails.values_list("candidate", "normal"):
            if entry := by_site.get(address.rpartition("@")[2]):
                found.setdefault(pk, entry)
    return found


def refusal(entry: OffLimits) -> str:
    """Why nobody of this company is approached, and what can be done."""
    words = {
        OffLimitsKind.CUSTOMER: _(
            "%(company)s is our customer: its people are not approached. Who applies by themselves"
            " is welcome; otherwise ask a director to lift it."
        ),
        OffLimitsKind.PARTNER: _(
            "%(company)s is our partner: its people are not approached. Who applies by themselves"
            " is welcome; otherwise ask a director to lift it."
        ),
        OffLimitsKind.UNWANTED: _(
            "People of %(company)s are not wanted: %(reason)s. A director may lift it."
        ),
    }
    said = {"company": entry.name, "reason": entry.reason.rstrip(".")}
    return words[OffLimitsKind(entry.kind)] % said
