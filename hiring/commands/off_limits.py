"""Whom we do not approach, and who may allow it again."""

from django.utils.translation import gettext as _

from common.errors import RuleBroken
from hiring.choices import OffLimitsKind, Source
from hiring.models import Candidacy, Candidate, OffLimits
from hiring.queries.off_limits import off_limits_of

# Who comes by themselves is not approached.
BY_THEMSELVES = (Source.FORM, Source.INTERNAL)


def check_source(source: str, employer: str) -> None:
    """RuleBroken when somebody found this way works where we do not look for people."""
    if source in BY_THEMSELVES:
        return
    if entry := off_limits_of(employer):
        raise RuleBroken(refusal(entry))


def check_approach(candidate: Candidate) -> None:
    """RuleBroken when we may not write to or call the candidate first: they work at a company that
    is off limits, and have not applied themselves."""
    if candidate.source in BY_THEMSELVES or not candidate.plain_employer:
        return
    entry = off_limits_of(candidate.employer)
    if entry is None:
        return
    if not Candidacy.objects.filter(candidate=candidate, applied_at__isnull=False).exists():
        raise RuleBroken(refusal(entry))


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
