"""One deed on several candidacies of a vacancy, all or none."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState, LetterState
from hiring.commands.candidacy import end_candidacy, several, told_of_several
from hiring.commands.letter import unqueue, write_letter
from hiring.models import Candidacy, Letter, LetterTemplate
from people import verbs
from people.commands import record
from people.models import Event, User

# Letters to many wait a little, so that there is something to take back.
PATIENCE = dt.timedelta(minutes=5)


def _written(data: dict) -> str:
    number = len(data.get("letters", ()))
    words = ngettext("%(number)s letter written", "%(number)s letters written", number)
    return words % {"number": formats.number(number)}


verbs.register({"user.candidates_written": _written})


@transaction.atomic
def reject_candidacies(
    *, actor: User, candidacy_ids: Iterable[int], reason_id: int, letter: bool = False
) -> Event:
    """For one reason; undo_moves takes all of it back."""
    rows = [
        end_candidacy(
            actor=actor, candidacy_id=pk, state=CandidacyState.REJECTED, reason_id=reason_id,
            letter=letter,
        )
        for pk in several(candidacy_ids)
    ]  # fmt: skip
    return told_of_several(actor, rows)


@transaction.atomic
def write_to_candidacies(
    *, actor: User, candidacy_ids: Iterable[int], template_id: int
) -> tuple[Event, int]:
    """The same template to all; the event for undo, and how many letters may not go."""
    template = LetterTemplate.objects.get(pk=template_id, retired_at=None)
    ids = several(candidacy_ids)
    rows = list(Candidacy.objects.editable_by(actor).exclude(candidate=None).filter(pk__in=ids))
    if len(rows) != len(ids):
        raise Candidacy.DoesNotExist
    mailing = uuid.uuid4().hex[:12]
    written = [
        write_letter(
            actor=actor, candidate_id=row.candidate_id, candidacy_id=row.pk, kind=template.kind,
            template=template, cause=f"mailing:{mailing}", send_at=timezone.now() + PATIENCE,
        )
        for row in rows
    ]  # fmt: skip
    letters = [letter for letter in written if letter is not None]
    event = record(
        actor=actor, verb="user.candidates_written", target=actor,
        letters=[letter.pk for letter in letters],
    )  # fmt: skip
    return event, sum(letter.state == LetterState.STOPPED for letter in letters)


@transaction.atomic
def undo_writing(*, actor: User, event_id: int) -> int:
    """Take back those that have not gone yet; how many. RuleBroken when all have."""
    event = Event.objects.get(pk=event_id, actor=actor, verb="user.candidates_written")
    number = unqueue(Letter.objects.filter(pk__in=event.data["letters"]))
    if not number:
        raise RuleBroken(_("These letters have gone already."))
    return number
