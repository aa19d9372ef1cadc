"""Several candidates put forward for a vacancy at once, all or none, and taken back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState
from hiring.commands.candidacy import add_candidacy
from hiring.models import Candidacy, Candidate, SearchTier, Vacancy
from people import verbs
from people.commands import record
from people.models import Event, User

MOST = 1_000
# What comes with a candidacy and goes with it; anything else was done by somebody since.
OWN = {"hiring.Move"}


def _several(data: dict) -> str:
    number = len(data.get("candidacies", ()))
    words = ngettext(
        "%(number)s candidate put forward for a vacancy",
        "%(number)s candidates put forward for a vacancy",
        number,
    )
    return words % {"number": formats.number(number)}


verbs.register({"vacancy.candidates_added": _several})


@transaction.atomic
def add_candidacies(
    *, actor: User, candidate_ids: Iterable[int], vacancy_id: int, tier: SearchTier | None = None
) -> Event:
    """Those who stand for the vacancy already stay as they are. Candidate.DoesNotExist when one
    of them is not the actor's: then none is added."""
    ids = sorted(set(candidate_ids))
    if len(ids) > MOST:
        raise RuleBroken(
            _("At most %(n)s candidates at once; narrow the list down.")
            % {"n": formats.number(MOST)}
        )
    vacancy = Vacancy.objects.editable_by(actor).get(pk=vacancy_id)
    people = Candidate.objects.editable_by(actor).present().in_bulk(ids)
    if not ids or len(people) != len(ids):
        raise Candidate.DoesNotExist
    known = set(vacancy.candidacies.filter(candidate__in=ids).values_list("candidate", flat=True))
    made = [
        add_candidacy(
            actor=actor, candidate_id=pk, vacancy_id=vacancy.pk, source=people[pk].source, tier=tier
        ).pk
        for pk in ids
        if pk not in known
    ]
    return record(actor=actor, verb="vacancy.candidates_added", target=vacancy, candidacies=made)


@transaction.atomic
def undo_add_candidacies(*, actor: User, event_id: int) -> int:
    """Take back who was added and has not moved since; how many."""
    event = Event.objects.get(pk=event_id, actor=actor, verb="vacancy.candidates_added")
    return sum(remove_candidacy(actor=actor, candidacy_id=pk) for pk in event.data["candidacies"])


def remove_candidacy(*, actor: User, candidacy_id: int) -> bool:
    """Whether the candidacy could go: nobody has done anything with it."""
    rows = Candidacy.objects.editable_by(actor).filter(state=CandidacyState.ACTIVE)
    candidacy = rows.select_for_update(of=("self",)).filter(pk=candidacy_id).first()
    if candidacy is None or candidacy.applied_at or candidacy.version > 1:
        return False
    if candidacy.moves.count() > 1 or _has_records(candidacy):
        return False
    candidacy.delete()
    return True


def _has_records(candidacy: Candidacy) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: candidacy}).exists()
        for relation in Candidacy._meta.related_objects
        if not relation.many_to_many and relation.related_model._meta.label not in OWN
    )
