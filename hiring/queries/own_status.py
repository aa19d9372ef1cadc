"""How a candidacy stands, in words for the person it is about; never why somebody was not taken."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.choices import CandidacyState, ConsentPurpose, StageKind
from hiring.models import Candidacy, Candidate, Consent, ConsentText

# A rejection can be taken back at once; so long nothing is said of it.
PATIENCE = dt.timedelta(minutes=10)
UNDER_WAY: dict[str, str | Promise] = {
    StageKind.FOUND: _("We would like to get to know you."),
    StageKind.CALL: _("We would like to talk with you and will call."),
    StageKind.FORM: _("Your application is here. We are reading it and will write to you."),
    StageKind.INVITE: _("We would like to meet you and will write with a day and a place."),
    StageKind.SESSION: _("We would like to meet you."),
    StageKind.TASK: _("We look forward to how you solve our test task."),
    StageKind.DECISION: _("We have all we need and are deciding. You will hear from us soon."),
    StageKind.OFFER: _("We would like to work with you."),
    StageKind.HIRED: _("Welcome. We are glad that you are joining us."),
}
ENDED: dict[str, str | Promise] = {
    CandidacyState.HIRED: _("Welcome. We are glad that you are joining us."),
    CandidacyState.REJECTED: _(
        "We are going on with other candidates this time. Thank you for your time and interest."
    ),
    CandidacyState.WITHDRAWN: _("You have withdrawn. Thank you for telling us."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    candidacy: Candidacy
    title: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """A purpose with its newest text, and since when it is agreed to, if it is."""

    purpose: str
    label: str
    text: ConsentText
    since: dt.datetime | None


def standings(candidate: Candidate, now: dt.datetime) -> list[Standing]:
    """The person's candidacies, newest first."""
    rows = candidate.candidacies.select_related("vacancy", "stage").order_by("-pk")
    return [_standing(row, now) for row in rows]


def _standing(row: Candidacy, now: dt.datetime) -> Standing:
    state = row.state
    if state == CandidacyState.REJECTED and row.ended_at and row.ended_at > now - PATIENCE:
        state = CandidacyState.ACTIVE
    is_open = state == CandidacyState.ACTIVE
    words = UNDER_WAY[row.stage.kind] if is_open else ENDED[state]
    return Standing(row, row.vacancy.text("title") or row.vacancy.title, str(words), is_open)


def agreements(candidate: Candidate, texts: dict[str, ConsentText]) -> list[Agreed]:
    """The three purposes, each with its state."""
    live = Consent.objects.filter(candidate=candidate, withdrawn_at=None).select_related("text")
    since = {row.text.purpose: row.given_at for row in live.order_by("given_at")}
    return [
        Agreed(purpose.value, str(purpose.label), texts[purpose], since.get(purpose))
        for purpose in ConsentPurpose
    ]
