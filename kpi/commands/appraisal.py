"""Judge a manager's work of a period in a word, and decide whether they read it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from kpi.choices import Mark
from kpi.models import Appraisal
from kpi.queries.scorecard.people import leads
from kpi.rules import one_to_one as rule
from people import commands as people
from people import verbs
from people.models import User, company_day

verbs.register(
    {
        "appraisal.made": gettext_lazy("Work assessed"),
        "appraisal.shared": gettext_lazy("Appraisal shown to the manager"),
        "appraisal.hidden": gettext_lazy("Appraisal no longer shown to the manager"),
    }
)


@transaction.atomic
def assess_manager(
    *,
    actor: User,
    manager: User,
    first: dt.date,
    last: dt.date,
    mark: int,
    note: str,
) -> Appraisal:
    """A new judgement; one of the same days stays behind it. The record tells neither."""
    _only_a_director(actor)
    if not leads(actor, manager):
        raise RuleBroken(_("Nobody assesses their own work."))
    if not rule.is_period(first, last, company_day()):
        raise RuleBroken(_("Choose days that have begun, at most two years of them."))
    if not note.strip():
        raise RuleBroken(_("Write what the word rests on. Nothing was kept."))
    row = Appraisal.objects.create(
        manager=manager, first=first, last=last, mark=Mark(mark), note=note.strip(), by=actor
    )
    people.record(actor=actor, verb="appraisal.made", target=row)
    return row


@transaction.atomic
def share_appraisal(*, actor: User, appraisal_id: int, is_shared: bool) -> Appraisal:
    """Show it to the manager, or no longer. Appraisal.DoesNotExist for who may not read it."""
    _only_a_director(actor)
    rows = Appraisal.objects.visible_to(actor).exclude(manager=actor)
    row = rows.select_for_update(of=("self",)).get(pk=appraisal_id)
    if bool(row.shared_at) == is_shared:
        return row
    row.shared_at = timezone.now() if is_shared else None
    row.save(update_fields=["shared_at"])
    verb = "appraisal.shared" if is_shared else "appraisal.hidden"
    people.record(actor=actor, verb=verb, target=row)
    return row


def _only_a_director(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only a sales director assesses managers."))
