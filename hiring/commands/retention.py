"""The clock that deletes: every candidate whose time is over, and old drafts."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.commands.erasure import RETENTION, ask_erasure, run_erasure
from hiring.commands.file import delete_removed_files
from hiring.commands.own import purge_corrections
from hiring.models import Candidate, Draft, Erasure, LegalHold
from hiring.queries.retention import clocks, may_be_due
from people import commands as people
from people import verbs
from people.models import User, company_day, company_zone

verbs.register(
    {
        "legalhold.made": gettext_lazy("Data held: %(reason)s"),
        "legalhold.ended": gettext_lazy("The hold on the data was ended"),
    }
)
BATCH = 500
DRAFTS_LIVE = dt.timedelta(days=7)


def due_candidates(*, now: dt.datetime) -> list[int]:
    """Numbers of those whose last day has come, by the company's calendar."""
    day = timezone.localdate(now, company_zone())
    due, last = [], 0
    while batch := list(may_be_due().filter(pk__gt=last)[:BATCH]):
        kept = clocks(batch, now=now)
        due += [candidate.pk for candidate in batch if kept[candidate.pk].is_due(day)]
        last = batch[-1].pk
    return due


def erase_due(*, now: dt.datetime | None = None) -> int:
    """Erase those whose time is over, take up again what was interrupted; how many."""
    now = now or timezone.now()
    Draft.objects.filter(saved_at__lt=now - DRAFTS_LIVE).delete()
    purge_corrections(now=now)
    delete_removed_files(now=now)
    unfinished = Erasure.objects.filter(because=RETENTION, done_at=None)
    waiting = set(unfinished.values_list("pk", flat=True))
    for number in due_candidates(now=now):
        try:
            waiting.add(ask_erasure(candidate_id=number, because=RETENTION).pk)
        except (RuleBroken, Candidate.DoesNotExist):  # held, or gone, since it was counted
            continue
    for number in sorted(waiting):
        run_erasure(number)
    return len(waiting)


@transaction.atomic
def hold_data(
    *, actor: User, candidate_id: int, reason: str, until: dt.date | None = None
) -> LegalHold:
    """Keep somebody's data beyond its time, for a reason the law accepts."""
    candidate = Candidate.objects.editable_by(actor).get(pk=candidate_id)
    reason = " ".join(reason.replace("\x00", "").split())[:400]
    if not reason:
        raise RuleBroken(_("Say why the data has to be kept."))
    if until and until < company_day():
        raise RuleBroken(_("The day lies in the past."))
    row = LegalHold.objects.create(candidate=candidate, reason=reason, until=until, made_by=actor)
    people.record(actor=actor, verb="legalhold.made", target=row, reason=reason)
    return row


@transaction.atomic
def end_hold(*, actor: User, hold_id: int) -> LegalHold:
    own = Candidate.objects.editable_by(actor)
    row = (
        LegalHold.objects.filter(candidate__in=own).select_for_update(of=("self",)).get(pk=hold_id)
    )
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        people.record(actor=actor, verb="legalhold.ended", target=row)
    return row
