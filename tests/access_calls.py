"""Calls, letters and offers that addresses are about; hiring has no owners."""

import uuid

from django.utils import timezone

from hiring.commands import call_hold
from hiring.commands.letter import install_letters, write_letter
from hiring.models import CallEntry, Letter, LetterTemplate
from people.models import User
from tests.cast import Cast
from tests.hiring.calling import make_list, say
from tests.hiring.offering import make_offer
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy


def _entry(cast: Cast) -> CallEntry:
    row = make_list(cast.rita, 1)
    return row.entries.get()


def call_entry(cast: Cast, owner: User) -> dict:
    return {"pk": _entry(cast).pk}


def call_made(cast: Cast, owner: User) -> dict:
    return {"pk": say(cast.rita, _entry(cast), "no_answer").pk}


def call_vacancy(cast: Cast, owner: User) -> dict:
    entry = _entry(cast)
    call_hold.take_entry(actor=cast.rita, entry_id=entry.pk)
    CallEntry.objects.filter(pk=entry.pk).update(due_at=timezone.now())
    return {"pk": entry.list.vacancy_id}


def offer(cast: Cast, owner: User) -> dict:
    return {"pk": make_offer(cast, "proposed").pk}


def decision(cast: Cast, owner: User) -> dict:
    return {"pk": make_candidacy(make_vacancy(recruiter=cast.rita), stage="decision").pk}


def letter(cast: Cast, owner: User) -> dict:
    return {"pk": _letter(cast).pk}


def letter_many(cast: Cast, owner: User) -> dict:
    key = uuid.uuid4()
    made = _letter(cast)
    made.cause = f"many:{key}"
    made.save()
    return {"key": key}


def letter_template(cast: Cast, owner: User) -> dict:
    install_letters()
    return {"pk": LetterTemplate.objects.first().pk}


def _letter(cast: Cast) -> Letter:
    candidate = make_candidate()
    add_reach(candidate, "jo@example.org")
    return write_letter(
        actor=cast.rita, candidate_id=candidate.pk, kind="other", subject="a", body="b"
    )


MAKERS = {
    "letter": letter,
    "letter_many": letter_many,
    "letter_template": letter_template,
    "call_entry": call_entry,
    "call_made": call_made,
    "call_vacancy": call_vacancy,
    "offer": offer,
    "decision": decision,
}
