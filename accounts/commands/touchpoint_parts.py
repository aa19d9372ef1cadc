"""What the commands of touchpoints share: the lock, the checks, who took part, what follows."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Channel, Direction, Tone, TouchpointState
from accounts.commands.account import locked
from accounts.models import (
    Contact,
    FieldSettings,
    Position,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from accounts.rules import search
from accounts.rules import touchpoint as rules
from common.errors import RuleBroken
from people.models import User

LENGTHS = {"text": 8000, "subject": 200, "place": 200}


class Conflict(RuleBroken):
    """Somebody saved first; `touchpoint` is what stands now."""

    def __init__(self, touchpoint: Touchpoint):
        super().__init__(_("Somebody else has changed this entry since you opened it."))
        self.touchpoint = touchpoint


def locked_touchpoint(touchpoint_id: int, *, actor: User) -> Touchpoint:
    """The touchpoint under its account's lock; DoesNotExist when it is not the actor's to change.

    Everything that moves ties holds the account, so that two who log at once add up.
    """
    rows = Touchpoint.objects.editable_by(actor)
    account_id = rows.values_list("account", flat=True).get(pk=touchpoint_id)
    locked(account_id, actor=actor)
    return Touchpoint.objects.select_for_update(of=("self",)).get(pk=touchpoint_id)


def checked(values: dict, state: str) -> dict:
    """Fields of a touchpoint as they are kept; RuleBroken for what cannot be."""
    found = dict(values)
    for name, choices in (("channel", Channel), ("direction", Direction), ("tone", Tone)):
        if name in found and found[name] is not None and found[name] not in choices.values:
            raise RuleBroken(_("Choose one of the values offered."))
    for name, most in LENGTHS.items():
        if name in found:
            found[name] = found[name].replace("\x00", "").strip()
            if len(found[name]) > most:
                raise RuleBroken(_("A text is too long: at most %(n)s characters.") % {"n": most})
    minutes = found.get("minutes")
    if minutes is not None and not 0 < minutes <= rules.MOST_MINUTES:
        raise RuleBroken(_("A touchpoint lasts between a minute and a day."))
    if "at" in found and not rules.is_possible(found["at"], state, timezone.now()):
        raise RuleBroken(_("What took place cannot lie in the future. Plan it instead."))
    return found


def contacts_of(account_id: int, ids: Iterable[int]) -> list[int]:
    """The people named, in order, each once; somebody merged meanwhile is who they became.

    Contact.DoesNotExist for those who never held a place at the account.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > rules.MOST_PEOPLE:
        raise RuleBroken(_("At most %(n)s people can take part.") % {"n": rules.MOST_PEOPLE})
    found = dict(Contact.objects.filter(pk__in=wanted).values_list("pk", "merged_into"))
    while any(found.values()):
        became = dict(
            Contact.objects.filter(pk__in=[pk for pk in found.values() if pk]).values_list(
                "pk", "merged_into"
            )
        )
        wanted = [found.get(pk) or pk for pk in wanted]
        found = {pk: became.get(pk, found.get(pk)) for pk in wanted}
    wanted = list(dict.fromkeys(wanted))
    there = set(
        Position.objects.filter(account=account_id, contact__in=wanted).values_list(
            "contact", flat=True
        )
    )
    if set(wanted) - there:
        raise Contact.DoesNotExist
    return wanted


def colleagues_of(ids: Iterable[int], *, already: Iterable[int] = ()) -> list[int]:
    """Ours who took part: active people, or those who were named before they left."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > rules.MOST_PEOPLE:
        raise RuleBroken(_("At most %(n)s people can take part.") % {"n": rules.MOST_PEOPLE})
    there = set(User.objects.active().filter(pk__in=wanted).values_list("pk", flat=True))
    if set(wanted) - there - set(already):
        raise User.DoesNotExist
    return wanted


def set_contacts(touchpoint: Touchpoint, ids: list[int]) -> None:
    touchpoint.presences.all().delete()
    TouchpointContact.objects.bulk_create(
        TouchpointContact(touchpoint=touchpoint, contact_id=pk, position=place)
        for place, pk in enumerate(ids)
    )


def set_colleagues(touchpoint: Touchpoint, ids: list[int]) -> None:
    touchpoint.attendances.all().delete()
    TouchpointColleague.objects.bulk_create(
        TouchpointColleague(touchpoint=touchpoint, colleague_id=pk) for pk in ids
    )


def lateness(at: dt.datetime, minutes: int | None, recorded_at: dt.datetime, state: str) -> int:
    """Hours late by the company's own measure; a plan is never late."""
    if state != TouchpointState.DONE:
        return 0
    return rules.late_hours(at, minutes, recorded_at, FieldSettings.current().late_after_hours)


def renew_search_text(touchpoint: Touchpoint) -> None:
    """Folded, for the timeline's search; the caller saves it."""
    touchpoint.search_text = search.touchpoint_text(
        touchpoint.subject, touchpoint.text, touchpoint.place
    )
