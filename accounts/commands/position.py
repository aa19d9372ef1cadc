"""The places people hold at customers, dated: taken up, left, changed for another customer."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.account import locked as locked_account
from accounts.commands.contact import (
    check_division,
    check_open,
    locked,
    open_account,
    plain_fields,
)
from accounts.models import Account, Contact, Position
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Event, User

verbs.register(
    {
        "contact.moved": gettext_lazy("Moved to another customer"),
        "contact.move_undone": gettext_lazy("The move was taken back"),
        "contact.position_ended": gettext_lazy("Left the place"),
        "contact.position_reopened": gettext_lazy("Took up the place again"),
        "contact.position_opened": gettext_lazy("Took up a place"),
    }
)


@transaction.atomic
def end_position(*, actor: User, position_id: int, day: dt.date | None = None) -> Position:
    """`day` is their first day without the place; today when nothing is said."""
    row = _own_position(position_id, actor=actor)
    day = day or timezone.localdate()
    if row.valid_to is not None:
        raise RuleBroken(_("They have left this place already."))
    _end(row, day)
    record(
        actor=actor, verb="contact.position_ended", target=row.contact,
        account=row.account_id, day=day.isoformat(),
    )  # fmt: skip
    return row


def _own_position(position_id: int, *, actor: User) -> Position:
    rows = Position.objects.editable_by(actor).select_related("contact", "account")
    row = rows.select_for_update(of=("self",)).get(pk=position_id)
    if row.contact.merged_into_id:
        raise RuleBroken(_("This person has been merged into another record; open that one."))
    return row


def _end(row: Position, day: dt.date) -> None:
    if day <= row.valid_from:
        raise RuleBroken(_("The end must lie after the beginning."))
    row.valid_to = day
    row.save(update_fields=["valid_to"])


@transaction.atomic
def reopen_position(*, actor: User, position_id: int) -> Position:
    """Take back that somebody left."""
    row = _own_position(position_id, actor=actor)
    if row.valid_to is None:
        return row
    _reopen(row)
    record(
        actor=actor, verb="contact.position_reopened", target=row.contact, account=row.account_id
    )
    return row


def _reopen(row: Position) -> None:
    later = Position.objects.filter(contact=row.contact, account=row.account_id)
    if later.filter(valid_from__gte=row.valid_to).exists():
        raise RuleBroken(_("They have a later place at this customer."))
    row.valid_to = None
    row.save(update_fields=["valid_to"])


@transaction.atomic
def open_position(
    *, actor: User, contact_id: int, account_id: int, valid_from: dt.date | None = None, **place
) -> Position:
    """A place at (another) account beside those they hold; nothing of it exists already."""
    account = open_account(account_id, actor=actor)
    contact = locked(contact_id, actor=actor)
    row = _open(contact, account, actor, valid_from, place)
    record(actor=actor, verb="contact.position_opened", target=contact, account=account_id)
    return row


def _open(
    contact: Contact, account: Account, actor: User, valid_from: dt.date | None, place: dict
) -> Position:
    check_division(account, place.get("division"))
    if contact.positions.filter(account=account, valid_to=None).exists():
        raise RuleBroken(_("This person has a place at this account already."))
    return Position.objects.create(
        contact=contact, account=account, made_by=actor,
        valid_from=valid_from or timezone.localdate(), **plain_fields(place),
    )  # fmt: skip


@transaction.atomic
def move_contact(
    *,
    actor: User,
    contact_id: int,
    from_account_id: int,
    to_account_id: int,
    day: dt.date | None = None,
    **place,
) -> Position:
    """They leave one customer and work at another from `day` on; their story goes with them.

    Both must be the actor's (Account.DoesNotExist). Returns the new place.
    """
    if from_account_id == to_account_id:
        raise RuleBroken(_("Choose another customer."))
    ids = sorted((from_account_id, to_account_id))
    pair = {pk: locked_account(pk, actor=actor) for pk in ids}
    left, target = pair[from_account_id], check_open(pair[to_account_id])
    contact = locked(contact_id, actor=actor)
    day = day or timezone.localdate()
    rows = contact.positions.filter(account=left, valid_to=None)
    row = rows.select_for_update().first()
    if row is None:
        raise RuleBroken(_("They have left this place already."))
    _end(row, day)
    made = _open(contact, target, actor, day, {"kind": row.kind, "role": row.role, **place})
    record(
        actor=actor, verb="contact.moved", target=contact,
        left=row.pk, made=made.pk, day=day.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def undo_move(*, actor: User, position_id: int) -> Position:
    """Take back the move that made this place; returns the place they had left."""
    made = _own_position(position_id, actor=actor)
    moves = Event.objects.about(made.contact).filter(verb="contact.moved", data__made=made.pk)
    move = moves.first()
    if move is None:
        raise Position.DoesNotExist
    row = _own_position(move.data["left"], actor=actor)
    made.delete()
    if row.valid_to is not None:
        _reopen(row)
    record(actor=actor, verb="contact.move_undone", target=row.contact, account=row.account_id)
    return row
