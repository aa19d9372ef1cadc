"""Times away: planned, made longer or shorter, called off. Who stands in follows in accounts."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.errors import RuleBroken
from people import verbs
from people.commands.event import apply_changes, record
from people.models import Absence, User, company_day
from people.queries.staff import may_plan_for
from people.rules import AbsenceRefusal, absence_refusal

verbs.register(
    {
        "user.absence_planned": gettext_lazy("An absence was noted"),
        "user.absence_changed": gettext_lazy("An absence was changed"),
        "user.absence_cancelled": gettext_lazy("An absence was called off"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first."""

    def __init__(self):
        super().__init__(_("Somebody else has changed this absence since you opened it."))


def _words(refusal: AbsenceRefusal) -> str:
    return {
        AbsenceRefusal.NO_LENGTH: _("The first day back must lie after the first day away."),
        AbsenceRefusal.TOO_LONG: _("An absence lasts two years at most."),
        AbsenceRefusal.LONG_PAST: _("Absences are noted up to a month back."),
        AbsenceRefusal.BEGUN: _("It has begun already: only its end can be changed."),
        AbsenceRefusal.PAST: _("The past is not rewritten: choose today or a later day."),
        AbsenceRefusal.OVER: _("This absence is over already."),
    }[refusal]


@transaction.atomic
def plan_absence(
    *, actor: User, user: User, start: dt.date, to: dt.date, kind: str, note: str = ""
) -> Absence:
    """`user` is away from `start`; `to` is the first day back. By oneself, one's lead, a director.

    The record tells only that there is one: why and when is for those three alone.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    _ask_may_note(actor, user)
    refusal = absence_refusal(start=start, to=to, today=company_day())
    if refusal:
        raise RuleBroken(_words(refusal))
    _ask_alone(user, start, to)
    row = Absence.objects.create(
        user=user, kind=kind, valid_from=start, valid_to=to, note=_short(note), made_by=actor
    )
    record(actor=actor, verb="user.absence_planned", target=user)
    return row


@transaction.atomic
def change_absence(
    *, actor: User, absence_id: int, version: int | None = None, start: dt.date, to: dt.date,
    kind: str, note: str = "",
) -> Absence:  # fmt: skip
    """Other days, kind or note; what has begun keeps its beginning. Conflict: `version` is old."""
    row = _locked(absence_id, actor)
    if version is not None and row.version != version:
        raise Conflict
    if row.cancelled_at is not None:
        raise RuleBroken(_("This absence was called off."))
    was = (row.valid_from, row.valid_to)
    refusal = absence_refusal(start=start, to=to, today=company_day(), was=was)
    if refusal:
        raise RuleBroken(_words(refusal))
    _ask_alone(row.user, start, to, but=row.pk)
    values = {"valid_from": start, "valid_to": to, "kind": kind, "note": _short(note)}
    if apply_changes(row, values):
        row.version += 1
        row.save(update_fields=["version"])
        record(actor=actor, verb="user.absence_changed", target=row.user)
    return row


@transaction.atomic
def cancel_absence(*, actor: User | None, absence_id: int) -> Absence:
    """It does not take place, or (begun) is over as of today. `actor` None: the system."""
    row = _locked(absence_id, actor)
    today = company_day()
    if row.cancelled_at is not None:
        return row
    if row.valid_to <= today:
        raise RuleBroken(_words(AbsenceRefusal.OVER))
    row.cancelled_at = timezone.now()
    row.version += 1
    fields = ["cancelled_at", "version"]
    if row.valid_from < today:
        row.valid_to, row.cancelled_at = today, None
        fields.append("valid_to")
    row.save(update_fields=fields)
    record(actor=actor, verb="user.absence_cancelled", target=row.user)
    return row


@transaction.atomic
def restore_absence(*, actor: User, absence_id: int) -> Absence:
    """It takes place after all: undo of calling off one that had not begun."""
    row = _locked(absence_id, actor)
    if row.cancelled_at is None:
        return row
    if row.valid_to <= company_day():
        raise RuleBroken(_words(AbsenceRefusal.OVER))
    _ask_may_note(actor, row.user)
    _ask_alone(row.user, row.valid_from, row.valid_to, but=row.pk)
    row.cancelled_at = None
    row.version += 1
    row.save(update_fields=["cancelled_at", "version"])
    record(actor=actor, verb="user.absence_planned", target=row.user)
    return row


def _ask_may_note(actor: User, user: User) -> None:
    """Whoever has left is not away any more."""
    if not user.is_active or not may_plan_for(actor, user):
        raise RuleBroken(_("Only they themselves, their lead or a director may note this."))


def _locked(absence_id: int, actor: User | None) -> Absence:
    """Absence.DoesNotExist when the actor may not change it."""
    rows = Absence.objects.all() if actor is None else Absence.objects.visible_to(actor)
    rows = rows.select_for_update(of=("self",)).select_related("user")
    return rows.get(pk=absence_id)


def _ask_alone(user: User, start: dt.date, to: dt.date, but: int | None = None) -> None:
    rows = Absence.objects.live().filter(user=user).between(start, to).exclude(pk=but)
    other = rows.first()
    if other:
        words = _("There is an absence already from %(start)s to %(to)s: change that one.")
        last = other.valid_to - dt.timedelta(days=1)
        raise RuleBroken(words % {"start": formats.day(other.valid_from), "to": formats.day(last)})


def _short(note: str) -> str:
    return " ".join(note.replace("\x00", "").split())[:300]
