"""Around the sending of a letter: taken by one worker, settled, found again when that one died."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hiring.choices import LetterState
from hiring.models import Letter
from hiring.queries import letter as queries
from hiring.queries import off_limits
from people.models import company_zone


def claim_letter(letter_id: int, *, now: dt.datetime) -> Letter | None:
    """Take a due letter for sending: of two workers one gets it. None when it is not to go.

    What changed since it was written is asked again: opt-out, the address, a merge.
    """
    with transaction.atomic():
        due = Letter.objects.due(now).filter(pk=letter_id, sent_at=None)
        if not due.update(sent_at=now):
            return None
        letter = Letter.objects.select_related("candidate", "candidacy__vacancy__recruiter").get(
            pk=letter_id
        )
        barred = off_limits.barred([letter.candidate_id], timezone.localdate(now, company_zone()))
        if trouble := queries.why_not(letter.candidate, letter.kind, barred):
            settle_letter(letter, state=LetterState.STOPPED, trouble=trouble)
            return None
        letter.address = queries.address_of(letter.candidate)
        letter.save(update_fields=["address"])
        return letter


def settle_letter(letter: Letter, *, state: str, trouble: str = "") -> None:
    """How the sending ended."""
    letter.state, letter.trouble = state, trouble[:300]
    if state != LetterState.SENT:
        letter.sent_at = None
    letter.save(update_fields=["state", "trouble", "sent_at"])


def settle_lost_letters(*, before: dt.datetime) -> int:
    """Letters a worker took and died with: nobody knows whether they went, so a person decides."""
    lost = Letter.objects.filter(state=LetterState.QUEUED, sent_at__lt=before)
    return lost.update(state=LetterState.FAILED, trouble="unsure", sent_at=None)
