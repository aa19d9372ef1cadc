"""A handover into its next state or to its end, written down; one that has become needless ends
by itself. Who places owners calls this, so nothing here places anybody."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import HandoverState
from accounts.commands import handover_news
from accounts.models import Account, Assignment, Handover, HandoverMove
from accounts.rules.handover import BEFORE
from people.commands import record
from people.models import User

LONGEST_WHY = 400


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A handover called off by itself: the state it had, and the row that let its taker read."""

    handover: int
    state: str
    reading: int | None


def move(handover: Handover, state: str, *, actor: User | None, note: str = "") -> HandoverMove:
    """Into `state`, written down; the caller saves what else it changed."""
    before, handover.state = handover.state, state
    handover.version += 1
    handover.save(update_fields=["state", "version"])
    return HandoverMove.objects.create(
        handover=handover, from_state=before, to_state=state, by=actor, note=note[:LONGEST_WHY]
    )


def record_step(what: str, handover: Handover, actor: User | None, **data) -> None:
    record(
        actor=actor, verb=f"account.handover_{what}", target=handover.account,
        handover=handover.pk, user=handover.to_user_id, name=str(handover.to_user), **data,
    )  # fmt: skip


def close(handover: Handover, state: str, *, actor: User | None, why: str) -> None:
    handover.ended_at, handover.ended_why = timezone.now(), why.strip()[:LONGEST_WHY]
    handover.save(update_fields=["ended_at", "ended_why"])
    move(handover, state, actor=actor, note=handover.ended_why)
    record_step(state, handover, actor, reason=handover.ended_why)


def overtaken(day: dt.date) -> QuerySet[Handover]:
    """Not accepted, and to somebody who owns the account for good anyway: without an end, and not
    carried by an override. They would never end by themselves and bar the next one."""
    owners = Assignment.objects.owners().on(day).filter(valid_to=None, expires_at=None)
    theirs = owners.filter(account=OuterRef("account"), user=OuterRef("to_user"))
    return Handover.objects.filter(Exists(theirs), state__in=BEFORE).order_by("account")


def close_overtaken(account: Account, *, day: dt.date, actor: User | None) -> list[Overtaken]:
    rows = overtaken(day).filter(account=account).select_for_update(of=("self",))
    found = []
    for row in rows.select_related("account", "from_user", "to_user", "made_by", "agreed_by"):
        found.append(Overtaken(row.pk, row.state, row.switched.get("reading")))
        why = _("%(name)s answers for it") % {"name": row.to_user}
        close(row, HandoverState.CANCELLED, actor=actor, why=why)
        handover_news.tell(row, "cancelled", actor=actor)
    return found


def resume(states: dict[str, str], *, actor: User | None) -> None:
    """They go on where they stood, unless the account is on its way to somebody else by now."""
    rows = Handover.objects.filter(pk__in=[int(pk) for pk in states])
    rows = rows.filter(state=HandoverState.CANCELLED).select_for_update(of=("self",))
    for row in rows.select_related("account", "to_user").order_by("account"):
        if Handover.objects.filter(account=row.account_id, state__in=BEFORE).exists():
            continue
        row.ended_at, row.ended_why = None, ""
        row.save(update_fields=["ended_at", "ended_why"])
        move(row, states[str(row.pk)], actor=actor, note=_("Taken back."))
        record_step("resumed", row, actor, reason="")
