"""Whose turn it is: an entry is taken by one conditional update, kept while the page is open."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CallState
from hiring.commands.call_list import list_for, waiting
from hiring.models import CallEntry, HiringSettings
from hiring.queries import calls as queries
from hiring.rules import call as rules
from people import verbs
from people.commands import record
from people.models import User

verbs.register({"call.skipped": gettext_lazy("Passed over in the calling list")})


def _free(now: dt.datetime) -> Q:
    return Q(held_by=None) | Q(held_until=None) | Q(held_until__lte=now)


def _until(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(minutes=HiringSettings.current().hold_minutes)


def take_next(*, actor: User, vacancy_id: int, now: dt.datetime | None = None) -> CallEntry | None:
    """The best entry that may be rung now and nobody holds; the one the actor holds already first.

    None when there is nobody: `queries.calls.progress` says why. Two who ask at once get two.
    """
    now = now or timezone.now()
    call_list = list_for(vacancy_id, actor=actor)
    entries = CallEntry.objects.editable_by(actor).filter(list=call_list, state=CallState.WAITING)
    rows = queries.standings(call_list, now, entries)
    held = queries.held(rows, actor)
    if held is not None and not held.why:
        return CallEntry.objects.get(pk=held.entry_id)
    for row in rows:
        is_open = row.held_by is None and row.may_ring(now)
        if is_open and _take(row.entry_id, actor=actor, now=now):
            return CallEntry.objects.get(pk=row.entry_id)
    return None


def _take(entry_id: int, *, actor: User, now: dt.datetime) -> bool:
    rows = CallEntry.objects.filter(_free(now), pk=entry_id, state=CallState.WAITING)
    return bool(rows.update(held_by=actor, held_until=_until(now)))


@transaction.atomic
def take_entry(*, actor: User, entry_id: int) -> CallEntry:
    """Somebody chosen by hand, also before their time; what forbids calls at all still holds."""
    entry, now = waiting(entry_id, actor=actor), timezone.now()
    rows = CallEntry.objects.filter(pk=entry.pk)
    (row,) = queries.standings(entry.list, now, rows)
    if row.why:
        raise RuleBroken(row.why)
    give_back_all(actor=actor, list_id=entry.list_id)
    if entry.held_by_id != actor.pk and not _take(entry.pk, actor=actor, now=now):
        raise RuleBroken(_("A colleague was faster: this person is being called."))
    keep_entry(actor=actor, entry_id=entry.pk)
    entry.refresh_from_db()
    return entry


def keep_entry(*, actor: User, entry_id: int) -> bool:
    """Hold it for some more minutes; False when it is no longer the actor's."""
    now = timezone.now()
    mine = CallEntry.objects.editable_by(actor).filter(
        pk=entry_id, held_by=actor, held_until__gt=now, state=CallState.WAITING
    )
    return bool(mine.update(held_until=_until(now)))


def give_back_all(*, actor: User, list_id: int) -> int:
    """Whom the actor holds of this list is free again."""
    rows = CallEntry.objects.filter(list=list_id, held_by=actor)
    return rows.update(held_by=None, held_until=None)


@transaction.atomic
def skip_entry(*, actor: User, entry_id: int, reason: str) -> CallEntry:
    """Give it back unrung: engaged, a bad moment, or for a colleague; offered again later."""
    if reason not in rules.SKIPS:
        raise RuleBroken(_("Say why this person is passed over."))
    entry, now = waiting(entry_id, actor=actor), timezone.now()
    before = entry.due_at
    entry.held_by, entry.held_until = None, None
    entry.due_at = now + rules.SKIPS[reason]
    entry.save(update_fields=["held_by", "held_until", "due_at"])
    record(
        actor=actor, verb="call.skipped", target=entry.candidacy,
        why=reason, due_at=before.isoformat(),
    )  # fmt: skip
    return entry
