"""Each day of the watch after a handover: the baseline, the questions, a warning, the end."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Channel, HandoverState, TouchpointState
from accounts.commands import touchpoint as touchpoints
from accounts.commands.pulse import ask_pulse, told_of
from accounts.models import CareSettings, Handover, HandoverMove, Touchpoint
from accounts.queries import handover_watch as queries
from accounts.queries import watch_notices as notices
from accounts.queries.customer_letter import may_write
from accounts.queries.handover_watch import Watch
from common import formats
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import User

UNDONE_BY = dt.timedelta(days=2)


def _closed(data: dict) -> str:
    if data.get("retained") is None:
        return str(_("The watch after the handover ended"))
    words = _("The watch after the handover ended: %(kept)s of the relationship was kept")
    return words % {"kept": formats.percent(data["retained"])}


verbs.register(
    {
        "account.handover_closed": _closed,
        "account.call_accompanied": gettext_lazy("A first call with %(name)s was planned"),
    }
)


def watch_tick(day: dt.date) -> dict[str, int]:
    """All handovers under watch, each in its own transaction; safe to run twice a day."""
    counts = {"watched": 0, "asked": 0, "warned": 0, "closed": 0}
    rows = Handover.objects.filter(state=HandoverState.WATCH, accepted_on__isnull=False)
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        for name in _watch(pk, day):
            counts[name] += 1
    return counts


@transaction.atomic
def _watch(handover_id: int, day: dt.date) -> list[str]:
    rows = Handover.objects.select_for_update(of=("self",))
    handover = rows.select_related("account", "to_user").get(pk=handover_id)
    if handover.state != HandoverState.WATCH or day < handover.accepted_on:
        return []
    if not handover.baseline:
        handover.baseline = queries.baseline_of(handover)
        handover.save(update_fields=["baseline"])
    watch = queries.watch_of(handover, day)
    done = ["watched"]
    if _ask(handover, watch):
        done.append("asked")
    if watch.is_over or _is_passed_on(handover, day):
        _close(handover, watch)
        return [*done, "closed"]
    if watch.is_below and _warn(handover, watch):
        done.append("warned")
    return done


def _is_passed_on(handover: Handover, day: dt.date) -> bool:
    """The new manager has not owned it for two days: a day's leaving can still be taken back."""
    mine = handover.account.assignments.owners().filter(user=handover.to_user_id)
    return not (mine.on(day) | mine.on(day - UNDONE_BY)).exists()


def _ask(handover: Handover, watch: Watch) -> bool:
    """The newest question that is due; those slept through are not asked all at once."""
    due = [day for day in CareSettings.current().pulse_days if day <= watch.day]
    asked = set(handover.pulses.values_list("day", flat=True))
    return bool(due) and max(due) not in asked and bool(ask_pulse(handover, max(due)))


def _warn(handover: Handover, watch: Watch) -> bool:
    """Once a fortnight while it stays below the line."""
    cause = f"handover:{handover.pk}:below:{watch.day // queries.WARN_EVERY}"
    told = [
        tell(
            user=user, kind=notices.WATCH_BELOW, target=handover, cause=cause,
            retained=watch.retained, expected=watch.expected,
        )
        for user in told_of(handover)
    ]  # fmt: skip
    return any(told)


def _close(handover: Handover, watch: Watch) -> None:
    handover.kept, handover.result = watch.strengths, watch.result
    handover.state, handover.ended_at = HandoverState.CLOSED, timezone.now()
    handover.version += 1
    handover.save(update_fields=["kept", "result", "state", "ended_at", "version"])
    HandoverMove.objects.create(
        handover=handover, from_state=HandoverState.WATCH, to_state=HandoverState.CLOSED, by=None
    )
    record(
        actor=None, verb="account.handover_closed", target=handover.account,
        handover=handover.pk, retained=watch.retained,
    )  # fmt: skip
    for user in told_of(handover):
        tell(
            user=user, kind=notices.WATCH_RESULT, target=handover,
            cause=f"handover:{handover.pk}:result", retained=watch.retained,
        )  # fmt: skip


@transaction.atomic
def plan_accompanied(
    *,
    actor: User,
    handover_id: int,
    key: uuid.UUID | str,
    companion: User,
    contact_ids: Iterable[int],
    at: dt.datetime,
    channel: str = Channel.CALL,
) -> Touchpoint:
    """A first call or meeting with the new manager and `companion` (a director or the lead)."""
    rows = Handover.objects.select_related("account", "to_user")
    handover = rows.get(pk=handover_id)
    if not may_write(handover.account, actor):
        raise RuleBroken(_("First calls are planned by the account's manager or a director."))
    if handover.state != HandoverState.WATCH:
        raise RuleBroken(_("First calls are accompanied while the handover is under watch."))
    if companion.pk not in {user.pk for user in queries.companions_of(handover)}:
        raise RuleBroken(_("A director or the team's lead comes along; choose one of them."))
    ids = list(contact_ids)
    if not ids or channel not in queries.SPOKEN:
        raise RuleBroken(_("Say with whom, and whether it is a call or a meeting."))
    touchpoint, made = touchpoints.log_touchpoint(
        actor=actor, key=key, account_id=handover.account_id, channel=channel, at=at,
        contact_ids=ids, colleague_ids=[handover.to_user_id, companion.pk],
        state=TouchpointState.PLANNED, subject=_("First call, accompanied"),
    )  # fmt: skip
    if made:
        record(
            actor=actor, verb="account.call_accompanied", target=handover.account,
            name=companion.name, touchpoint=touchpoint.pk,
        )  # fmt: skip
    return touchpoint
