"""No more letters: by the link in each of them, or told to a recruiter."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from common import tokens
from hiring.choices import LetterState
from hiring.models import Candidate, CandidateLink, Letter
from hiring.queries import letter as queries
from people import verbs
from people.commands import record
from people.models import User

PURPOSE = "letters"
VALID = dt.timedelta(days=800)

verbs.register(
    {
        "candidate.no_letters": gettext_lazy("No more letters, they asked"),
        "candidate.letters_again": gettext_lazy("Letters are welcome again"),
    }
)


def stop_token(candidate: Candidate) -> str:
    """For the foot of a letter: opens the page that asks "no more letters?" and nothing else."""
    now = timezone.now()
    links = CandidateLink.objects.filter(candidate=candidate, purpose=PURPOSE, ended_at=None)
    link = links.filter(expires_at__gt=now + VALID / 2).first()
    if link is None:
        link = CandidateLink(candidate=candidate, purpose=PURPOSE, expires_at=now + VALID)
        link.digest = tokens.digest(link.token)
        link.save()
    return link.token


@transaction.atomic
def want_no_letters(*, candidate_id: int, actor: User | None = None) -> Candidate:
    """The candidate (or a recruiter they told) wants no more letters: those waiting are stopped."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate_id)
    if candidate.wants_no_letters is None:
        candidate.wants_no_letters = timezone.now()
        candidate.save(update_fields=["wants_no_letters"])
        record(actor=actor, verb="candidate.no_letters", target=candidate)
    waiting = Letter.objects.filter(candidate=candidate, state=LetterState.QUEUED, sent_at=None)
    waiting.exclude(kind__in=queries.ASKED_FOR).update(
        state=LetterState.STOPPED, trouble="opted_out"
    )
    return candidate


@transaction.atomic
def want_letters_again(*, candidate_id: int, actor: User | None = None) -> Candidate:
    candidate = Candidate.objects.select_for_update().get(pk=candidate_id)
    if candidate.wants_no_letters:
        candidate.wants_no_letters = None
        candidate.save(update_fields=["wants_no_letters"])
        record(actor=actor, verb="candidate.letters_again", target=candidate)
    return candidate
