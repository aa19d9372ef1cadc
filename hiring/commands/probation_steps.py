"""What every step of a probation does: lock, ask, move by one conditional update, tell."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from common import formats
from common.errors import RuleBroken
from hiring.models import Probation
from hiring.queries.probation_roles import roles_in
from hiring.rules import probation as rules
from people.commands import record, tell
from people.models import User


class Conflict(RuleBroken):
    """Somebody saved first; `probation` is what stands now."""

    def __init__(self, probation: Probation):
        super().__init__(_("Somebody else has changed this probation since you opened the page."))
        self.probation = probation


def locked(probation_id: int, *, actor: User) -> Probation:
    """The probation, locked; Probation.DoesNotExist for whom it does not exist."""
    rows = Probation.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("user", "mentor", "lead", "limit").get(pk=probation_id)


def ask(probation: Probation, action: str, actor: User) -> None:
    """RuleBroken with the words why this person cannot take this step now."""
    roles = roles_in(probation, actor)
    if rules.may_do(probation.state, action, roles):
        return
    if rules.NEWCOMER in roles and action not in rules.OWN:
        raise RuleBroken(_("Nobody decides about their own probation."))
    if rules.next_state(probation.state, action) is None:
        raise RuleBroken(
            _("This cannot be done with a probation that is “%(state)s”.")
            % {"state": probation.get_state_display()}
        )
    if action in rules.OWN:
        raise RuleBroken(_("Only the newcomer answers to this plan, in person."))
    raise RuleBroken(_("This step is for somebody else: directors, or who leads the newcomer."))


def step(
    probation: Probation,
    action: str,
    *,
    actor: User | None,
    verb: str,
    said: Mapping | None = None,
    **fields,
) -> Probation:
    """Take a step that was allowed, by one conditional update; RuleBroken when it was too late."""
    new = rules.next_state(probation.state, action)
    values = {"state": new, "version": probation.version + 1, **fields}
    same = Probation.objects.filter(
        pk=probation.pk, state=probation.state, version=probation.version
    )
    if new is None or not same.update(**values):
        raise RuleBroken(_("This probation has changed meanwhile; look at it again."))
    for name, value in values.items():
        setattr(probation, name, value)
    record(actor=actor, verb=verb, target=probation, **(said or {}))
    return probation


def told(probation: Probation, kind: str, *people: User | None, cause: str = "") -> None:
    """Each once, for what stands now or for `cause`."""
    cause = f"{kind}:{probation.pk}:{cause or probation.version}"
    for user in {person.pk: person for person in people if person}.values():
        tell(user=user, kind=kind, target=probation, cause=cause)


def date_words(
    refusal: rules.DateRefusal, probation: Probation, *, notice_on: dt.date | None = None
) -> str:
    """Why these dates cannot be, and which could."""
    limit = probation.limit
    words = {
        rules.DateRefusal.BACKWARDS: _("The end must lie after the beginning."),
        rules.DateRefusal.PAST: _("Choose today or a later day."),
        rules.DateRefusal.NOT_LATER: _("Choose a later last day than the present one."),
    }
    if refusal == rules.DateRefusal.TOO_LONG:
        last = rules.latest_end(probation.starts_on, limit.most_days)
        return _("The limit noted for this country ends on %(day)s. Source: %(source)s") % {
            "day": formats.day(last), "source": limit.source,
        }  # fmt: skip
    if refusal == rules.DateRefusal.NOTICE:
        first = rules.earliest_leave(notice_on, limit.notice_days)
        return _("With the notice noted for this country the last day is %(day)s or later.") % {
            "day": formats.day(first)
        }
    return words[refusal]
