"""The calling list of a vacancy: its rules, and who stands on it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CallState
from hiring.models import CallEntry, CallList, Candidacy, Vacancy
from hiring.rules import call as rules
from people import verbs
from people.commands import record
from people.models import User

FIELDS = ("script", "most_attempts", "hours_between", "quiet_from", "quiet_to")

verbs.register(
    {
        "call.list_changed": gettext_lazy("Script or rules of the calls changed"),
        "call.people_added": gettext_lazy("People put on the calling list"),
        "call.removed": gettext_lazy("Taken off the calling list"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `call_list` is what stands now."""

    def __init__(self, call_list: CallList):
        super().__init__(_("Somebody else has changed script or rules since you opened the page."))
        self.call_list = call_list


def list_for(vacancy_id: int, *, actor: User) -> CallList:
    """The vacancy's list, made when it is first needed; Vacancy.DoesNotExist when not theirs."""
    vacancy = Vacancy.objects.editable_by(actor).get(pk=vacancy_id)
    return CallList.objects.get_or_create(vacancy=vacancy)[0]


@transaction.atomic
def edit_call_list(*, actor: User, vacancy_id: int, version: int, **fields) -> CallList:
    """Change script and rules; raises Conflict when `version` is no longer the current one."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a calling list: {sorted(unknown)}")
    row = list_for(vacancy_id, actor=actor)
    row = CallList.objects.select_for_update().get(pk=row.pk)
    if row.version != version:
        raise Conflict(row)
    for name, value in fields.items():
        setattr(row, name, value)
    if not 1 <= row.most_attempts <= 20:
        raise RuleBroken(_("Between 1 and 20 attempts make sense."))
    if not 1 <= row.hours_between <= 336:
        raise RuleBroken(_("Between attempts lies at least an hour and at most two weeks."))
    if max(row.quiet_from, row.quiet_to) > 24:
        raise RuleBroken(_("Hours go from 0 to 24."))
    row.version += 1
    row.save()
    record(actor=actor, verb="call.list_changed", target=row)
    return row


@transaction.atomic
def add_to_call_list(*, actor: User, vacancy_id: int, candidacy_ids: Iterable[int]) -> int:
    """Put candidacies of this vacancy on its list; how many were new.

    All or none: Candidacy.DoesNotExist when one is not of this vacancy or not the actor's to see.
    """
    ids = set(candidacy_ids)
    call_list = list_for(vacancy_id, actor=actor)
    rows = Candidacy.objects.editable_by(actor).filter(
        pk__in=ids, vacancy=vacancy_id, candidate__isnull=False
    )
    rows = list(rows.select_related("tier"))
    if not ids or len(rows) != len(ids):
        raise Candidacy.DoesNotExist
    known = set(CallEntry.objects.filter(candidacy__in=ids).values_list("candidacy", flat=True))
    now = timezone.now()
    fresh = [
        CallEntry(
            list=call_list,
            candidacy=row,
            due_at=now,
            order=rules.queue_order(
                row.tier.position if row.tier else None, row.applied_at or row.created_at
            ),
        )
        for row in rows
        if row.pk not in known
    ]
    CallEntry.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    if fresh:
        record(actor=actor, verb="call.people_added", target=call_list, number=len(fresh))
    return len(fresh)


@transaction.atomic
def take_off_call_list(*, actor: User, entry_id: int) -> None:
    """Somebody who need not be rung; calls that were made stay with the person."""
    entry = CallEntry.objects.editable_by(actor).select_related("candidacy").get(pk=entry_id)
    now = timezone.now()
    if entry.held_by_id not in (None, actor.pk) and entry.held_until and entry.held_until > now:
        raise RuleBroken(_("A colleague is talking to this person."))
    record(
        actor=actor, verb="call.removed", target=entry.candidacy,
        list=entry.list_id, state=entry.state, attempts=entry.attempts, order=entry.order,
    )  # fmt: skip
    entry.delete()


def waiting(entry_id: int, *, actor: User) -> CallEntry:
    """The entry, locked; RuleBroken when its calls are over or a colleague holds it."""
    rows = CallEntry.objects.editable_by(actor).select_for_update(of=("self",))
    entry = rows.select_related("candidacy__candidate", "list__vacancy").get(pk=entry_id)
    if entry.state != CallState.WAITING:
        raise RuleBroken(_("The calls to this person are over."))
    is_taken = entry.held_until and entry.held_until > timezone.now()
    if is_taken and entry.held_by_id not in (None, actor.pk):
        raise RuleBroken(
            _("%(name)s has this person on the line meanwhile.") % {"name": entry.held_by.name}
        )
    return entry
