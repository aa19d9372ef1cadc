"""What comes of a touchpoint, made in its transaction: task, promise, facts, files."""

from collections.abc import Iterable, Mapping

from django.core.files.base import File as DjangoFile
from django.utils import timezone

from accounts.commands.fact import observe
from accounts.commands.file import attach_file
from accounts.commands.promise import make_promise
from accounts.commands.task import create_task
from accounts.commands.ties import day_of
from accounts.models import Account, Touchpoint
from accounts.queries.tasks import possible_owners
from people.models import User


def owner_of(owner_id: int, *, account: Account, actor: User) -> User:
    """Who is to take the next step; somebody it cannot be given to is not named to the asker."""
    return possible_owners(actor, account).get(pk=owner_id)


def follow(
    touchpoint: Touchpoint,
    *,
    actor: User,
    next_step: Mapping | None,
    promise: Mapping | None,
    observed: Iterable[Mapping] | None,
    files: Iterable[DjangoFile] = (),
) -> None:
    """What was agreed and seen there, and what is to be done now."""
    about = {"actor": actor, "account_id": touchpoint.account_id}
    if next_step:
        owner_id = next_step.get("owner_id")
        create_task(
            **about, touchpoint=touchpoint, title=next_step["title"], due=next_step.get("due"),
            owner=owner_of(owner_id, account=touchpoint.account, actor=actor) if owner_id else None,
            contact_id=next_step.get("contact_id"),
        )  # fmt: skip
    if promise:
        day = min(day_of(touchpoint), timezone.localdate())
        make_promise(**about, touchpoint=touchpoint, **{"made_on": day, **promise})
    for seen in observed or ():
        observe(**about, evidence=touchpoint, **seen)
    for upload in files:
        attach_file(**about, upload=upload, touchpoint=touchpoint)
