"""A plan goes to another day of the week, and back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import TouchpointState
from accounts.commands.touchpoint import edit_touchpoint
from accounts.commands.touchpoint_parts import locked_touchpoint
from accounts.models import Touchpoint
from common.errors import RuleBroken
from people.models import Event, User


@transaction.atomic
def move_touchpoint(*, actor: User, touchpoint_id: int, day: dt.date) -> Touchpoint:
    """To the same hour of `day`, by the actor's clock; DoesNotExist for what is not theirs."""
    touchpoint = _planned(touchpoint_id, actor=actor)
    if day < timezone.localdate():
        raise RuleBroken(_("Choose today or a later day."))
    here = timezone.localtime(touchpoint.at)
    at = here.replace(year=day.year, month=day.month, day=day.day)
    return edit_touchpoint(
        actor=actor, touchpoint_id=touchpoint.pk, version=touchpoint.version, at=at
    )


@transaction.atomic
def move_touchpoint_back(*, actor: User, touchpoint_id: int) -> Touchpoint:
    """Undo of the actor's own move, as long as it is the last that happened to the plan."""
    touchpoint = _planned(touchpoint_id, actor=actor)
    last = Event.objects.about(touchpoint).first()
    changes = last.data.get("changes", {}) if last and last.actor_id == actor.pk else {}
    if set(changes) != {"at"}:
        raise RuleBroken(_("This has been taken back already."))
    return edit_touchpoint(
        actor=actor, touchpoint_id=touchpoint.pk, version=touchpoint.version,
        at=dt.datetime.fromisoformat(changes["at"][0]),
    )  # fmt: skip


def _planned(touchpoint_id: int, *, actor: User) -> Touchpoint:
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state != TouchpointState.PLANNED:
        raise RuleBroken(_("Only what is planned can be moved."))
    return touchpoint
