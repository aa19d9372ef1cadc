"""Several candidates put forward for a vacancy or called at once, all or none, and taken back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.errors import RuleBroken
from hiring.choices import CallState, CandidacyState
from hiring.commands.call_list import add_to_call_list
from hiring.commands.candidacy import add_candidacy
from hiring.models import CallEntry, Candidacy, Candidate, SearchTier, Vacancy
from people import verbs
from people.commands import record
from people.models import Event, User

MOST = 1_000
# What comes with a candidacy and goes with it; anything else was done by somebody since.
OWN = {"hiring.Move"}
VERBS = ("vacancy.candidates_added", "vacancy.candidates_called")


def _several(data: dict) -> str:
    number = len(data.get("candidacies", ()))
    words = ngettext(
        "%(number)s candidate put forward for a vacancy",
        "%(number)s candidates put forward for a vacancy",
        number,
    )
    return words % {"number": formats.number(number)}


verbs.register(
    {
        "vacancy.candidates_added": _several,
        "vacancy.candidates_called": gettext_lazy("People put on the calling list"),
    }
)


@transaction.atomic
def add_candidacies(
    *, actor: User, candidate_ids: Iterable[int], vacancy_id: int, tier: SearchTier | None = None
) -> Event:
    """Those who stand for the vacancy already stay as they are. Candidate.DoesNotExist when one
    of them is not the actor's: then none is added."""
    vacancy, made = _put_forward(actor, candidate_ids, vacancy_id, tier)
    return record(actor=actor, verb="vacancy.candidates_added", target=vacancy, candidacies=made)


@transaction.atomic
def call_candidates(*, actor: User, candidate_ids: Iterable[int], vacancy_id: int) -> Event:
    """Onto the calling list of the vacancy; who does not stand for it yet is put forward first."""
    ids = set(candidate_ids)
    vacancy, made = _put_forward(actor, ids, vacancy_id)
    rows = vacancy.candidacies.filter(candidate__in=ids)
    fresh = list(rows.filter(call_entry=None).values_list("pk", flat=True))
    if fresh:
        add_to_call_list(actor=actor, vacancy_id=vacancy.pk, candidacy_ids=fresh)
    return record(
        actor=actor, verb="vacancy.candidates_called", target=vacancy,
        candidacies=made, called=fresh,
    )  # fmt: skip


def _put_forward(
    actor: User, candidate_ids: Iterable[int], vacancy_id: int, tier: SearchTier | None = None
) -> tuple[Vacancy, list[int]]:
    """The vacancy, and the candidacies it had not yet."""
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
    return vacancy, made


@transaction.atomic
def undo_add_candidacies(*, actor: User, event_id: int) -> int:
    """Take back who was added or put on the list and not touched since; how many."""
    event = Event.objects.get(pk=event_id, actor=actor, verb__in=VERBS)
    removed = 0
    if called := event.data.get("called"):
        untouched = CallEntry.objects.filter(attempts=0, held_by=None, state=CallState.WAITING)
        removed = untouched.filter(candidacy__in=called).delete()[0]
    gone = sum(remove_candidacy(actor=actor, candidacy_id=pk) for pk in event.data["candidacies"])
    return removed or gone


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
