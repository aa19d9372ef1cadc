"""How long a trial may last and what notice ends it, by country: dated notes, no advice."""

import datetime as dt
import json
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.models import Probation, ProbationLimit
from people import verbs
from people.commands import record
from people.models import Event, User

STARTING_SET = Path(__file__).parent.parent / "probation_limits.json"
FIELDS = ("country", "case", "most_days", "notice_days", "in_writing", "source", "on")

verbs.register(
    {
        "probation.limit_saved": gettext_lazy("A limit of probations was saved"),
        "probation.limit_removed": gettext_lazy("A limit of probations was removed"),
    }
)


@transaction.atomic
def install_limits() -> int:
    """Bring the limits a company starts from, if it has none; how many."""
    if ProbationLimit.objects.exists():
        return 0
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    made = ProbationLimit.objects.bulk_create(
        ProbationLimit(**row, is_shipped=True) for row in rows
    )
    return len(made)


@transaction.atomic
def save_limit(*, actor: User, limit_id: int | None = None, **fields) -> ProbationLimit:
    """Enter a limit, or correct one; what is corrected is no longer the shipped figure."""
    _check(actor)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a limit: {sorted(unknown)}")
    row = ProbationLimit()
    if limit_id is not None:
        row = ProbationLimit.objects.select_for_update().get(pk=limit_id)
        row.version += 1
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.is_shipped = False
    row.country = row.country.upper()
    if len(row.country) != 2 or not row.country.isalpha():
        raise RuleBroken(_("Choose a country."))
    if not row.source:
        raise RuleBroken(_("Say where the limit stands written."))
    if row.most_days is not None and not 1 <= row.most_days <= 730:
        raise RuleBroken(_("A trial lasts from one day to two years."))
    if row.on is None or row.on > timezone.localdate():
        raise RuleBroken(_("Say as of which day this was looked up: today or earlier."))
    _put(row)
    record(actor=actor, verb="probation.limit_saved", target=row)
    return row


def _put(row: ProbationLimit) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleBroken(_("There is a limit for this country and case already.")) from error


@transaction.atomic
def remove_limit(*, actor: User, limit_id: int) -> Event:
    """RuleBroken while a probation refers to it; the event says all that puts it back."""
    _check(actor)
    row = ProbationLimit.objects.select_for_update().get(pk=limit_id)
    if Probation.objects.filter(limit=row).exists():
        raise RuleBroken(_("Probations refer to this limit; correct it instead."))
    kept = {name: getattr(row, name) for name in (*FIELDS, "is_shipped")}
    kept["on"] = row.on.isoformat()
    event = record(actor=actor, verb="probation.limit_removed", target=row, kept=kept)
    row.delete()
    return event


@transaction.atomic
def restore_limit(*, actor: User, event_id: int) -> ProbationLimit:
    """The limit whose removal the event notes; RuleBroken where another took its place."""
    _check(actor)
    events = Event.objects.filter(verb="probation.limit_removed", data__has_key="kept")
    event = events.get(pk=event_id)
    there = ProbationLimit.objects.filter(pk=event.target_id).first()
    if there:
        return there
    row = ProbationLimit(pk=event.target_id, **event.data["kept"])
    row.on = dt.date.fromisoformat(str(row.on))
    _put(row)
    record(actor=actor, verb="probation.limit_saved", target=row)
    return row


def _check(actor: User) -> None:
    if not actor.hires:
        raise RuleBroken(_("Only recruiters and directors change the limits of probations."))
