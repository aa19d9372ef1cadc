"""Log, plan, tell, edit, call off and take back contacts with customers."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import TouchpointState
from accounts.commands import ties
from accounts.commands.account import locked
from accounts.commands.fact import observe
from accounts.commands.promise import make_promise
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
    promise: Mapping | None = None,
    observed: Iterable[Mapping] | None = None,
) -> tuple[Touchpoint, bool]:
    """What took place, or is planned, and whether this call made it.

    The same `key` again returns the first row and adds nothing; the key of a planned touchpoint
    tells how it went. `recorded_at` is when the device was told. The actor took part unless
    `colleague_ids` names others. DoesNotExist of Account, Contact or User for what is not there.
    `promise` holds arguments of make_promise, `observed` those of observe, once for each fact.
    """
    account = locked(account_id, actor=actor)
    known = Touchpoint.objects.filter(key=key).first()
    values = {
        "channel": channel, "at": at, "direction": direction, "tone": tone, "text": text,
        "subject": subject, "minutes": minutes, "place": place,
    }  # fmt: skip
    ours = list(colleague_ids) or [actor.pk]
    if known is not None:
        if known.account_id != account.pk:
            raise Touchpoint.DoesNotExist
        if known.state == TouchpointState.PLANNED and state == TouchpointState.DONE:
            held = hold_touchpoint(
                actor=actor, touchpoint_id=known.pk, version=known.version,
                contact_ids=contact_ids, colleague_ids=ours, recorded_at=recorded_at, **values,
            )  # fmt: skip
            _follow(held, actor=actor, promise=promise, observed=observed)
            return held, True
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
    ties.renew(account.pk, before={}, after=ties.lived_of(touchpoint))
    ties.joined_rhythm(touchpoint)
    verb = "touchpoint.logged" if state == TouchpointState.DONE else "touchpoint.planned"
    record(actor=actor, verb=verb, target=touchpoint)
    _follow(touchpoint, actor=actor, promise=promise, observed=observed)
    return touchpoint, True


def _follow(
    touchpoint: Touchpoint,
    *,
    actor: User,
    promise: Mapping | None,
    observed: Iterable[Mapping] | None,
) -> None:
    """What was agreed and seen there."""
    about = {"actor": actor, "account_id": touchpoint.account_id}
    if promise:
        day = min(ties.day_of(touchpoint), timezone.localdate())
        make_promise(**about, touchpoint=touchpoint, **{"made_on": day, **promise})
    for seen in observed or ():
        observe(**about, evidence=touchpoint, **seen)


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
    **fields,
) -> Touchpoint:
    """A planned touchpoint took place: the same row tells how it went."""
    touchpoint = locked_touchpoint(touchpoint_id, actor=actor)
    if touchpoint.state not in (TouchpointState.DONE, TouchpointState.PLANNED):
        raise RuleBroken(_("This entry was called off or taken back; bring it back first."))
    told = min(recorded_at or timezone.now(), timezone.now())
    fields["state"] = TouchpointState.DONE
    if touchpoint.state == TouchpointState.PLANNED:
        fields["recorded_at"] = told
    return _change(
        touchpoint, actor=actor, version=version, verb="touchpoint.held",
        contact_ids=contact_ids, colleague_ids=colleague_ids, fields=fields,
    )  # fmt: skip


def _change(
    touchpoint: Touchpoint,
    *,
    actor: User,
    version: int,
    verb: str,
    contact_ids: Iterable[int] | None,
    colleague_ids: Iterable[int] | None,
    fields: Mapping,
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
    record(actor=actor, verb=verb, target=touchpoint, changes=changes)
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
        ties.renew(touchpoint.account_id, before=before, after=after)
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
