"""Log, plan, tell, edit, call off and take back contacts with customers."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import TouchpointState
from accounts.commands import ties
from accounts.commands.account import locked
from accounts.commands.touchpoint_follow import follow
from accounts.commands.touchpoint_parts import (
    Conflict,
    checked,
    colleagues_of,
    contacts_of,
    lateness,
    locked_touchpoint,
    renew_search_text,
    set_colleagues,
    set_contacts,
)
from accounts.models import Contact, Touchpoint
from accounts.rules import touchpoint as rules
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Event, User

__all__ = [
    "Conflict", "cancel_touchpoint", "edit_touchpoint", "hold_touchpoint", "log_touchpoint",
    "remove_touchpoint", "restore_touchpoint",
]  # fmt: skip

verbs.register(
    {
        "touchpoint.logged": gettext_lazy("Touchpoint logged"),
        "touchpoint.planned": gettext_lazy("Touchpoint planned"),
        "touchpoint.held": gettext_lazy("A planned touchpoint took place"),
        "touchpoint.edited": gettext_lazy("Touchpoint changed"),
        "touchpoint.cancelled": gettext_lazy("Touchpoint called off"),
        "touchpoint.removed": gettext_lazy("Touchpoint taken back"),
        "touchpoint.restored": gettext_lazy("Touchpoint brought back"),
    }
)


@transaction.atomic
def log_touchpoint(
    *,
    actor: User,
    key: uuid.UUID | str,
    account_id: int,
    channel: str,
    at: dt.datetime,
    contact_ids: Iterable[int] = (),
    colleague_ids: Iterable[int] = (),
    direction: str = "both",
    tone: int | None = None,
    text: str = "",
    subject: str = "",
    minutes: int | None = None,
    place: str = "",
    state: str = TouchpointState.DONE,
    recorded_at: dt.datetime | None = None,
    next_step: Mapping | None = None,
    promise: Mapping | None = None,
    observed: Iterable[Mapping] | None = None,
    files: Iterable[DjangoFile] = (),
) -> tuple[Touchpoint, bool]:
    """What took place, or is planned, and whether this call made it.

    The same `key` again returns the first row and adds nothing; the key of a planned touchpoint
    tells how it went (Conflict when somebody else has told it). `recorded_at` is when the device
    was told. The actor took part unless `colleague_ids` names others.
    `next_step` holds title, due and owner_id of a task, `promise` arguments of make_promise,
    `observed` those of observe, once for each fact; `files` are uploads to attach.
    DoesNotExist of Account, Contact or User for what is not there.
    """
    account = locked(account_id, actor=actor)
    known = Touchpoint.objects.filter(key=key).first()
    values = {
        "channel": channel, "at": at, "direction": direction, "tone": tone, "text": text,
        "subject": subject, "minutes": minutes, "place": place,
    }  # fmt: skip
    came = {"next_step": next_step, "promise": promise, "observed": observed}
    ours = list(colleague_ids) or [actor.pk]
    if known is not None:
        if known.account_id != account.pk:
            raise Touchpoint.DoesNotExist
        if known.state == TouchpointState.PLANNED and state == TouchpointState.DONE:
            held = hold_touchpoint(
                actor=actor, touchpoint_id=known.pk, version=known.version, files=files,
                contact_ids=contact_ids, colleague_ids=ours, recorded_at=recorded_at,
                **came, **values,
            )  # fmt: skip
            return held, True
        if recorded_at and state == TouchpointState.DONE and _told_otherwise(known, recorded_at):
            raise Conflict(known)
        return known, False
    if state not in (TouchpointState.DONE, TouchpointState.PLANNED):
        raise RuleBroken(_("Choose one of the values offered."))
    values = checked(values, state)
    told = min(recorded_at or timezone.now(), timezone.now())
    touchpoint = Touchpoint(
        key=key, account=account, author=actor, state=state, recorded_at=told,
        late_hours=lateness(at, minutes, told, state), **values,
    )  # fmt: skip
    renew_search_text(touchpoint)
    contacts, colleagues = contacts_of(account.pk, contact_ids), colleagues_of(ours)
    touchpoint.save()
    set_contacts(touchpoint, contacts)
    set_colleagues(touchpoint, colleagues)
    ties.renew(touchpoint, before={}, after=ties.lived_of(touchpoint))
    ties.renew_rhythm(account.pk)
    verb = "touchpoint.logged" if state == TouchpointState.DONE else "touchpoint.planned"
    record(actor=actor, verb=verb, target=touchpoint)
    follow(touchpoint, actor=actor, files=files, **came)
    return touchpoint, True


@transaction.atomic
def edit_touchpoint(
    *,
    actor: User,
    touchpoint_id: int,
    version: int,
    contact_ids: Iterable[int] | None = None,
    colleague_ids: Iterable[int] | None = None,
    **fields,
) -> Touchpoint:
    """Change what was told or planned. Raises Conflict when `version` is not the current one.

    Whoever sends what already stands (a double click) is told of no conflict.
    """
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state not in (TouchpointState.DONE, TouchpointState.PLANNED):
        raise RuleBroken(_("This entry was called off or taken back; bring it back first."))
    return _change(
        touchpoint, actor=actor, version=version, verb="touchpoint.edited",
        contact_ids=contact_ids, colleague_ids=colleague_ids, fields=fields,
    )  # fmt: skip


@transaction.atomic
def hold_touchpoint(
    *,
    actor: User,
    touchpoint_id: int,
    version: int,
    contact_ids: Iterable[int] | None = None,
    colleague_ids: Iterable[int] | None = None,
    recorded_at: dt.datetime | None = None,
    next_step: Mapping | None = None,
    promise: Mapping | None = None,
    observed: Iterable[Mapping] | None = None,
    files: Iterable[DjangoFile] = (),
    **fields,
) -> Touchpoint:
    """A planned touchpoint took place: the same row tells how it went, and what comes of it.

    Conflict when somebody has told it otherwise meanwhile.
    """
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state not in (TouchpointState.DONE, TouchpointState.PLANNED):
        raise RuleBroken(_("This entry was called off or taken back; bring it back first."))
    told = min(recorded_at or timezone.now(), timezone.now())
    fields["state"] = TouchpointState.DONE
    is_first = touchpoint.state == TouchpointState.PLANNED
    if is_first:
        fields["recorded_at"] = told
    touchpoint = _change(
        touchpoint, actor=actor, version=version, verb="touchpoint.held",
        contact_ids=contact_ids, colleague_ids=colleague_ids, fields=fields,
        told=recorded_at and recorded_at.isoformat(),
    )  # fmt: skip
    if is_first:
        follow(
            touchpoint, actor=actor, next_step=next_step, promise=promise, observed=observed,
            files=files,
        )  # fmt: skip
    return touchpoint


def _told_otherwise(touchpoint: Touchpoint, recorded_at: dt.datetime) -> bool:
    """Whether a plan was told by another device or person than the one that now tells it."""
    held = Event.objects.about(touchpoint).filter(verb="touchpoint.held").first()
    return held is not None and held.data.get("told") != recorded_at.isoformat()


def _change(
    touchpoint: Touchpoint,
    *,
    actor: User,
    version: int,
    verb: str,
    contact_ids: Iterable[int] | None,
    colleague_ids: Iterable[int] | None,
    fields: Mapping,
    **said: object,
) -> Touchpoint:
    unknown = set(fields) - {*rules.FIELDS, "state", "recorded_at"}
    if unknown:
        raise TypeError(f"not fields of a touchpoint that people fill in: {sorted(unknown)}")
    state = fields.get("state", touchpoint.state)
    values = checked({"at": touchpoint.at, **fields}, state)
    changed = {name: new for name, new in values.items() if getattr(touchpoint, name) != new}
    people = _people(touchpoint, contact_ids, colleague_ids)
    theirs, new_theirs, ours, new_ours = people
    if not changed and new_theirs == theirs and new_ours == ours:
        return touchpoint
    if touchpoint.version != version:
        raise Conflict(touchpoint)
    before = ties.lived_of(touchpoint)
    changes = {
        name: [_plain(getattr(touchpoint, name)), _plain(new)] for name, new in changed.items()
    }
    changes |= _named(*people)
    _save(touchpoint, changed)
    if new_theirs != theirs:
        set_contacts(touchpoint, new_theirs)
    if new_ours != ours:
        set_colleagues(touchpoint, new_ours)
    _carry_over(touchpoint, before)
    changes.pop("recorded_at", None)
    record(actor=actor, verb=verb, target=touchpoint, changes=changes, **said)
    return touchpoint


def _people(
    touchpoint: Touchpoint,
    contact_ids: Iterable[int] | None,
    colleague_ids: Iterable[int] | None,
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Theirs before and after, in order of importance; ours before and after, sorted."""
    theirs = new_theirs = list(touchpoint.presences.values_list("contact", flat=True))
    ours = new_ours = sorted(touchpoint.attendances.values_list("colleague", flat=True))
    if contact_ids is not None:
        new_theirs = contacts_of(touchpoint.account_id, contact_ids)
    if colleague_ids is not None:
        new_ours = sorted(colleagues_of(colleague_ids, already=ours))
    return theirs, new_theirs, ours, new_ours


def _save(touchpoint: Touchpoint, changed: Mapping) -> None:
    for name, new in changed.items():
        setattr(touchpoint, name, new)
    touchpoint.late_hours = lateness(
        touchpoint.at, touchpoint.minutes, touchpoint.recorded_at, touchpoint.state
    )
    renew_search_text(touchpoint)
    touchpoint.version += 1
    touchpoint.save(update_fields=[*changed, "late_hours", "search_text", "version"])


def _plain(value: object) -> str | int | None:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _named(theirs: list[int], new_theirs: list[int], ours: list[int], new_ours: list[int]) -> dict:
    """Who took part before and after, by name, so that it can be read when they are gone."""
    changes = {}
    if theirs != new_theirs:
        names = dict(Contact.objects.filter(pk__in=theirs + new_theirs).values_list("pk", "name"))
        changes["contacts"] = [[names[pk] for pk in ids] for ids in (theirs, new_theirs)]
    if ours != new_ours:
        names = dict(User.objects.filter(pk__in=ours + new_ours).values_list("pk", "name"))
        changes["colleagues"] = [[names[pk] for pk in ids] for ids in (ours, new_ours)]
    return changes


def _carry_over(touchpoint: Touchpoint, before: dict) -> None:
    """Ties and rhythm after a change of any kind."""
    after = ties.lived_of(touchpoint)
    if before != after:
        ties.renew(touchpoint, before=before, after=after)
    ties.renew_rhythm(touchpoint.account_id)


@transaction.atomic
def cancel_touchpoint(*, actor: User, touchpoint_id: int) -> Touchpoint:
    """What was planned will not take place."""
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state != TouchpointState.PLANNED:
        raise RuleBroken(_("Only what is planned can be called off."))
    return _put_away(touchpoint, TouchpointState.CANCELLED, actor=actor)


@transaction.atomic
def remove_touchpoint(*, actor: User, touchpoint_id: int) -> Touchpoint:
    """Take back what was logged by mistake; it leaves timelines and ties, and can come back."""
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state not in (TouchpointState.DONE, TouchpointState.PLANNED):
        raise RuleBroken(_("This entry was called off or taken back already."))
    return _put_away(touchpoint, TouchpointState.REMOVED, actor=actor)


def _put_away(touchpoint: Touchpoint, state: TouchpointState, *, actor: User) -> Touchpoint:
    was, before = touchpoint.state, ties.lived_of(touchpoint)
    _set_state(touchpoint, state)
    _carry_over(touchpoint, before)
    record(actor=actor, verb=f"touchpoint.{state}", target=touchpoint, was=was)
    return touchpoint


def _set_state(touchpoint: Touchpoint, state: str) -> None:
    touchpoint.state = state
    touchpoint.version += 1
    touchpoint.save(update_fields=["state", "version"])


@transaction.atomic
def restore_touchpoint(*, actor: User, touchpoint_id: int) -> Touchpoint:
    """Undo of calling off and of taking back: it is again what it was."""
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state not in (TouchpointState.CANCELLED, TouchpointState.REMOVED):
        raise RuleBroken(_("This entry is there; there is nothing to bring back."))
    put_away = Event.objects.about(touchpoint).filter(verb=f"touchpoint.{touchpoint.state}")
    _set_state(touchpoint, put_away.latest("pk").data["was"])
    _carry_over(touchpoint, {})
    record(actor=actor, verb="touchpoint.restored", target=touchpoint)
    return touchpoint
