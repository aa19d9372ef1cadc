"""One letter to many: composed for each, spread over time, stopped as a whole while it goes."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import LetterKind, LetterState
from hiring.commands.letter import compose, template_texts, unqueue
from hiring.models import Candidacy, Candidate, Letter, LetterTemplate
from hiring.queries import letter as queries
from hiring.queries import off_limits
from hiring.rules import letter as rules
from people import verbs
from people.commands import record
from people.models import Company, User

MOST = 2_000
# Mail servers dislike a thousand letters in one second; a person notices a mistake in a minute.
FIRST_AFTER = dt.timedelta(seconds=60)
BETWEEN = dt.timedelta(seconds=3)

verbs.register(
    {
        "user.letters_written": gettext_lazy("A letter to many was written"),
        "user.letters_stopped": gettext_lazy("A letter to many was stopped"),
    }
)


def batch_cause(key: uuid.UUID) -> str:
    return f"many:{key}"


def targets(
    *, actor: User, candidacy_ids: Iterable[int] = (), candidate_ids: Iterable[int] = ()
) -> list[tuple[Candidate, Candidacy | None]]:
    """Each person once, in the order of their numbers; all or none.

    Candidacy.DoesNotExist or Candidate.DoesNotExist when one is not the actor's to write to.
    """
    first, second = set(candidacy_ids), set(candidate_ids)
    if len(first) + len(second) > MOST:
        raise RuleBroken(_("At most %(n)s people at once.") % {"n": MOST})
    rows = Candidacy.objects.editable_by(actor).filter(pk__in=first, candidate__isnull=False)
    rows = list(
        rows.select_related("candidate", "vacancy__recruiter").prefetch_related(
            "candidate__reaches"
        )
    )
    if len(rows) != len(first):
        raise Candidacy.DoesNotExist
    people = Candidate.objects.editable_by(actor).filter(pk__in=second)
    people = list(people.prefetch_related("reaches"))
    if len(people) != len(second):
        raise Candidate.DoesNotExist
    found: dict[int, tuple[Candidate, Candidacy | None]] = {row.pk: (row, None) for row in people}
    found |= {row.candidate_id: (row.candidate, row) for row in rows}
    return [found[pk] for pk in sorted(found)]


def composed(
    *,
    actor: User,
    people: Iterable[tuple[Candidate, Candidacy | None]],
    template: LetterTemplate | None,
    subject: str = "",
    body: str = "",
    cause: str = "",
) -> list[Letter]:
    """A letter for each, filled but not stored: what a preview shows and what is then sent."""
    if template is None:
        unknown = rules.unknown_fields(subject, body)
        if unknown:
            field = "{" + unknown[0] + "}"
            raise RuleBroken(_("Unknown field: %(field)s.") % {"field": field})
        if not subject.strip() or not body.strip():
            raise RuleBroken(_("A letter needs a subject and a text."))
    people = list(people)
    barred = off_limits.barred([candidate.pk for candidate, _candidacy in people])
    company, found = Company.current(), []
    for candidate, candidacy in people:
        language = queries.language_of(candidate, company)
        words = (language, subject, body)
        if template is not None:
            words = template_texts(template, language)
        letter = Letter(
            candidate=candidate, candidacy=candidacy, written_by=actor, cause=cause,
            kind=template.kind if template else _kind(candidacy),
        )  # fmt: skip
        compose(
            letter, language=words[0], subject=words[1], body=words[2], fields=None,
            barred=barred, company=company,
        )  # fmt: skip
        found.append(letter)
    return found


def _kind(candidacy: Candidacy | None) -> str:
    """Whom nobody asked to write is approached; off-limits employers are spared."""
    is_answer = candidacy is not None and candidacy.applied_at is not None
    return LetterKind.OTHER if is_answer else LetterKind.APPROACH


@transaction.atomic
def write_many(
    *,
    actor: User,
    key: uuid.UUID,
    candidacy_ids: Iterable[int] = (),
    candidate_ids: Iterable[int] = (),
    template: LetterTemplate | None = None,
    subject: str = "",
    body: str = "",
) -> int:
    """Queue it for all of them; how many will go. The same `key` again writes nothing.

    Who is skipped has the letter too, with the reason. Going begins in a minute.
    """
    people = targets(actor=actor, candidacy_ids=candidacy_ids, candidate_ids=candidate_ids)
    if not people:
        raise RuleBroken(_("Choose somebody to write to."))
    cause = batch_cause(key)
    if Letter.objects.filter(cause=cause).exists():
        return Letter.objects.filter(cause=cause, state=LetterState.QUEUED).count()
    letters = composed(
        actor=actor, people=people, template=template, subject=subject, body=body, cause=cause
    )
    at = timezone.now() + FIRST_AFTER
    going = [letter for letter in letters if letter.state == LetterState.QUEUED]
    for letter in going:
        letter.send_at = at
        at += BETWEEN
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    record(actor=actor, verb="user.letters_written", target=actor, key=str(key), number=len(going))
    return len(going)


@transaction.atomic
def stop_many(*, actor: User, key: uuid.UUID) -> int:
    """Those that have not gone stay here; how many."""
    rows = Letter.objects.editable_by(actor).filter(cause=batch_cause(key))
    if not rows.exists():
        raise Letter.DoesNotExist
    number = unqueue(rows)
    record(actor=actor, verb="user.letters_stopped", target=actor, key=str(key), number=number)
    return number
