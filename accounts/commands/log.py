"""An entry of the phone log becomes a touchpoint, exactly once, whatever happened meanwhile."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.choices import PromiseState, TouchpointState
from accounts.commands.account import locked
from accounts.commands.contact import create_contact
from accounts.commands.promise import make_promise, settle_promise
from accounts.commands.task import create_task, drop_task
from accounts.commands.touchpoint import (
    edit_touchpoint,
    log_touchpoint,
    remove_touchpoint,
    restore_touchpoint,
)
from accounts.commands.touchpoint_follow import owner_of
from accounts.models import Account, Touchpoint
from people.models import User


@transaction.atomic
def log_entry(
    *,
    actor: User,
    key: uuid.UUID,
    account_id: int,
    contact_ids: Iterable[int] = (),
    new_people: Iterable[str] = (),
    **told: object,
) -> tuple[Touchpoint, bool]:
    """As log_touchpoint; people named for the first time are created with it.

    Of an account that was merged meanwhile, the one it became is meant. A plan called off meanwhile
    comes back: the person who was there knows better.
    """
    account = locked(survivor_of(account_id), actor=actor)
    known = Touchpoint.objects.filter(key=key, account=account).first()
    if known is not None and known.state == TouchpointState.CANCELLED:
        known = restore_touchpoint(actor=actor, touchpoint_id=known.pk)
    ids = list(contact_ids)
    if known is None or known.state == TouchpointState.PLANNED:
        ids += created(new_people, account=account, actor=actor)
    return log_touchpoint(actor=actor, key=key, account_id=account.pk, contact_ids=ids, **told)


@transaction.atomic
def edit_entry(
    *,
    actor: User,
    key: uuid.UUID,
    version: int,
    contact_ids: Iterable[int] = (),
    new_people: Iterable[str] = (),
    next_step: Mapping | None = None,
    promise: Mapping | None = None,
    **told: object,
) -> Touchpoint:
    """Change what was sent before; Conflict when somebody else has changed it since.

    A next step and a promise are added unless the touchpoint has them, by their words.
    """
    touchpoint = Touchpoint.objects.editable_by(actor).select_related("account").get(key=key)
    locked(touchpoint.account_id, actor=actor)
    ids = [*contact_ids, *created(new_people, account=touchpoint.account, actor=actor)]
    touchpoint = edit_touchpoint(
        actor=actor, touchpoint_id=touchpoint.pk, version=version, contact_ids=ids, **told
    )
    about = {"actor": actor, "account_id": touchpoint.account_id, "touchpoint": touchpoint}
    if next_step and not touchpoint.next_steps.filter(title=next_step["title"]).exists():
        owner = owner_of(next_step["owner_id"], account=touchpoint.account, actor=actor)
        create_task(**about, title=next_step["title"], due=next_step["due"], owner=owner)
    if promise and not touchpoint.promises.filter(text=promise["text"]).exists():
        make_promise(**about, **promise)
    return touchpoint


@transaction.atomic
def take_back_entry(*, actor: User, key: uuid.UUID, may_miss: bool = False) -> Touchpoint | None:
    """A slip of the thumb: the touchpoint goes, and with it the next step and promise it brought.

    Only by who wrote it; Touchpoint.DoesNotExist for others, or nothing if it `may_miss`. Twice is
    once.
    """
    touchpoint = Touchpoint.objects.editable_by(actor).filter(key=key, author=actor).first()
    if touchpoint is None and may_miss:
        return None
    if touchpoint is None:
        raise Touchpoint.DoesNotExist
    locked(touchpoint.account_id, actor=actor)
    touchpoint.refresh_from_db()
    if touchpoint.state == TouchpointState.REMOVED:
        return touchpoint
    for task in touchpoint.next_steps.open():
        drop_task(actor=actor, task_id=task.pk)
    for promise in touchpoint.promises.open():
        settle_promise(actor=actor, promise_id=promise.pk, state=PromiseState.RELEASED)
    return remove_touchpoint(actor=actor, touchpoint_id=touchpoint.pk)


def created(names: Iterable[str], *, account: Account, actor: User) -> list[int]:
    """New people by name alone; somebody of that very name at the account is who is meant."""
    ids = []
    for name in names:
        place = account.positions.open_ended().filter(contact__name__iexact=name).first()
        ids.append(
            place.contact_id
            if place
            else create_contact(actor=actor, account_id=account.pk, name=name).pk
        )
    return ids


def survivor_of(account_id: int) -> int:
    """The account itself, or what it was merged into, however often."""
    for _step in range(20):
        into = Account.objects.filter(pk=account_id).values_list("merged_into", flat=True).first()
        if into is None:
            break
        account_id = into
    return account_id


def step_of(
    title: str, due: dt.date | None, owner_id: int | None, *, actor: User
) -> dict[str, object] | None:
    """The next step in the shape log_touchpoint takes; nothing without a title."""
    return {"title": title, "due": due, "owner_id": owner_id or actor.pk} if title else None
