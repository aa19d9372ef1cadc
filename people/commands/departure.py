"""Somebody leaves. What they answered for is settled in accounts before the sign-in is closed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from people import verbs
from people.choices import DepartureKind, Role
from people.commands.event import record
from people.commands.person import ask_replaceable, close_sign_in
from people.commands.session import end_sessions
from people.models import Departure, RoleGrant, User, company_day

LONGEST = dt.timedelta(days=366)
WITH_CUSTOMERS = (Role.KAM, Role.ASSISTANT)

verbs.register(
    {
        "user.departure_noted": gettext_lazy("Leaving was noted"),
        "user.departure_changed": gettext_lazy("The last day was changed"),
        "user.departure_cancelled": gettext_lazy("Stays after all"),
        "user.departed": gettext_lazy("Left: nothing of theirs works any more"),
        "user.departure_undone": gettext_lazy("Leaving was taken back"),
    }
)


@transaction.atomic
def note_departure(
    *, actor: User, user: User, last_day: dt.date, kind: str, note: str = "",
    is_sudden: bool = False,
) -> Departure:  # fmt: skip
    """`user` works here until `last_day`, or (sudden) no longer; `close_departure` ends rights."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors note that somebody leaves."))
    if actor.pk == user.pk:
        raise RuleBroken(_("Let another director note this: you hand over to them."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise RuleBroken(_("The sign-in of this person is closed already."))
    ask_replaceable(user)
    if not is_sudden:
        _ask_day(last_day)
    values = {
        "kind": kind, "last_day": last_day, "note": note.strip()[:400], "is_sudden": is_sudden,
    }  # fmt: skip
    row = Departure.objects.filter(user=user, closed_at=None, cancelled_at=None).first()
    if row is not None and not is_sudden:
        raise RuleBroken(_("This person's leaving is noted already."))
    if row is None:
        row = Departure(user=user, made_by=actor)
    else:
        row.version += 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(actor=actor, verb="user.departure_noted", target=user)
    return row


def _ask_day(last_day: dt.date) -> None:
    today = company_day()
    if not today <= last_day <= today + LONGEST:
        raise RuleBroken(_("Choose a last day from today on, within a year."))


@transaction.atomic
def change_departure(
    *, actor: User, departure_id: int, last_day: dt.date, kind: str, note: str = ""
) -> Departure:
    row = _open(departure_id, actor)
    _ask_day(last_day)
    row.last_day, row.kind, row.note = last_day, kind, note.strip()[:400]
    row.version += 1
    row.save(update_fields=["last_day", "kind", "note", "version"])
    record(actor=actor, verb="user.departure_changed", target=row.user)
    return row


@transaction.atomic
def cancel_departure(*, actor: User, departure_id: int) -> Departure:
    """They stay after all; nothing has been taken from them yet."""
    row = _open(departure_id, actor)
    row.cancelled_at = timezone.now()
    row.version += 1
    row.save(update_fields=["cancelled_at", "version"])
    record(actor=actor, verb="user.departure_cancelled", target=row.user)
    return row


def _open(departure_id: int, actor: User) -> Departure:
    if not actor.is_director:
        raise RuleBroken(_("Only directors note that somebody leaves."))
    row = Departure.objects.select_for_update(of=("self",)).get(pk=departure_id)
    if row.closed_at is not None:
        raise RuleBroken(_("They have left already."))
    if row.cancelled_at is not None:
        raise RuleBroken(_("This was called off already."))
    return row


@transaction.atomic
def close_departure(*, actor: User | None, departure: Departure) -> dict:
    """Sign-in, sessions and invitations end; who moves to other work loses the roles with
    customers instead. What `reopen_departure` needs to take it back."""
    user = User.objects.select_for_update().get(pk=departure.user_id)
    undo: dict = {"was_active": user.is_active, "roles": []}
    if departure.kind == DepartureKind.MOVED and not departure.is_sudden:
        grants = user.role_grants.filter(role__in=WITH_CUSTOMERS)
        undo["roles"] = sorted(grants.values_list("role", flat=True))
        grants.delete()
        end_sessions(user=user)
    elif user.is_active:
        close_sign_in(actor=actor, user=user)
    departure.closed_at = timezone.now()
    departure.save(update_fields=["closed_at"])
    return undo


@transaction.atomic
def reopen_departure(*, actor: User, departure: Departure, undo: dict) -> None:
    """The sign-in works again; sessions and invitations that ended stay ended."""
    user = User.objects.select_for_update().get(pk=departure.user_id)
    if undo["was_active"] and not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    held = set(user.role_grants.values_list("role", flat=True))
    missing = [role for role in undo["roles"] if role not in held]
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in missing)
    departure.cancelled_at = timezone.now()
    departure.version += 1
    departure.save(update_fields=["cancelled_at", "version"])
    record(actor=actor, verb="user.departure_undone", target=user)
